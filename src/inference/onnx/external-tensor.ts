import { fromUtf8 } from '../../core/bytes.ts'
import { AgonError } from '../../core/errors.ts'
import { elementCount } from '../../core/tensor.ts'
import { fields, varints } from './protobuf-fields.ts'
import { lengthDelimited, rewriteTensors } from './rewrite-tensors.ts'

/** A tensor whose bytes lie in a file beside its model. */
export interface ExternalTensor {
  readonly name: string
  /** As the model says it: relative to the model's folder. */
  readonly location: string
  /** Bytes of that file. */
  readonly offset: number
  readonly length: number
}

/** Fields of TensorProto. */
const DIMS = 1
const DATA_TYPE = 2
const NAME = 8
const RAW_DATA = 9
const EXTERNAL_DATA = 13
const DATA_LOCATION = 14
/** Bits of one element by TensorProto.DataType; strings and types of later versions are not among them. */
const BITS: Readonly<Record<number, number>> = {
  ...{ 1: 32, 2: 8, 3: 8, 4: 16, 5: 16, 6: 32, 7: 64, 9: 8, 10: 16, 11: 64, 12: 32, 13: 64 },
  ...{ 14: 64, 15: 128, 16: 16, 17: 8, 18: 8, 19: 8, 20: 8, 21: 4, 22: 4, 23: 4, 24: 8 },
  ...{ 25: 2, 26: 2 },
}

/**
 * The tensors of a model that lie outside of it, in the order of the model.
 * @throws AgonError `onnx/external-data` where an entry is no place in a file, `onnx/corrupt`
 */
export function externalTensors(model: Uint8Array): readonly ExternalTensor[] {
  const found: ExternalTensor[] = []
  rewriteTensors(model, (tensor) => {
    const external = readExternal(tensor)
    if (external !== null) found.push(external)
    return null
  })
  return found
}

/**
 * The model with its data inside: what {@link externalTensors} found takes `data`, in the same order. Everything else stays byte
 * for byte; a model without data outside is returned as it is.
 */
export function withData(model: Uint8Array, data: readonly Uint8Array[]): Uint8Array {
  if (data.length === 0) return model
  let next = 0
  return rewriteTensors(model, (tensor) => {
    if (!isExternal(tensor)) return null
    const bytes = data[next++]
    const kept = [...fields(tensor)]
      .filter(({ number }) => ![RAW_DATA, EXTERNAL_DATA, DATA_LOCATION].includes(number))
      .map(({ start, end }) => tensor.subarray(start, end))
    return [...kept, lengthDelimited(RAW_DATA, bytes.length), bytes]
  })
}

/**
 * Refuses a model that is not whole: ONNX Runtime would look for the rest in the working directory.
 * @throws AgonError `onnx/external-data`, `onnx/corrupt`
 */
export function checkWhole(model: Uint8Array): void {
  rewriteTensors(model, (tensor) => {
    if (!isExternal(tensor)) return null
    throw externalDataError(
      `the tensor '${nameOf(tensor)}' lies outside of the model, and bytes alone have no folder to look in`,
      'read the model with readPolicyFile or readModel, which take in what lies beside it; or save it as one file: onnx.save(model, path), ' +
        'torch.onnx.export(…, external_data=False)',
    )
  })
}

/** Any value but 0 counts: whoever reads 32 bits of it must not see another one. */
function isExternal(tensor: Uint8Array): boolean {
  for (const { number, value } of fields(tensor))
    if (number === DATA_LOCATION && typeof value === 'number' && value !== 0) return true
  return false
}

function readExternal(tensor: Uint8Array): ExternalTensor | null {
  if (!isExternal(tensor)) return null
  const name = nameOf(tensor)
  const entries = new Map<string, string>()
  const shape: number[] = []
  let type = 0
  for (const { number, value } of fields(tensor)) {
    if (number === DIMS) shape.push(...(typeof value === 'number' ? [value] : varints(value)))
    else if (number === DATA_TYPE) type = value as number
    else if (number === EXTERNAL_DATA) entries.set(...readEntry(value as Uint8Array))
  }
  const location = entries.get('location')
  if (!location) throw externalDataError(`the tensor '${name}' does not say in which file it lies`)
  const bits = BITS[type]
  if (bits === undefined)
    throw externalDataError(
      `the tensor '${name}' is of type ${type}, which cannot lie outside of a model`,
    )
  const expected = Math.ceil((elementCount(shape) * bits) / 8)
  const length = countOf(name, 'length', entries.get('length')) ?? expected
  if (length !== expected)
    throw externalDataError(
      `the tensor '${name}' of shape [${shape}] takes ${expected} bytes, and is said to have ${length} in '${location}'`,
    )
  return { name, location, offset: countOf(name, 'offset', entries.get('offset')) ?? 0, length }
}

/** A StringStringEntryProto. */
function readEntry(bytes: Uint8Array): [string, string] {
  const texts = ['', '', '']
  for (const { number, value } of fields(bytes))
    if (typeof value !== 'number' && number <= 2) texts[number] = textOf(value)
  return [texts[1], texts[2]]
}

function nameOf(tensor: Uint8Array): string {
  for (const { number, value } of fields(tensor))
    if (number === NAME && typeof value !== 'number') return textOf(value)
  return ''
}

function textOf(bytes: Uint8Array): string {
  try {
    return fromUtf8(bytes)
  } catch {
    throw externalDataError('a name in the model is no UTF-8')
  }
}

function countOf(tensor: string, key: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const count = Number(text)
  if (/^\d+$/.test(text) && Number.isSafeInteger(count)) return count
  throw externalDataError(`the ${key} of the tensor '${tensor}' is '${text}', which is no count`)
}

export function externalDataError(
  message: string,
  remedy = 'export the model again, with its data beside it or as one file: onnx.save(model, path)',
  place?: string,
): AgonError {
  return new AgonError('onnx/external-data', message, { remedy, ...(place && { place }) })
}
