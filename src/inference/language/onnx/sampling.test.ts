import { describe, expect, it } from 'vitest'
import { stream } from '../../../core/random.ts'
import { drawToken, logProbsOf, ranked } from './sampling.ts'

const LOGITS = Float32Array.of(1, 3, 2, 3, -1)
const weights = Array.from(LOGITS, (logit) => Math.exp(logit))
const share = (kept: readonly number[], temperature = 1): number[] => {
  const masses = weights.map((w, i) => (kept.includes(i) ? w ** (1 / temperature) : 0))
  const total = masses.reduce((a, b) => a + b)
  return masses.map((mass) => mass / total)
}

function frequencies(temperature: number, topP: number, draws = 20_000): number[] {
  const random = stream('sampling', topP)
  const counts = new Array<number>(LOGITS.length).fill(0)
  const scores = logProbsOf(LOGITS)
  for (let i = 0; i < draws; i++)
    counts[drawToken(scores, { temperature, topP }, () => random.uniform())]++
  return counts.map((count) => count / draws)
}

describe('sampling', () => {
  it('gives logarithms of a softmax, also of very large logits', () => {
    const total = weights.reduce((a, b) => a + b)
    const scores = logProbsOf(LOGITS)
    weights.forEach((w, i) => {
      expect(scores[i]).toBeCloseTo(Math.log(w / total), 12)
    })
    expect([...logProbsOf(Float32Array.of(3e4, 3e4))]).toEqual([-Math.LN2, -Math.LN2])
  })

  it('takes the first of the likeliest at temperature 0, whatever is drawn', () => {
    const scores = logProbsOf(LOGITS)
    expect(ranked(scores)).toEqual([1, 3, 2, 0, 4])
    for (const uniform of [0, 0.5, 0.999])
      expect(drawToken(scores, { temperature: 0, topP: 1 }, () => uniform)).toBe(1)
  })

  it.each([
    [1, 1, share([0, 1, 2, 3, 4])],
    [2, 1, share([0, 1, 2, 3, 4], 2)],
    // 3 and 3 have 0.79 of the mass, 2 brings it to 0.935.
    [1, 0.7, share([1, 3])],
    [1, 0.8, share([1, 2, 3])],
    [1, 0.01, share([1])],
  ])(
    'draws at temperature %d and mass %d by the shares of what is left',
    (temperature, topP, wanted) => {
      frequencies(temperature, topP).forEach((found, i) => {
        // Four standard errors of 20 000 draws.
        expect(Math.abs(found - wanted[i])).toBeLessThan(4 * Math.sqrt(0.25 / 20_000))
        if (wanted[i] === 0) expect(found).toBe(0)
      })
    },
  )
})
