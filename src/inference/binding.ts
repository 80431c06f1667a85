import { AgonError } from '../core/errors.ts'
import type { DType, NamedTensors, Tensor, TypedArray } from '../core/tensor.ts'

/** One input or output of a graph. A dimension is a number, or the name of a symbolic one (`B`). */
export interface ValueInfo {
  readonly name: string
  readonly dtype: DType
  readonly shape: readonly (number | string)[]
}

/** Makes the engine's own view of a typed array; no copy. */
export type Wrap<W> = (dtype: DType, data: TypedArray, shape: readonly number[]) => W

interface Wrapped<W> {
  readonly dtype: DType
  readonly shape: readonly number[]
  readonly length: number
  readonly view: W
}

/** How `float32 [B, 5, 5]` is written in errors. */
export function describeValue(dtype: string, shape: readonly (number | string)[]): string {
  return `${dtype} [${shape.map((size) => (size === '' ? '?' : size)).join(', ')}]`
}

export function describeValues(
  values: readonly { name: string; dtype: string; shape: readonly (number | string)[] }[],
): string {
  return values.map((v) => `${v.name}: ${describeValue(v.dtype, v.shape)}`).join('; ') || 'none'
}

/**
 * Checks the tensors of one side (inputs or outputs) of a session against its graph and wraps them for the engine.
 *
 * A wrapped view is kept per typed array: the engine reads the array anew at every run, so a caller who steps over the
 * same buffers pays for the check and the wrapping once. A detached array is noticed by its length.
 */
export class Binding<W> {
  readonly #infos: readonly ValueInfo[]
  readonly #byName: ReadonlyMap<string, number>
  readonly #views: WeakMap<TypedArray, Wrapped<W>>[]
  readonly #wrap: Wrap<W>
  readonly #side: 'inputs' | 'outputs'
  readonly #place: string
  /** Symbolic dimensions as `[value, axis, symbol]`, so that equal names can be held to equal sizes. */
  readonly #symbolic: readonly (readonly [number, number, number])[]
  readonly #symbols: readonly string[]
  readonly #sizes: Int32Array

  constructor(
    infos: readonly ValueInfo[],
    wrap: Wrap<W>,
    side: 'inputs' | 'outputs',
    place: string,
  ) {
    this.#infos = infos
    this.#byName = new Map(infos.map((info, index) => [info.name, index]))
    this.#views = infos.map(() => new WeakMap())
    this.#wrap = wrap
    this.#side = side
    this.#place = place
    const symbols: string[] = []
    const symbolic: [number, number, number][] = []
    infos.forEach((info, value) => {
      info.shape.forEach((size, axis) => {
        if (typeof size === 'number' || size === '') return
        if (!symbols.includes(size)) symbols.push(size)
        symbolic.push([value, axis, symbols.indexOf(size)])
      })
    })
    this.#symbols = symbols
    this.#symbolic = symbolic
    this.#sizes = new Int32Array(symbols.length)
  }

  /** Every value must be there, and nothing else. */
  bindAll(tensors: NamedTensors): Record<string, W> {
    const bound: Record<string, W> = {}
    let given = 0
    for (const name in tensors) {
      bound[name] = this.#bind(this.#index(name, tensors), tensors[name], tensors)
      given++
    }
    if (given !== this.#infos.length) {
      const missing = this.#infos.filter((info) => !(info.name in tensors)).map((info) => info.name)
      throw this.#mismatch(`missing: ${missing.join(', ')}`, tensors)
    }
    this.#checkSymbols(tensors)
    return bound
  }

  /** At least one value; `null` asks the engine to allocate. */
  bindSome(tensors: Readonly<Record<string, Tensor | null>>): Record<string, W | null> {
    const bound: Record<string, W | null> = {}
    let given = false
    for (const name in tensors) {
      const index = this.#index(name, tensors)
      const tensor = tensors[name]
      bound[name] = tensor === null ? null : this.#bind(index, tensor, tensors)
      given = true
    }
    // The engine would take an empty record for options and compute everything.
    if (!given) throw this.#mismatch('none is asked for', tensors)
    return bound
  }

  #index(name: string, tensors: Readonly<Record<string, Tensor | null>>): number {
    const index = this.#byName.get(name)
    if (index === undefined) throw this.#mismatch(`'${name}' is not among them`, tensors)
    return index
  }

  #bind(index: number, tensor: Tensor, all: Readonly<Record<string, Tensor | null>>): W {
    const { data, dtype, shape } = tensor
    const kept = this.#views[index].get(data)
    if (
      kept !== undefined &&
      kept.dtype === dtype &&
      kept.length === data.length &&
      sameShape(kept.shape, shape)
    )
      return kept.view
    this.#check(this.#infos[index], tensor, all)
    const copy = [...shape]
    const view = this.#wrap(dtype, data, copy)
    this.#views[index].set(data, { dtype, shape: copy, length: data.length, view })
    return view
  }

  #check(info: ValueInfo, tensor: Tensor, all: Readonly<Record<string, Tensor | null>>): void {
    const { data, dtype, shape } = tensor
    if (dtype !== info.dtype) throw this.#mismatch(`'${info.name}' has the wrong dtype`, all)
    const fits =
      shape.length === info.shape.length &&
      info.shape.every((size, axis) => typeof size === 'string' || size === shape[axis])
    if (!fits) throw this.#mismatch(`'${info.name}' has the wrong shape`, all)
    let count = 1
    for (const size of shape) count *= size
    if (count !== data.length)
      throw this.#mismatch(
        `'${info.name}' of shape [${shape}] needs ${count} elements, its data has ${data.length}`,
        all,
      )
    if (data.buffer instanceof SharedArrayBuffer)
      throw new AgonError(
        'onnx/shared',
        `'${info.name}' lies in shared memory, which ONNX Runtime cannot use`,
        { remedy: 'copy it into an ordinary typed array first', place: this.#place },
      )
  }

  #checkSymbols(tensors: NamedTensors): void {
    const sizes = this.#sizes.fill(-1)
    for (const [value, axis, symbol] of this.#symbolic) {
      const size = tensors[this.#infos[value].name].shape[axis]
      if (sizes[symbol] === -1) sizes[symbol] = size
      else if (sizes[symbol] !== size)
        throw this.#mismatch(
          `dimension ${this.#symbols[symbol]} is ${sizes[symbol]} and ${size} at once`,
          tensors,
        )
    }
  }

  #mismatch(what: string, tensors: Readonly<Record<string, Tensor | null>>): AgonError {
    const expected = describeValues(this.#infos)
    const found = describeValues(
      Object.entries(tensors).map(([name, tensor]) => ({
        name,
        dtype: tensor?.dtype ?? 'any',
        shape: tensor?.shape ?? [],
      })),
    )
    return new AgonError(
      `onnx/${this.#side}`,
      `the ${this.#side} do not fit the graph, ${what}; expected ${expected}; found ${found}`,
      { place: this.#place, fields: { expected, found } },
    )
  }
}

function sameShape(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}
