import { describe, expect, it } from 'vitest'
import { summariseColumn } from './summaries.ts'
import { writeUncertainty } from './uncertainty.ts'

const of = (counts: readonly number[], ...probabilities: readonly number[]): number[] => {
  // Logits are probabilities' logarithms up to a constant, here 3; −10⁹ is added where an action is forbidden.
  const logits = Float32Array.from(probabilities, (p) => (p === 0 ? -1e9 : Math.log(p) + 3))
  const width = counts.reduce((sum, count) => sum + count, 0)
  const into = new Float32Array((3 * probabilities.length) / width).fill(9)
  writeUncertainty(logits, counts, into)
  return [...into]
}
const near = (values: readonly number[]): unknown => values.map((value) => expect.closeTo(value, 6))

describe('how undecided a policy is', () => {
  it('is its entropy over the greatest, 1 − the largest probability, and 1 − the margin', () => {
    // H(½, ¼, ⅛, ⅛) = 1.75 bits of 2.
    expect(of([4], 0.5, 0.25, 0.125, 0.125)).toEqual(near([0.875, 0.5, 0.75]))
    expect(of([4], 0.25, 0.25, 0.25, 0.25)).toEqual(near([1, 0.75, 1]))
    expect(of([2], 0.25, 0.75)).toEqual(near([0.8112781, 0.25, 0.5]))
  })
  it('is 0 of a policy that is sure', () => {
    expect(of([3], 1, 1e-30, 1e-30)).toEqual(near([0, 0, 0]))
  })
  it('counts allowed actions alone, and one of them is no choice', () => {
    expect(of([4], 0, 0.5, 0, 0.5)).toEqual(near([1, 0.5, 1]))
    expect(of([3], 0, 1, 0)).toEqual(near([0, 0, 0]))
    expect(of([1], 1)).toEqual(near([0, 0, 0]))
  })
  it('is the mean over several choices, row by row', () => {
    const [first, second] = [
      [0.5, 0.5, 0.5, 0.25, 0.125, 0.125],
      [1, 0, 0.25, 0.25, 0.25, 0.25],
    ]
    expect(of([2, 4], ...first, ...second)).toEqual(
      near([
        ...[(1 + 0.875) / 2, (0.5 + 0.5) / 2, (1 + 0.75) / 2],
        ...[(0 + 1) / 2, (0 + 0.75) / 2, (0 + 1) / 2],
      ]),
    )
  })
})

describe('episode summaries', () => {
  const steps = 3
  const played = {
    rewards: new Float32Array(steps),
    values: new Float32Array(steps + 1),
    dones: Uint8Array.of(0, 1, 0),
    advantages: new Float32Array(steps),
    weights: new Float32Array(steps),
    steps,
    stride: 1,
    rule: { discount: 0.9, lambda: 0.8, bootstrap: 'value' },
    studentVersion: 0,
    solvedAbove: 0,
  } as const
  const uncertainty = Float32Array.of(0.5, 0.25, 1, 0.25, 0.5, 0.125, 1, 0.75, 0.5)

  it('have the sums over the steps of each episode', () => {
    expect(summariseColumn({ ...played, uncertainty }, 'agent', 0)).toMatchObject([
      { length: 2, sumEntropy: 0.75, sumLeastConfidence: 0.75, sumMinMargin: 1.125 },
      { length: 1, sumEntropy: 1, sumLeastConfidence: 0.75, sumMinMargin: 0.5 },
    ])
  })
  it('leave out the steps of one who is not there', () => {
    const present = Float32Array.of(1, 0, 1, 1)
    const [first] = summariseColumn({ ...played, uncertainty, present }, 'agent', 0)
    expect(first).toMatchObject({ sumEntropy: 0.5, sumLeastConfidence: 0.25, sumMinMargin: 1 })
  })
  it('have none where nobody asks', () => {
    for (const episode of summariseColumn(played, 'agent', 0))
      expect(Object.keys(episode)).not.toContain('sumEntropy')
  })
})
