import { describe, expect, it } from 'vitest'
import { estimateAdvantages, type GaeRule, type SupposedSteps } from './gae.ts'

function estimate(
  rewards: readonly number[],
  values: readonly number[],
  dones: readonly number[],
  rule: GaeRule,
  present?: number[],
  finalValues?: number[],
  supposed?: SupposedSteps,
): { advantages: number[]; targets: number[] } {
  const steps = rewards.length
  const advantages = new Float32Array(steps)
  const targets = new Float32Array(steps)
  const of = {
    rewards: Float32Array.from(rewards),
    values: Float32Array.from(values),
    dones: Uint8Array.from(dones),
    ...(finalValues === undefined ? {} : { finalValues: Float32Array.from(finalValues) }),
    steps,
    stride: 1,
    ...(present === undefined ? {} : { present: Float32Array.from(present) }),
    ...(supposed === undefined ? {} : { supposed }),
  }
  estimateAdvantages(of, rule, 0, 1, advantages, targets)
  return { advantages: [...advantages], targets: [...targets] }
}

const HALF: GaeRule = { discount: 0.5, lambda: 0.5, bootstrap: 'value' }

describe('generalised advantage estimation', () => {
  it('matches a hand example with a bootstrap', () => {
    // δ = (1 + .5·2 − 1, 0 + .5·4 − 2, 2 + .5·8 − 4) = (1, 0, 2); A = (1 + .25·.5, 0 + .25·2, 2)
    const { advantages, targets } = estimate([1, 0, 2], [1, 2, 4, 8], [0, 0, 0], HALF)
    expect(advantages).toEqual([1.125, 0.5, 2])
    expect(targets).toEqual([2.125, 2.5, 6])
  })

  it('lets nothing cross the end of an episode', () => {
    // Step 1 ends an episode: δ_1 = 0 − 2, A_1 = δ_1, A_0 = 1 + .25·(−2)
    const { advantages } = estimate([1, 0, 2], [1, 2, 4, 8], [0, 1, 0], HALF)
    expect(advantages).toEqual([0.5, -2, 2])
  })

  it('lets nothing follow the last step of an agent that leaves its episode before the others', () => {
    const gone = estimate([1, 0, 0, 5], [1, 2, 4, 8, 16], [0, 0, 0, 1], HALF, [1, 1, 0, 1, 1])
    const ended = estimate([1, 0, 0, 5], [1, 2, 4, 8, 16], [0, 1, 0, 1], HALF)
    expect(gone).toEqual(ended)
  })

  it('follows an agent that was cut alone by what its last observation is worth', () => {
    const cut = [0, 3, 0, 0]
    const gone = estimate([1, 0, 0, 5], [1, 2, 4, 8, 16], [0, 0, 0, 1], HALF, [1, 1, 0, 1, 1], cut)
    const ended = estimate([1, 0, 0, 5], [1, 2, 4, 8, 16], [0, 1, 0, 1], HALF, undefined, cut)
    expect(gone).toEqual(ended)
    // δ_1 = 0 + ½ · 3 − 2
    expect(gone.advantages[1]).toBe(-0.5)
  })

  it('goes on from the value of what was seen last where an episode was cut', () => {
    // Step 1 is cut, and worth 6 from there: δ_1 = 0 + .5·6 − 2 = 1, A_1 = δ_1, A_0 = 1 + .25·1; step 2 is an end, δ_2 = 2 − 4.
    const { advantages, targets } = estimate(
      [1, 0, 2],
      [1, 2, 4, 8],
      [0, 1, 1],
      HALF,
      undefined,
      [0, 6, 0],
    )
    expect(advantages).toEqual([1.25, 1, -2])
    expect(targets).toEqual([2.25, 3, 2])
    // The last step of a rollout too, and under dcd rules, whose tail alone is taken as terminal.
    const tail = { ...HALF, bootstrap: 'none' } as const
    expect(estimate([2], [4, 8], [1], tail, undefined, [6]).advantages).toEqual([1])
    expect(estimate([2], [4, 8], [0], tail, undefined, [6]).advantages).toEqual([-2])
  })

  it('takes the tail as terminal under dcd rules', () => {
    // δ_2 = 2 − 4
    const { advantages } = estimate([1, 0, 2], [1, 2, 4, 8], [0, 0, 0], {
      ...HALF,
      bootstrap: 'none',
    })
    expect(advantages).toEqual([0.875, -0.5, -2])
    const ended = estimate([1, 0, 2], [1, 2, 4, 8], [0, 0, 1], HALF)
    expect(ended.advantages).toEqual(advantages)
  })

  it('is the discounted Monte-Carlo return minus the value at λ = 1', () => {
    const rule: GaeRule = { discount: 0.9, lambda: 1, bootstrap: 'value' }
    const { targets } = estimate([1, 2, 3], [5, 6, 7, 10], [0, 0, 0], rule)
    expect(targets[0]).toBeCloseTo(1 + 0.9 * 2 + 0.81 * 3 + 0.729 * 10, 5)
  })

  it('touches only the columns it is asked for', () => {
    const advantages = new Float32Array(6).fill(9)
    const targets = new Float32Array(6).fill(9)
    const of = {
      rewards: new Float32Array(6).fill(1),
      values: new Float32Array(9),
      dones: new Uint8Array(6).fill(1),
      steps: 2,
      stride: 3,
    }
    estimateAdvantages(of, HALF, 1, 2, advantages, targets)
    expect([...advantages]).toEqual([9, 1, 9, 9, 1, 9])
    expect([...targets]).toEqual([9, 1, 9, 9, 1, 9])
  })
})

