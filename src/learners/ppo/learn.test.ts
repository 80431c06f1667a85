import { describe, expect, it } from 'vitest'
import type { EnvironmentSpec } from '../../envs/contract.ts'
import { allocateTrajectory } from '../rollout/trajectory.ts'
import type { AdamJob } from '../trainer/contract.ts'
import type { LearnerThreads } from '../trainer/learner-threads.ts'
import { learnBatch, learningRateAt } from './learn.ts'
import { LOSS_TERMS } from './loss.ts'
import { moments } from './normalise.ts'
import { ppoOptions } from './options.ts'
import type { GradientJob, PpoThread } from './ppo-jobs.ts'

const SPEC: EnvironmentSpec = {
  id: 'test',
  profile: 'plain',
  observations: { x: { dtype: 'float32', shape: [1] } },
  actions: { kind: 'discrete', count: 2 },
  agents: 1,
  seats: { agent: [0] },
}
const STEPS = 3
const COLUMNS = 5
const TRAINED = [0, 1, 2, 4]

/** What the threads would be asked for, over a trajectory whose advantages are all different. */
async function jobsOf(ppo: Record<string, unknown>, updates = 0, terms = LOSS_TERMS.map(() => 1)) {
  const gradients: GradientJob[] = []
  const applied: AdamJob[] = []
  const trajectory = allocateTrajectory(SPEC, {}, STEPS, COLUMNS)
  trajectory.weights.data.fill(1)
  // Column 2 has one step that may not train.
  trajectory.weights.data[COLUMNS + 2] = 0
  trajectory.advantages.data.forEach((_, i, all) => {
    all[i] = i ** 2
  })
  const thread = {
    async call(method: string, job: GradientJob & AdamJob) {
      if (method === 'adam') {
        applied.push(job)
        return { norm: 1, ortMs: 0 }
      }
      gradients.push(job)
      return { terms, ortMs: 0 }
    },
  }
  const crew = {
    threads: [thread],
    byShard: (shards: number, work: (on: typeof thread, shard: number) => Promise<unknown>) =>
      Promise.all(Array.from({ length: shards }, (_, shard) => work(thread, shard))),
  } as unknown as LearnerThreads<PpoThread>
  const options = ppoOptions.parse({ ppo: { epochs: 2, minibatches: 2, ...ppo } })
  const context = { crew, options, trajectory, columns: TRAINED, seed: 1, slot: 'agent', cycle: 3 }
  const counters = { updates, steps: 10 }
  await learnBatch(context, counters)
  const parts = applied.map((_, step) =>
    gradients.slice(2 * step, 2 * step + 2).flatMap(({ columns }) => columns),
  )
  const expected = (columns: readonly number[], kind: 'population' | 'sample') =>
    moments(trajectory.advantages.data, trajectory.weights.data, STEPS, COLUMNS, columns, kind)
  return { gradients, applied, parts, counters, expected }
}

describe('an update', () => {
  it('goes through every trained column once an epoch, in minibatches of two shards', async () => {
    const { gradients, applied, parts, counters } = await jobsOf({})
    expect(parts.map((columns) => columns.length)).toEqual([2, 2, 2, 2])
    for (const epoch of [0, 1])
      expect([...parts[2 * epoch], ...parts[2 * epoch + 1]].sort()).toEqual(TRAINED)
    expect(applied.map(({ step }) => step)).toEqual([11, 12, 13, 14])
    expect(counters).toEqual({ updates: 0, steps: 14 })
    gradients.forEach(({ keptScale, allScale, shard }, i) => {
      const part = parts[Math.floor(i / 2)]
      expect(shard).toBe(i % 2)
      // Entropy is averaged over all steps, the other losses over those that may train.
      expect(allScale).toBeCloseTo(1 / (STEPS * part.length), 12)
      expect(1 / keptScale).toBeCloseTo(STEPS * part.length - (part.includes(2) ? 1 : 0), 9)
    })
  })

  it('normalises advantages per minibatch by the population deviation', async () => {
    const { gradients, parts, expected } = await jobsOf({ normalise: 'minibatch' })
    gradients.forEach((job, i) => {
      expect(job.moments).toEqual(expected(parts[Math.floor(i / 2)], 'population'))
    })
  })

  it('or once over the rollout by the sample deviation (dcd)', async () => {
    const { gradients, expected } = await jobsOf({ normalise: 'rollout' })
    for (const job of gradients) expect(job.moments).toEqual(expected(TRAINED, 'sample'))
  })

  it('or not at all', async () => {
    const { gradients } = await jobsOf({ normalise: 'none' })
    for (const job of gradients) expect(job.moments).toEqual({ mean: 0, scale: 1 })
  })

  it('keeps its learning rate for all of its steps', async () => {
    const { applied } = await jobsOf({ anneal: 'linear', annealUpdates: 4 }, 1)
    for (const { learningRate } of applied) expect(learningRate).toBeCloseTo(0.75e-4, 15)
  })
})

describe('a loss that is no number', () => {
  it('stops the update before its gradient is applied, and names the part that broke', async () => {
    const broken = (...names: readonly string[]) =>
      jobsOf(
        {},
        0,
        LOSS_TERMS.map((name) => (names.includes(name) ? Number.NaN : 1)),
      )
    const error = (place: string) => ({ code: 'learner/not-finite', place, fields: { cycle: 3 } })
    await expect(broken('total_loss', 'value_loss')).rejects.toMatchObject(error('value_loss'))
    await expect(broken('total_loss')).rejects.toMatchObject(error('total_loss'))
  })
})

describe('the learning rate', () => {
  const rate = (ppo: object, updates: number) => learningRateAt(ppoOptions.parse({ ppo }), updates)
  it('stays, or falls linearly over gradient updates to 0 and no further', () => {
    expect(rate({}, 29_999)).toBe(1e-4)
    const linear = { anneal: 'linear', annealUpdates: 10, learningRate: 0.5 }
    expect([0, 5, 10, 11].map((updates) => rate(linear, updates))).toEqual([0.5, 0.25, 0, 0])
  })
})
