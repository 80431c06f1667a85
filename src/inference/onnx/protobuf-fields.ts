import { AgonError } from '../../core/errors.ts'

/** One field of a protobuf message, as it stands in its bytes. */
export interface ProtobufField {
  readonly number: number
  /** A varint's value, or the bytes of a field of any other kind. */
  readonly value: number | Uint8Array
  /** Where its key begins, and where it ends. */
  readonly start: number
  readonly end: number
}

const VARINT = 0
const FIXED64 = 1
const LENGTH_DELIMITED = 2
const FIXED32 = 5
const LONGEST_VARINT = 10

/**
 * The fields of a message, in order. Values are views of its bytes.
 * @throws AgonError `onnx/corrupt`
 */
export function* fields(bytes: Uint8Array): Generator<ProtobufField> {
  const cursor = { at: 0 }
  while (cursor.at < bytes.length) {
    const start = cursor.at
    // Other readers keep 32 bits of a key: no field may hide from this one in the bits above.
    const key = varint(bytes, cursor) % 2 ** 32
    const number = Math.floor(key / 8)
    const wire = key % 8
    if (wire === VARINT) {
      const value = varint(bytes, cursor)
      yield { number, value, start, end: cursor.at }
      continue
    }
    const length = lengthOf(wire, bytes, cursor)
    const end = cursor.at + length
    if (length < 0 || end > bytes.length)
      throw corruptModel(`a field is cut off at byte ${cursor.at}`)
    yield { number, value: bytes.subarray(cursor.at, end), start, end }
    cursor.at = end
  }
}

/** The numbers of a packed field. @throws AgonError `onnx/corrupt` */
export function* varints(bytes: Uint8Array): Generator<number> {
  const cursor = { at: 0 }
  while (cursor.at < bytes.length) yield varint(bytes, cursor)
}

/** −1 for a kind that ONNX does not use. */
function lengthOf(wire: number, bytes: Uint8Array, cursor: { at: number }): number {
  if (wire === LENGTH_DELIMITED) return varint(bytes, cursor)
  if (wire === FIXED32) return 4
  return wire === FIXED64 ? 8 : -1
}

function varint(bytes: Uint8Array, cursor: { at: number }): number {
  let value = 0
  let unit = 1
  for (let read = 0; read < LONGEST_VARINT && cursor.at < bytes.length; read++) {
    const byte = bytes[cursor.at++]
    value += (byte & 0x7f) * unit
    if (byte < 0x80) return value
    unit *= 128
  }
  throw corruptModel('a number is cut off at the end')
}

export function corruptModel(what: string): AgonError {
  return new AgonError('onnx/corrupt', `the file is not an ONNX model: ${what}`, {
    remedy:
      'copy or export it again: it is damaged, or of a newer opset than this ONNX Runtime reads',
  })
}
