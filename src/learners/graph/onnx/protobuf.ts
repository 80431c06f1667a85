/** The wire format of protocol buffers, as far as ONNX needs it. */

export interface ProtobufWriter {
  /** A varint field; negative numbers take ten bytes, as the format has it. */
  integer(field: number, value: number): void
  float(field: number, value: number): void
  text(field: number, value: string): void
  bytes(field: number, value: Uint8Array): void
  /** A nested message, written by `write`. */
  message(field: number, write: (nested: ProtobufWriter) => void): void
  finish(): Uint8Array
}

const VARINT = 0
const LENGTH_DELIMITED = 2
const FIXED32 = 5

export function protobufWriter(): ProtobufWriter {
  let buffer = new Uint8Array(256)
  let length = 0
  const encoder = new TextEncoder()

  function reserve(extra: number): void {
    if (length + extra <= buffer.length) return
    const grown = new Uint8Array(Math.max(buffer.length * 2, length + extra))
    grown.set(buffer.subarray(0, length))
    buffer = grown
  }
  function varint(value: number): void {
    reserve(10)
    if (value < 0 || value > 0x7fffffff) {
      let rest = BigInt.asUintN(64, BigInt(value))
      while (rest > 0x7fn) {
        buffer[length++] = Number(rest & 0x7fn) | 0x80
        rest >>= 7n
      }
      buffer[length++] = Number(rest)
      return
    }
    let rest = value
    while (rest > 0x7f) {
      buffer[length++] = (rest & 0x7f) | 0x80
      rest >>>= 7
    }
    buffer[length++] = rest
  }
  function append(value: Uint8Array): void {
    varint(value.length)
    reserve(value.length)
    buffer.set(value, length)
    length += value.length
  }
  function tag(field: number, type: number): void {
    varint((field << 3) | type)
  }
  return {
    integer(field, value) {
      tag(field, VARINT)
      varint(value)
    },
    float(field, value) {
      tag(field, FIXED32)
      reserve(4)
      new DataView(buffer.buffer).setFloat32(length, value, true)
      length += 4
    },
    text(field, value) {
      tag(field, LENGTH_DELIMITED)
      append(encoder.encode(value))
    },
    bytes(field, value) {
      tag(field, LENGTH_DELIMITED)
      append(value)
    },
    message(field, write) {
      const nested = protobufWriter()
      write(nested)
      tag(field, LENGTH_DELIMITED)
      append(nested.finish())
    },
    finish: () => buffer.slice(0, length),
  }
}
