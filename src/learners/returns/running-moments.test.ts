import { describe, expect, it } from 'vitest'
import { stream } from '../../core/random.ts'
import { addRow, emptyMoments, mergeMoments, scaleOf, varianceOf } from './running-moments.ts'

describe('running moments', () => {
  const random = stream(1, 'moments')
  const rows = Array.from({ length: 57 }, () => [1000 + random.uniform(), random.uniform() - 4, 7])
  const mean = (i: number) => rows.reduce((sum, row) => sum + row[i], 0) / rows.length
  const variance = (i: number) =>
    rows.reduce((sum, row) => sum + (row[i] - mean(i)) ** 2, 0) / rows.length

  it('are those of all rows, however these were parted', () => {
    for (const cuts of [[57], [1, 56], [20, 0, 37], [13, 21, 23]]) {
      const whole = emptyMoments(3)
      let at = 0
      for (const count of cuts) {
        const part = emptyMoments(3)
        for (const row of rows.slice(at, at + count)) addRow(part, row)
        mergeMoments(whole, part)
        at += count
      }
      expect(whole.count).toBe(57)
      for (const i of [0, 1, 2]) {
        expect(whole.mean[i]).toBeCloseTo(mean(i), 10)
        expect(varianceOf(whole, i)).toBeCloseTo(variance(i), 10)
      }
      expect(scaleOf(whole, 1)).toBeCloseTo(1 / Math.sqrt(variance(1)), 5)
      // An element that never changes keeps a finite scale.
      expect(scaleOf(whole, 2)).toBeCloseTo(1e4, 6)
    }
  })

  it('leave numbers as they are until something was seen', () => {
    expect(scaleOf(emptyMoments(1), 0)).toBe(1)
  })
})
