import { describe, expect, it } from 'vitest'
import type { Environment, EnvironmentSpec } from '../../envs/contract.ts'
import { emptyMoments } from '../returns/running-moments.ts'
import { emptySums } from '../returns/summaries.ts'
import type { RolloutJob } from '../rollout/rollout-job.ts'
import { observationMoments } from '../rollout/shard-moments.ts'
import { allocateTrajectory, type Trajectory } from '../rollout/trajectory.ts'
import type { PpoSetup } from './ppo-jobs.ts'
import { type FinishOptions, finishShard } from './shard-returns.ts'

// Everything at once, by hand: rewards that are doubled before they are learned from, an episode that is cut after its third step and
// goes on from the value of what was seen last, an agent that has left by then, and an episode that goes on in the next roll-out.
// Discount and lambda are ½: A_t = δ_t + ¼·A_{t+1}.

const [STEPS, AGENTS] = [4, 2]
const spec: EnvironmentSpec = {
  id: 'pair',
  profile: 'plain',
  observations: {
    present: { dtype: 'float32', shape: [1] },
    seen: { dtype: 'float32', shape: [1] },
  },
  actions: { kind: 'discrete', count: 2 },
  agents: AGENTS,
  seats: { stayer: [0], leaver: [1] },
}
const setup = {
  spec,
  options: { ppo: { discount: 0.5, gaeLambda: 0.5, bootstrap: 'value' } },
} as PpoSetup
const job: RolloutJob = {
  cycle: 0,
  range: { from: 0, to: AGENTS },
  tasks: [{ level: new Uint8Array(), seed: 0 }],
  autoReset: 'next-level',
  rewardScale: 2,
  parametersVersion: 0,
  studentVersion: 0,
}

/** Rows of time, `[stayer, leaver]` each. */
function played(): Trajectory {
  const of = allocateTrajectory(spec, {}, STEPS, AGENTS, true)
  const put = (data: { set(of: number[]): void } | undefined, rows: number[][]): void =>
    data?.set(rows.flat())
  put(of.rewards.data, [
    [1, 1],
    [0, 0],
    [1, 0],
    [0.5, 0.5],
  ])
  put(of.values.data, [
    [1, 3],
    [2, 7],
    [4, 7],
    [8, 8],
    [6, 6],
  ])
  put(of.dones.data, [
    [0, 0],
    [0, 0],
    [1, 1],
    [0, 0],
  ])
  // The flags of one who left say how it did: a cut too, perhaps. Nobody goes on from there.
  put(of.finalValues?.data, [
    [0, 0],
    [0, 0],
    [10, 9],
    [0, 0],
  ])
  put(of.observations.present.data as Float32Array, [
    [1, 1],
    [1, 0],
    [1, 0],
    [1, 1],
    [1, 1],
  ])
  put(of.observations.seen.data as Float32Array, [
    [4, 2],
    [4, 0],
    [4, 0],
    [4, 2],
    [4, 2],
  ])
  return of
}

const finish = (of: Trajectory, more: FinishOptions = {}) =>
  finishShard(of, setup, { solvedAbove: 0 } as Environment<unknown>, job, more)[0]

const columns = (data: Float32Array): number[][] =>
  [0, 1].map((column) => Array.from({ length: STEPS }, (_, t) => data[t * AGENTS + column]))

describe('what a roll-out is worth', () => {
  it('goes on behind a cut in the unit of what is learned, and not behind one who left before it', () => {
    const of = played()
    finish(of)
    // Stayer: δ = 2 + ½·2 − 1, 0 + ½·4 − 2, 2 + ½·10 − 4, 1 + ½·6 − 8. Leaver: 2 − 3, then the next episode's 1 + ½·6 − 8.
    const [stayer, leaver] = columns(of.advantages.data)
    expect(stayer).toEqual([2.1875, 0.75, 3, -4])
    expect([leaver[0], leaver[3]]).toEqual([-1, -4])
    expect(columns(of.targets.data)[0]).toEqual([3.1875, 2.75, 7, 4])
    expect(columns(of.weights.data)).toEqual([
      [1, 1, 1, 1],
      [1, 0, 0, 1],
    ])
  })

  it('is told in the unit of rewards, of the steps of who was there', () => {
    const [stayer, leaver, ...next] = finish(played())
    expect(stayer).toMatchObject({
      ...{ seat: 'stayer', finished: true, return: 2, length: 3, trainedSteps: 3, value0: 0.5 },
      ...{ sumValue: 3.5, sumAdvantage: 2.96875, sumAbsTdError: 1 },
    })
    expect(leaver).toMatchObject({
      ...{ seat: 'leaver', finished: true, return: 1, length: 3, trainedSteps: 1, value0: 1.5 },
      ...{ sumValue: 1.5, sumAdvantage: -0.5, sumAbsTdError: 0.5 },
    })
    expect(next).toMatchObject([
      { seat: 'stayer', finished: false, return: 0.5, sumAdvantage: -2 },
      { seat: 'leaver', finished: false, return: 0.5, sumAdvantage: -2 },
    ])
  })

  it('counts the returns and observations of nobody who is not there', () => {
    const returns = emptyMoments(1)
    const of = played()
    finish(of, { returnMoments: returns })
    // Stayer: 1, ½, 1¼, then ½. Leaver: 1, then ½.
    expect(returns.count).toBe(6)
    expect(returns.mean[0]).toBeCloseTo(4.75 / 6, 12)
    const { seen, present } = observationMoments(of, spec, job, ['seen', 'present'])
    expect([seen.count, seen.mean[0]]).toEqual([6, (4 * 4 + 2 * 2) / 6])
    expect([present.count, present.mean[0]]).toEqual([6, 1])
  })

  it('of an episode that goes on is told with what it came to before', () => {
    const carried = { sums: Array.from({ length: AGENTS }, emptySums), from: 0, first: 0 }
    finish(played(), { carried, returnMoments: emptyMoments(1) })
    const returns = emptyMoments(1)
    const [stayer] = finish(played(), { carried: { ...carried, first: 1 }, returnMoments: returns })
    // A step worth ½ stood before the three: value 8, advantage −4, |δ| 4, halved.
    expect(stayer).toMatchObject({
      ...{ episode: 1, return: 2.5, length: 4, trainedSteps: 4, value0: 4 },
      ...{ discountedReturn: 0.5 + 0.5 * 1 + 0.125 * 1, sumValue: 7.5, sumAdvantage: 0.96875 },
      sumAbsTdError: 3,
    })
    // G goes on from ½: 1¼, ⅝, 1 5/16, then ½; of the leaver 1¼, ½.
    expect(returns.mean[0]).toBeCloseTo((1.25 + 0.625 + 1.3125 + 0.5 + 1.25 + 0.5) / 6, 12)
  })
})
