import { describe, expect, it } from 'vitest'
import { formatBytes, formatCount, formatDuration, formatScore, formatShare } from './quantities.ts'

describe('quantities', () => {
  it.each([
    [0, '0'],
    [950, '950'],
    [999.6, '1.00 k'],
    [12_345, '12.3 k'],
    [2_457_600, '2.46 M'],
    [999_999, '1.00 M'],
    [Number.NaN, '–'],
  ])('counts %d as %s', (value, text) => {
    expect(formatCount(value)).toBe(text)
  })

  it.each([
    [512, '512 B'],
    [1_536, '1.50 KiB'],
    [1.5 * 1024 ** 3, '1.50 GiB'],
  ])('sizes %d as %s', (value, text) => {
    expect(formatBytes(value)).toBe(text)
  })

  it.each([
    [420, '0.4 s'],
    [9_960, '10 s'],
    [59_600, '1 m 00 s'],
    [187_000, '3 m 07 s'],
    [7_500_000, '2 h 05 m'],
    [273_600_000, '3 d 04 h'],
    [-1, '–'],
    [Number.POSITIVE_INFINITY, '–'],
  ])('times %d ms as %s', (value, text) => {
    expect(formatDuration(value)).toBe(text)
  })

  it('says 100 % only at the end', () => {
    expect(formatShare(0.9999)).toBe('99 %')
    expect(formatShare(1)).toBe('100 %')
  })

  it('shows what is not known', () => {
    expect(formatScore(Number.NaN)).toBe('–')
    expect(formatScore(0.456)).toBe('0.46')
  })
})
