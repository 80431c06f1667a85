/** What every operation has to pass: for the tests of this folder. */

import { AgonError } from '../../core/errors.ts'
import { type RandomStream, stream } from '../../core/random.ts'
import { type NamedTensors, type Tensor, tensor } from '../../core/tensor.ts'
import { openSession } from '../../inference/session.ts'
import { array64 } from './array.ts'
import type { Shape } from './dims.ts'
import { evaluate } from './evaluate.ts'
import { gradients } from './gradients.ts'
import { type Array64, createGraph, type Graph, input, type Value } from './graph.ts'
import { toOnnx } from './onnx/to-onnx.ts'
import { cast } from './ops/compare.ts'
import { add, mul } from './ops/elementwise.ts'
import { reduceSum } from './ops/reduce.ts'

export interface OperationCase {
  /** Values by input name; float64 tensors become float32 inputs whose gradients are checked. */
  readonly feeds: NamedTensors
  /** Symbolic shapes of inputs, where they are not those of the feeds. */
  readonly shapes?: Readonly<Record<string, Shape>>
  readonly build: (inputs: Readonly<Record<string, Value>>, graph: Graph) => Value | Value[]
  /** Float inputs whose gradient is not checked (resets, for instance). */
  readonly fixed?: readonly string[]
  /**
   * The first output once more, with plain loops over the feeds. For operations made of others, whose own reference is
   * just the same composition and would share its mistakes.
   */
  readonly definition?: (feeds: NamedTensors) => Float64Array
  /** float32 against float64, relative to the largest element. Default 1e-5. */
  readonly tolerance?: number
}

export interface OperationErrors {
  /** The reference against the definition, both in float64; 0 without one. */
  readonly definition: number
  /** Gradients against central differences, both in float64. */
  readonly differences: number
  /** ONNX Runtime's float32 results against float64. */
  readonly forward: number
  readonly backward: number
}

/** Standard normal numbers that float32 holds exactly. */
export function normals(shape: readonly number[], seed: number | RandomStream = 1): Array64 {
  const random = typeof seed === 'number' ? stream(seed, 'check') : seed
  const out = array64(shape)
  for (let i = 0; i < out.data.length; i++) out.data[i] = Math.fround(random.normal())
  return out
}

function relativeError(found: ArrayLike<number | bigint>, expected: Float64Array): number {
  if (found.length !== expected.length) return Number.POSITIVE_INFINITY
  let worst = 0
  let scale = 1e-3
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(Number(found[i]) - expected[i])
    worst = Number.isNaN(error) ? Number.POSITIVE_INFINITY : Math.max(worst, error)
    scale = Math.max(scale, Math.abs(expected[i]))
  }
  return worst / scale
}

function inputsOf(graph: Graph, of: OperationCase): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(of.feeds).map(([name, { dtype, shape }]) => {
      const type = dtype === 'float64' ? 'float32' : dtype
      return [name, input(graph, name, type, of.shapes?.[name] ?? shape)]
    }),
  )
}

interface Projection {
  readonly loss: Value
  readonly feeds: NamedTensors
}

/** `Σ weight · y` over all outputs with fixed random weights, so that no symmetry hides an error. */
function project(outputs: readonly Value[], feeds: NamedTensors): Projection {
  const weights: Record<string, Tensor> = {}
  const parts = evaluate(outputs, feeds).map(({ shape }, i) => {
    const name = `weight${i}`
    weights[name] = normals(shape, 100 + i)
    const weight = input(outputs[i].graph, name, 'float32', outputs[i].shape)
    return reduceSum(mul(cast(outputs[i], 'float32'), weight))
  })
  return { loss: parts.reduce((sum, part) => add(sum, part)), feeds: { ...feeds, ...weights } }
}

function centralDifferences(loss: Value, feeds: NamedTensors, name: string): Float64Array {
  const source = feeds[name]
  const data = Float64Array.from(source.data as Float64Array)
  const moved = { ...feeds, [name]: tensor('float64', source.shape, data) }
  const at = (): number => evaluate([loss], moved)[0].data[0]
  return data.slice().map((value, i) => {
    const step = 1e-5 * Math.max(1, Math.abs(value))
    data[i] = value + step
    const above = at()
    data[i] = value - step
    const below = at()
    data[i] = value
    return (above - below) / (2 * step)
  })
}

function asFloat32(source: Tensor): Tensor {
  if (source.dtype !== 'float64') return source
  return tensor('float32', source.shape, Float32Array.from(source.data as Float64Array))
}

/**
 * Measures one operation: reference against definition, gradient against central differences, ONNX Runtime against the
 * reference.
 */
export async function measureOperation(of: OperationCase): Promise<OperationErrors> {
  const graph = createGraph()
  const inputs = inputsOf(graph, of)
  const built = of.build(inputs, graph)
  const outputs = Array.isArray(built) ? built : [built]
  const { loss, feeds } = project(outputs, of.feeds)
  const names = Object.keys(inputs).filter(
    (name) => of.feeds[name].dtype === 'float64' && !of.fixed?.includes(name),
  )
  const slopes = gradients(
    loss,
    names.map((name) => inputs[name]),
  )
  const expected = evaluate([...outputs, ...slopes], feeds)
  const differences = names.map((name, i) =>
    relativeError(centralDifferences(loss, feeds, name), expected[outputs.length + i].data),
  )
  const named = Object.fromEntries([...outputs, ...slopes].map((value, i) => [`out${i}`, value]))
  const found = await runOnnx(graph, named, feeds)
  const errors = expected.map((array, i) => relativeError(found[`out${i}`].data, array.data))
  const wanted = of.definition?.(of.feeds)
  return {
    definition: wanted === undefined ? 0 : relativeError(expected[0].data, wanted),
    differences: Math.max(0, ...differences),
    forward: Math.max(...errors.slice(0, outputs.length)),
    backward: Math.max(0, ...errors.slice(outputs.length)),
  }
}

/** Runs the graph in ONNX Runtime; only the inputs that the model has are fed. */
export async function runOnnx(
  graph: Graph,
  outputs: Readonly<Record<string, Value>>,
  feeds: NamedTensors,
): Promise<NamedTensors> {
  const session = await openSession(toOnnx(graph, outputs))
  const wanted = session.inputs.map(({ name }) => [name, asFloat32(feeds[name])] as const)
  try {
    return await session.run(Object.fromEntries(wanted))
  } finally {
    await session.release()
  }
}

/** @throws AgonError `graph/check` with the errors where they are over the bounds (1e-12, 1e-6 and `tolerance`) */
export async function checkOperation(of: OperationCase): Promise<OperationErrors> {
  const errors = await measureOperation(of)
  const { tolerance = 1e-5 } = of
  const good =
    errors.definition <= 1e-12 &&
    errors.differences <= 1e-6 &&
    errors.forward <= tolerance &&
    errors.backward <= tolerance
  if (!good) {
    throw new AgonError('graph/check', `the operation is off: ${JSON.stringify(errors)}`, {
      fields: { ...errors },
    })
  }
  return errors
}
