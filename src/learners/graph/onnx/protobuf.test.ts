import { describe, expect, it } from 'vitest'
import { protobufWriter } from './protobuf.ts'

const hex = (write: (to: ReturnType<typeof protobufWriter>) => void): string => {
  const writer = protobufWriter()
  write(writer)
  return Buffer.from(writer.finish()).toString('hex')
}

describe('protobufWriter', () => {
  it('writes the examples of the encoding guide', () => {
    expect(hex((to) => to.integer(1, 150))).toBe('089601')
    expect(hex((to) => to.text(2, 'testing'))).toBe('120774657374696e67')
    expect(hex((to) => to.message(3, (nested) => nested.integer(1, 150)))).toBe('1a03089601')
  })
  it('writes negative and large integers as 64-bit varints', () => {
    expect(hex((to) => to.integer(1, -1))).toBe('08ffffffffffffffffff01')
    expect(hex((to) => to.integer(1, 2 ** 32))).toBe('088080808010')
    expect(hex((to) => to.integer(1, 2 ** 31 - 1))).toBe('08ffffffff07')
  })
  it('writes floats little-endian and fields above 15', () => {
    expect(hex((to) => to.float(2, 1.5))).toBe('150000c03f')
    expect(hex((to) => to.integer(20, 1))).toBe('a00101')
  })
  it('grows', () => {
    const bytes = new Uint8Array(5000).fill(7)
    expect(hex((to) => to.bytes(1, bytes))).toBe(`0a8827${'07'.repeat(5000)}`)
  })
})