describe('under supposed steps (SAMPLR)', () => {
  const supposed = (rewards: number[], next: number[], ended: number[]) => ({
    rewards: Float32Array.from(rewards),
    next: Float32Array.from(next),
    ended: Uint8Array.from(ended),
    ...{ from: 0, stride: 1 },
  })

  it('takes reward and successor of each step from what is supposed, and what comes after from what came', () => {
    // r = (1, 0, 2) is not looked at. r′ = (3, 0, 0), V′ = (2, 6, 8), V = (1, 2, 4):
    // δ = (3 + .5·2 − 1, 0 + .5·6 − 2, 0 + .5·8 − 4) = (3, 1, 0); A_2 = 0, A_1 = 1 + .25·0, A_0 = 3 + .25·1
    const instead = supposed([3, 0, 0], [2, 6, 8], [0, 0, 0])
    const { advantages, targets } = estimate(
      [1, 0, 2],
      [1, 2, 4, 8],
      [0, 0, 0],
      HALF,
      undefined,
      undefined,
      instead,
    )
    expect(advantages).toEqual([3.25, 1, 0])
    expect(targets).toEqual([4.25, 3, 4])
  })

  it('lets nothing cross an end, the real one or the supposed one', () => {
    // Step 0 is supposed to end (r′ = 5, V′ = 0) while the episode went on: A_0 = 5 − 1 = 4 without A_1.
    // Step 1 really ended and is supposed to go on: δ_1 = 0 + .5·6 − 2 = 1, without A_2; A_2 = −1 + .5·8 − 4 = −1.
    const instead = supposed([5, 0, -1], [0, 6, 8], [1, 0, 0])
    const { advantages } = estimate(
      [0, 9, 0],
      [1, 2, 4, 8],
      [0, 1, 0],
      HALF,
      undefined,
      undefined,
      instead,
    )
    expect(advantages).toEqual([4, 1, -1])
  })

  it('is the usual estimate where what is supposed is what was', () => {
    const asPlayed = supposed([1, 0, 2], [2, 0, 8], [0, 1, 0])
    const given = [
      [1, 0, 2],
      [1, 2, 4, 8],
      [0, 1, 0],
    ] as const
    expect(estimate(...given, HALF, undefined, undefined, asPlayed)).toEqual(
      estimate(...given, HALF),
    )
    // The tail is terminal in both.
    const rule: GaeRule = { ...HALF, bootstrap: 'none' }
    expect(estimate(...given, rule, undefined, undefined, asPlayed)).toEqual(
      estimate(...given, rule),
    )
  })
})
