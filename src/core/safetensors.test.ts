import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AgonError } from './errors.ts'
import { readSafetensors, writeSafetensors } from './safetensors.ts'
import { type NamedTensors, tensor } from './tensor.ts'

const sample: NamedTensors = {
  'actor/weight': tensor('float32', [2, 2], Float32Array.of(1, -2, 3.5, Number.NEGATIVE_INFINITY)),
  flags: tensor('uint8', [3], Uint8Array.of(1, 0, 255)),
  count: tensor('int64', [], BigInt64Array.of(12n)),
  empty: tensor('float32', [0, 4]),
}

describe('safetensors', () => {
  it('gives back what was written, whatever the order of the names', () => {
    const reversed = Object.fromEntries(Object.entries(sample).reverse())
    expect(writeSafetensors(reversed)).toEqual(writeSafetensors(sample))
    const read = readSafetensors(writeSafetensors(sample))
    for (const [name, original] of Object.entries(sample)) expect(read[name]).toEqual(original)
  })

  it('is laid out as the format says', () => {
    const file = writeSafetensors({ a: tensor('int32', [1], Int32Array.of(7)) }, { by: 'agon' })
    const length = Number(new DataView(file.buffer).getBigUint64(0, true))
    expect(length % 8).toBe(0)
    expect(JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length)))).toEqual({
      __metadata__: { by: 'agon' },
      a: { dtype: 'I32', shape: [1], data_offsets: [0, 4] },
    })
    expect([...file.subarray(8 + length)]).toEqual([7, 0, 0, 0])
  })

  it('reads from a misaligned view', () => {
    const file = writeSafetensors(sample)
    const padded = new Uint8Array(file.length + 3)
    padded.set(file, 3)
    expect(readSafetensors(padded.subarray(3)).count.data[0]).toBe(12n)
  })

  it('names what does not fit', () => {
    const written = (header: unknown, data = 0): Uint8Array => {
      const json = new TextEncoder().encode(JSON.stringify(header).padEnd(128))
      const file = new Uint8Array(8 + json.length + data)
      new DataView(file.buffer).setBigUint64(0, BigInt(json.length), true)
      file.set(json, 8)
      return file
    }
    const entry = { dtype: 'F32', shape: [1], data_offsets: [0, 4] }
    expect(readSafetensors(written({ a: entry }, 4)).a.shape).toEqual([1])
    for (const [file, message] of [
      [written([]), /not an object/],
      [written({ a: { ...entry, dtype: 'BF16' } }, 4), /unknown dtype 'BF16'; known are F32, /],
      [written({ a: { ...entry, data_offsets: [0.5, 4.5] } }, 8), /no offsets/],
      [written({ a: { ...entry, shape: [2] } }, 4), /does not fit its bytes 0 to 4/],
      [written({ a: entry }, 5), /cover 4 of 5 bytes/],
    ] as const)
      expect(() => readSafetensors(file, 'cut')).toThrow(message)
  })

  it('refuses every mutation with a named error or reads the same shapes', () => {
    const file = writeSafetensors(sample)
    fc.assert(
      fc.property(
        fc.nat(file.length - 1),
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        (at, flip, cut) => {
          const broken = cut ? file.slice(0, at) : file.slice()
          if (!cut) broken[at] ^= flip
          try {
            readSafetensors(broken, 'cut')
          } catch (error) {
            expect(error).toBeInstanceOf(AgonError)
            expect((error as AgonError).code).toBe('safetensors/corrupt')
          }
        },
      ),
      { numRuns: 500, seed: 7 },
    )
  })
})
