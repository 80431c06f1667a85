import { describe, expect, it } from 'vitest'
import { agon } from '../wire/index.ts'
import { readStatistic, STATISTICS, spelled } from './statistics.ts'

describe('the spelling of statistics', () => {
  it('is that of the fields of the wire, and reads back', () => {
    for (const name of STATISTICS) expect(spelled(readStatistic(name))).toBe(name)
    expect(STATISTICS).toContain('sum_abs_td_error')
  })

  it('knows the JSON names of the same fields, which the generated code has', () => {
    const all = Object.fromEntries(STATISTICS.map((name) => [readStatistic(name), 1]))
    const read = agon.v1.EpisodeSummary.decode(agon.v1.EpisodeSummary.encode(all).finish())
    expect(read).toMatchObject(all)
    expect(Object.keys(all).map(readStatistic)).toEqual(Object.keys(all))
  })

  it.each([
    ['Sum-Value', "write 'sum_value'"],
    ['sumvalue', "write 'sum_value'"],
    ['sum_valeu', "did you mean 'sum_value'?"],
    ['reward', 'there are return, length'],
  ])('answers %s with the right one', (wrong, remedy) => {
    expect(() => readStatistic(wrong)).toThrow(
      expect.objectContaining({
        code: 'actor/statistic',
        remedy: expect.stringContaining(remedy),
      }),
    )
  })
})
