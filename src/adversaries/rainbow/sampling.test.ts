import { describe, expect, it } from 'vitest'
import { stream } from '../../core/random.ts'
import { drawTargets, indexAt, targetProbabilities } from './sampling.ts'

const EMPTY = Number.NEGATIVE_INFINITY
const FITNESS = Float64Array.of(0, 0.1, 0.25, 0.5, 1, EMPTY)

describe('the draw of target cells', () => {
  it('follows exp(−F / 0.1) over a million draws, empty cells as fitness 0, the parent never', () => {
    const parent = 2
    const probabilities = targetProbabilities(FITNESS, 0.1, (cell) => cell !== parent)
    const random = stream(7, 'targets')
    const counts = new Float64Array(FITNESS.length)
    const draws = 1_000_000
    for (let i = 0; i < draws; i++) counts[indexAt(probabilities, random.uniform())] += 1
    const weights = [0, 0.1, null, 0.5, 1, 0].map((f) => (f === null ? 0 : Math.exp(-f / 0.1)))
    const total = weights.reduce((sum, w) => sum + w, 0)
    expect(counts[parent]).toBe(0)
    for (const [cell, weight] of weights.entries()) {
      const p = weight / total
      const error = 5 * Math.sqrt((p * (1 - p)) / draws) + 1e-9
      expect(Math.abs(counts[cell] / draws - p), `cell ${cell}`).toBeLessThanOrEqual(error)
    }
    // The minus sign: a cell at fitness 0 is about 22 026 times likelier than one at 1.
    expect(probabilities[0] / probabilities[4]).toBeCloseTo(Math.exp(10), 4)
    expect(probabilities[5]).toBe(probabilities[0])
  })

  it('is not lost to rounding at any scale of fitness', () => {
    const far = targetProbabilities(Float64Array.of(1000, 1001), 0.1, () => true)
    expect(far[0]).toBeCloseTo(1 / (1 + Math.exp(-10)), 12)
    expect(far[0] + far[1]).toBeCloseTo(1, 12)
  })

  const batch = (count: number, parents: (i: number) => number, fitness = FITNESS) =>
    drawTargets({
      ...{ fitness, temperature: 0.1 },
      parents: Array.from({ length: count }, (_, i) => parents(i)),
      random: (candidate) => stream(3, 'descriptor', candidate),
    })

  it('gives a batch distinct cells where there are enough, and any where there are not', () => {
    const drawn = batch(6, () => -1)
    expect([...drawn].sort()).toEqual([0, 1, 2, 3, 4, 5])
    const many = batch(40, () => -1)
    expect(new Set(many).size).toBeLessThan(40)
    // Low fitness is favoured over and over where repeats are allowed.
    expect(many.filter((cell) => cell === 4).length).toBeLessThan(3)
  })

  it('never gives a candidate its parent’s cell, even where no other is left in the batch', () => {
    for (let round = 0; round < 50; round++) {
      const parents = Array.from({ length: 6 }, (_, i) => (i * 7 + round) % 6)
      const drawn = drawTargets({
        ...{ fitness: FITNESS, temperature: 0.1, parents },
        random: (candidate) => stream(round, 'descriptor', candidate),
      })
      for (const [i, cell] of drawn.entries()) expect(cell).not.toBe(parents[i])
    }
  })
})
