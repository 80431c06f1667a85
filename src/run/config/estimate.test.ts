import { describe, expect, it } from 'vitest'
import { slotId } from '../../core/index.ts'
import type { RunConfig } from '../contract.ts'
import { DEFAULT_HUB } from './default-hub.ts'
import { DEFAULT_PARAMETERS, type EstimateFacts, estimate } from './estimate.ts'
import { LEVEL_BYTES } from './footprint.ts'

const agent = slotId('agent')
const part = { id: 'x', module: 'file:///x.js', options: {} }

const config = (budget: RunConfig['budget'], changes: Partial<RunConfig> = {}): RunConfig => ({
  name: 'x',
  seed: 0,
  env: part,
  adversary: part,
  students: { [agent]: part },
  evaluation: {
    suite: 'random:10',
    episodes: 1,
    every: 0,
    final: { suite: 'random:10', episodes: 1 },
    seed: 0,
    workers: 1,
  },
  budget,
  cuts: { every: 100, keep: 2 },
  workers: 1,
  placement: { adversary: 'local', student: 'local', evaluator: 'local' },
  supervision: { restarts: 5, windowSeconds: 60 },
  hub: DEFAULT_HUB,
  tensorboard: true,
  ...changes,
})

const facts = (share: number, extra: Partial<EstimateFacts> = {}): EstimateFacts => ({
  adversary: { tasksPerCycle: (_, count) => count, trainShare: () => share },
  students: { [agent]: { taskCount: () => 32, envSteps: (_, tasks) => 256 * tasks } },
  ...extra,
})

describe('estimate', () => {
  it('counts cycles, updates and steps from any unit', () => {
    const from = (budget: RunConfig['budget']) => estimate(config(budget), facts(0.5))
    expect(from({ gradientUpdates: 300 })).toMatchObject({
      cycles: 600,
      gradientUpdates: 300,
      envSteps: 600 * 8192,
    })
    expect(from({ cycles: 300 })).toMatchObject({
      cycles: 300,
      gradientUpdates: 150,
      envSteps: 300 * 8192,
    })
    expect(from({ envSteps: 8193 })).toMatchObject({
      cycles: 2,
      envSteps: 16384,
      gradientUpdates: 1,
    })
  })

  it('takes 14 MFLOP a step for the default student that learns in every cycle', () => {
    const flopsPerSecond = 100e9
    const { seconds, timeFrom } = estimate(config({ cycles: 1000 }), facts(1, { flopsPerSecond }))
    expect(timeFrom).toBe('yardstick')
    const perStep = ((seconds ?? 0) * 0.5 * flopsPerSecond) / (1000 * 8192)
    expect(perStep).toBeGreaterThan(13.5e6)
    expect(perStep).toBeLessThan(14.5e6)
  })

  it('prefers a measured rate, and says when it knows none', () => {
    const measured = estimate(
      config({ cycles: 100 }),
      facts(1, { stepsPerSecond: 8192, flopsPerSecond: 1 }),
    )
    expect(measured.timeFrom).toBe('rate')
    expect(measured.seconds).toBeGreaterThan(100)
    expect(measured.seconds).toBeLessThan(102)
    expect(estimate(config({ cycles: 100 }), facts(1)).seconds).toBeNull()
  })

  it('grows with workers, cuts and parameters', () => {
    const base = estimate(config({ cycles: 1000 }), facts(1))
    const cuts = estimate(config({ cycles: 1000 }, { cuts: { every: 10, keep: 9 } }), facts(1))
    const workers = estimate(config({ cycles: 1000 }, { workers: 4 }), facts(1))
    const large = estimate(
      config({ cycles: 1000 }),
      facts(1, { parameters: { [agent]: 10 * DEFAULT_PARAMETERS } }),
    )
    expect(cuts.diskBytes).toBeGreaterThan(base.diskBytes + 7 * 16 * DEFAULT_PARAMETERS)
    // 1 000 rows of 32 tasks.
    const silent = estimate(config({ cycles: 1000 }, { levelLog: false }), facts(1))
    expect(base.diskBytes - silent.diskBytes).toBe(1000 * 32 * LEVEL_BYTES)
    expect(workers.memoryBytes).toBeGreaterThan(base.memoryBytes)
    expect(large.memoryBytes).toBeGreaterThan(base.memoryBytes)
    expect(base.memoryBytes).toBeLessThan(1.5e9)
  })

  it('counts an encoder by what a step takes, and of its memory a part of a minibatch for each thread', () => {
    const cost = {
      flops: 20e6,
      encoderBytes: 500e3,
      otherParameters: DEFAULT_PARAMETERS,
      observationBytes: 28e3,
      minibatches: 1,
      shards: 2,
    }
    const of = (change: Partial<typeof cost>, workers = 2) =>
      estimate(
        config({ cycles: 10 }, { workers }),
        facts(1, { flopsPerSecond: 1e9, stepCosts: { [agent]: { ...cost, ...change } } }),
      )
    const whole = of({}).memoryBytes
    const rollout = 8192 * (500e3 + 28e3)
    expect(whole - of({ minibatches: 2 }).memoryBytes).toBeCloseTo(
      rollout / 2 + (8192 / 2) * 24e3,
      -3,
    )
    expect(whole - of({ shards: 4 }).memoryBytes).toBeCloseTo(rollout / 2 + (8192 / 2) * 24e3, -3)
    const ratio = (of({ flops: 40e6 }).seconds ?? 0) / (of({}).seconds ?? 1)
    expect(ratio).toBeCloseTo(2, 1)
  })

  it('refuses a budget that is never spent', () => {
    expect(() => estimate(config({ gradientUpdates: 1 }), facts(0))).toThrow(/never spent/)
    expect(estimate(config({ cycles: 3 }), facts(0)).gradientUpdates).toBe(0)
  })

  it('counts cycles from attempts and from seconds, and says what nobody can know before', () => {
    expect(estimate(config({ evaluations: 33 }), facts(1))).toMatchObject({ cycles: 2 })
    const timed = estimate(config({ seconds: 60 }), facts(1, { stepsPerSecond: 8192 }))
    expect(timed).toMatchObject({ cycles: 60, seconds: 60, timeFrom: 'budget' })
    const blind = estimate(config({ seconds: 60 }), facts(1))
    expect(blind).toMatchObject({ cycles: null, gradientUpdates: null, envSteps: null })
    expect(blind.notes[0]).toMatch(/not known beforehand/)
  })

  it.each(['calls', 'tokens', 'money'] as const)(
    'refuses a budget of %s where no service is',
    (unit) => {
      const budget = { [unit]: 5 } as unknown as RunConfig['budget']
      expect(() => estimate(config(budget), facts(1))).toThrow(/nothing in this run asks a service/)
    },
  )
})
