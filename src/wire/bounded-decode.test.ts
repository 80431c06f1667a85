import { describe, expect, it } from 'vitest'
import { decodeBounded } from './bounded-decode.ts'
import { agon } from './gen/agon.gen.js'

const { OutcomesReport } = agon.v1

/** Empty outcomes, two bytes each. */
const outcomes = (count: number): Uint8Array =>
  Uint8Array.from({ length: 2 * count }, (_, i) => (i % 2 === 0 ? (3 << 3) | 2 : 0))

describe('decodeBounded', () => {
  it('reads as many fields as are allowed', () => {
    expect(decodeBounded(OutcomesReport, outcomes(100), 100).outcomes).toHaveLength(100)
    const said = OutcomesReport.encode({ slot: 'a', metrics: { x: 1 } }).finish()
    expect(decodeBounded(OutcomesReport, said, 4)).toMatchObject({ slot: 'a', metrics: { x: 1 } })
  })

  it('refuses one more, by name', () => {
    expect(() => decodeBounded(OutcomesReport, outcomes(101), 100)).toThrow(
      expect.objectContaining({ code: 'wire/oversize' }),
    )
  })

  it('counts those of messages inside others', () => {
    const nested = OutcomesReport.encode({
      outcomes: [{ episodes: Array.from({ length: 100 }, () => ({})) }],
    }).finish()
    expect(() => decodeBounded(OutcomesReport, nested, 100)).toThrow(
      expect.objectContaining({ code: 'wire/oversize' }),
    )
  })
})
