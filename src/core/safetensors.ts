import { fromUtf8, utf8 } from './bytes.ts'
import { AgonError } from './errors.ts'
import {
  BYTES_PER_ELEMENT,
  bytesOf,
  type DType,
  elementCount,
  type NamedTensors,
  type Tensor,
  typedArray,
} from './tensor.ts'

/**
 * The safetensors format (huggingface/safetensors): u64 little-endian header length, JSON header, then the data.
 * Written canonically: names sorted, header padded with spaces to a multiple of 8, so equal tensors give equal bytes.
 */

const TO_NAME: Readonly<Record<DType, string>> = {
  float32: 'F32',
  float64: 'F64',
  int32: 'I32',
  int64: 'I64',
  uint8: 'U8',
  bool: 'BOOL',
}
const FROM_NAME = new Map(Object.entries(TO_NAME).map(([dtype, name]) => [name, dtype as DType]))
const METADATA = '__metadata__'
const HEADER_LIMIT = 100_000_000

interface HeaderEntry {
  readonly dtype: string
  readonly shape: readonly number[]
  readonly data_offsets: readonly [number, number]
}

export function writeSafetensors(
  tensors: NamedTensors,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  // Widest elements first, then by name: every tensor starts aligned, as the format advises.
  const names = Object.keys(tensors).sort((a, b) => {
    const width = BYTES_PER_ELEMENT[tensors[b].dtype] - BYTES_PER_ELEMENT[tensors[a].dtype]
    return width !== 0 ? width : a < b ? -1 : 1
  })
  const header: Record<string, unknown> = {}
  if (Object.keys(metadata).length > 0) header[METADATA] = metadata
  let offset = 0
  for (const name of names) {
    const { dtype, shape, data } = tensors[name]
    header[name] = {
      dtype: TO_NAME[dtype],
      shape,
      data_offsets: [offset, offset + data.byteLength],
    }
    offset += data.byteLength
  }
  const json = utf8(JSON.stringify(header))
  const headerLength = Math.ceil(json.length / 8) * 8
  const file = new Uint8Array(8 + headerLength + offset).fill(0x20, 8, 8 + headerLength)
  new DataView(file.buffer).setBigUint64(0, BigInt(headerLength), true)
  file.set(json, 8)
  let at = 8 + headerLength
  for (const name of names) {
    file.set(bytesOf(tensors[name]), at)
    at += tensors[name].data.byteLength
  }
  return file
}

/**
 * Reads a safetensors file into fresh, aligned buffers.
 * @param place name of the file, for the error
 * @throws AgonError `safetensors/corrupt` naming what does not fit
 */
export function readSafetensors(file: Uint8Array, place = 'safetensors'): NamedTensors {
  const corrupt = corruptAt(place)
  const { header, body } = readHeader(file, corrupt)
  const tensors: Record<string, Tensor> = {}
  let covered = 0
  for (const [name, entry] of Object.entries(header)) {
    if (name === METADATA) continue
    tensors[name] = readEntry(name, entry, body, corrupt)
    covered += tensors[name].data.byteLength
  }
  // The format allows no holes.
  if (covered !== body.length)
    throw corrupt(`the tensors cover ${covered} of ${body.length} bytes of data`)
  return tensors
}

/**
 * What was written beside the tensors.
 * @throws AgonError `safetensors/corrupt`
 */
export function safetensorsMetadata(
  file: Uint8Array,
  place = 'safetensors',
): Readonly<Record<string, string>> {
  const found: unknown = readHeader(file, corruptAt(place)).header[METADATA] ?? {}
  const entries = Object.entries(found as object)
  return Object.fromEntries(entries.map(([key, value]) => [key, String(value)]))
}

type Corrupt = (message: string, cause?: unknown) => AgonError
const corruptAt =
  (place: string): Corrupt =>
  (message, cause) =>
    new AgonError('safetensors/corrupt', message, { place, cause })

function readHeader(
  file: Uint8Array,
  corrupt: Corrupt,
): { readonly header: Record<string, HeaderEntry>; readonly body: Uint8Array } {
  if (file.length < 8) throw corrupt(`the file has ${file.length} bytes, a header needs 8`)
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const headerLength = Number(view.getBigUint64(0, true))
  if (headerLength > HEADER_LIMIT || 8 + headerLength > file.length)
    throw corrupt(`the header says ${headerLength} bytes, the file has ${file.length}`)
  let header: Record<string, HeaderEntry>
  try {
    header = JSON.parse(fromUtf8(file.subarray(8, 8 + headerLength)))
  } catch (cause) {
    throw corrupt('the header is not JSON', cause)
  }
  if (header === null || typeof header !== 'object' || Array.isArray(header))
    throw corrupt('the header is not an object')
  return { header, body: file.subarray(8 + headerLength) }
}

function readEntry(
  name: string,
  entry: HeaderEntry,
  body: Uint8Array,
  corrupt: (message: string) => AgonError,
): Tensor {
  const dtype = FROM_NAME.get(entry?.dtype)
  if (dtype === undefined)
    throw corrupt(
      `tensor '${name}' has the unknown dtype '${entry?.dtype}'; known are ${[...FROM_NAME.keys()].join(', ')}`,
    )
  const { shape, data_offsets: offsets } = entry
  if (!Array.isArray(shape) || shape.some((size) => !Number.isSafeInteger(size) || size < 0))
    throw corrupt(`tensor '${name}' has no valid shape`)
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(Number.isSafeInteger))
    throw corrupt(`tensor '${name}' has no offsets`)
  const [from, to] = offsets
  const length = elementCount(shape)
  if (!(from >= 0 && to <= body.length && to - from === length * BYTES_PER_ELEMENT[dtype]))
    throw corrupt(`tensor '${name}' of shape [${shape}] does not fit its bytes ${from} to ${to}`)
  const data = typedArray(dtype, length)
  new Uint8Array(data.buffer).set(body.subarray(from, to))
  return { dtype, shape, data }
}
