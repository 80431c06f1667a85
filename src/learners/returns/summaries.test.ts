import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { estimateAdvantages, type GaeRule } from './gae.ts'
import { summariseColumn, summariseTask } from './summaries.ts'

const step = fc.record({
  reward: fc.double({ min: -2, max: 2, noNaN: true }),
  value: fc.double({ min: -2, max: 2, noNaN: true }),
  done: fc.boolean(),
  weight: fc.constantFrom(0, 1),
})
const rule: GaeRule = { discount: 0.9, lambda: 0.8, bootstrap: 'value' }

/** The definitions, written out over whole episodes. */
function bruteForce(
  rewards: Float32Array,
  values: Float32Array,
  dones: Uint8Array,
  advantages: Float32Array,
  weights: Float32Array,
) {
  const steps = rewards.length
  const episodes = []
  for (let from = 0; from < steps; ) {
    let to = from
    while (to < steps - 1 && dones[to] === 0) to++
    const at = Array.from({ length: to + 1 - from }, (_, i) => from + i)
    const sum = (of: (t: number) => number) => at.reduce((total, t) => total + of(t), 0)
    const finished = dones[to] === 1
    const delta = (t: number) => Math.abs(rewards[t] + 0.9 * values[t + 1] - values[t])
    const episodeReturn = sum((t) => rewards[t])
    episodes.push({
      episode: episodes.length,
      seat: 'agent',
      finished,
      solved: finished && episodeReturn > 0,
      return: episodeReturn,
      discountedReturn: sum((t) => 0.9 ** (t - from) * rewards[t]),
      length: at.length,
      value0: values[from],
      sumValue: sum((t) => values[t]),
      sumAdvantage: sum((t) => advantages[t]),
      sumAbsAdvantage: sum((t) => Math.abs(advantages[t])),
      sumPositiveAdvantage: sum((t) => Math.max(advantages[t], 0)),
      sumAbsTdError: sum((t) => (finished && t === to ? 0 : delta(t))),
      trainedSteps: sum((t) => weights[t]),
      studentVersion: 12,
      extras: {},
    })
    from = to + 1
  }
  return episodes
}

describe('episode summaries', () => {
  it('equal their definitions on random trajectories', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 20 }), (trajectory) => {
        const steps = trajectory.length
        const returns = {
          rewards: Float32Array.from(trajectory, ({ reward }) => reward),
          values: Float32Array.from([...trajectory, { value: 1 }], ({ value }) => value),
          dones: Uint8Array.from(trajectory, ({ done }) => (done ? 1 : 0)),
          steps,
          stride: 1,
        }
        const advantages = new Float32Array(steps)
        estimateAdvantages(returns, rule, 0, 1, advantages, new Float32Array(steps))
        const weights = Float32Array.from(trajectory, ({ weight }) => weight)
        const found = summariseColumn(
          {
            ...returns,
            advantages,
            weights,
            rule,
            studentVersion: 12,
            solvedAbove: 0,
          },
          'agent',
          0,
        )
        const { rewards, values, dones } = returns
        const wanted = bruteForce(rewards, values, dones, advantages, weights)
        expect(found.length).toBe(wanted.length)
        found.forEach((episode, i) => {
          for (const [name, value] of Object.entries(wanted[i]))
            if (typeof value === 'number') expect(episode[name as 'return']).toBeCloseTo(value, 9)
            else expect(episode[name as 'return']).toEqual(value)
        })
      }),
      { numRuns: 60 },
    )
  })

  it('of a seat are the means over its agents, and every seat has its own', () => {
    // Two steps of three agents, one episode; agents 0 and 2 sit left, agent 1 right.
    const returns = {
      rewards: Float32Array.of(1, 0, 0, 1, 4, 0),
      values: Float32Array.of(2, 8, 4, 1, 1, 1, 0, 0, 0),
      dones: Uint8Array.of(0, 0, 0, 1, 1, 1),
      steps: 2,
      stride: 3,
    }
    const of = {
      ...returns,
      advantages: Float32Array.of(1, 0, -3, 0, 0, 0),
      weights: new Float32Array(6).fill(1),
      rule,
      studentVersion: 1,
      solvedAbove: 0.9,
    }
    const found = summariseTask(of, { left: [0, 2], right: [1] }, 0)
    expect(found.map(({ seat, episode }) => [seat, episode])).toEqual([
      ['left', 0],
      ['right', 0],
    ])
    // Returns 2 and 0: the mean is above 0.9, though one agent's is not.
    expect(found[0]).toMatchObject({ return: 1, solved: true, length: 2, value0: 3 })
    expect(found[0]).toMatchObject({
      sumAdvantage: -1,
      sumAbsAdvantage: 2,
      sumPositiveAdvantage: 0.5,
    })
    expect(found[1]).toMatchObject({ return: 4, value0: 8, trainedSteps: 2 })
  })
})
