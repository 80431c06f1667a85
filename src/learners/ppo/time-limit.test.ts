import { afterEach, describe, expect, it } from 'vitest'
import { sha256 } from '../../core/bytes.ts'
import { slotId, taskId } from '../../core/ids.ts'
import { builtUrl } from '../../core/module.ts'
import { environment as endless } from '../../envs/fixtures/endless.ts'
import type { Outcome, TaskBatch } from '../contract.ts'
import { type PpoStudent, student as ppo } from './index.ts'

// Reward 1 for ever, cut every ten steps: with discount 0.9 a state is worth 1/(1 − 0.9) = 10. Where the cut is an end, the ten
// steps of an episode are worth (1 − 0.9ᵏ)/0.1 for k = 1 … 10, 4.14 on average, which is all that can be told where they look alike.
const MODULE = builtUrl(import.meta.url, '../../envs/fixtures/endless.js')
const SLOT = slotId('agent')
const TASKS = 6

const students: PpoStudent[] = []
afterEach(async () => {
  await Promise.all(students.splice(0).map((one) => one.close()))
})

async function start(given: object, environment: object = {}, workers = 1): Promise<PpoStudent> {
  const options = { ...{ steps: 10, clock: false, finals: true }, ...environment }
  const made = await ppo.create(ppo.options.parse(given), {
    slot: SLOT,
    seed: 3,
    environment: { module: MODULE, options },
    spec: endless.create(options).spec,
    workers,
    training: {},
  })
  students.push(made as PpoStudent)
  return made as PpoStudent
}

/** Episodes of 3 … 8 steps where `steps` says none. */
const batch = (cycle: number, steps?: number): TaskBatch => ({
  cycle,
  slot: SLOT,
  tasks: Array.from({ length: TASKS }, (_, i) => ({
    id: taskId(cycle, SLOT, i),
    level: Uint8Array.of(steps ?? 3 + i),
    seed: cycle * 100 + i,
    train: true,
    repeat: 0,
    lineage: { parents: [], operator: 'generate', generation: 0 },
  })),
  autoReset: cycle % 2 === 0 ? 'next-level' : 'same-level',
  probes: [],
})

async function cycles(one: PpoStudent, which: readonly number[], steps?: number) {
  const seen: unknown[] = []
  let value = Number.NaN
  for (const cycle of which) {
    const { outcomes, metrics } = await one.attempt(batch(cycle, steps))
    const learned = await one.learn()
    seen.push(outcomes, metrics, learned.metrics)
    value = learned.metrics.value_mean
  }
  return { seen, value, onnx: sha256((await one.exportPolicy()).onnx) }
}

const QUICK = {
  network: { core: 'none', hidden: 16, headHidden: 8 },
  rollout: { envs: TASKS, steps: 20 },
  shards: 1,
}
const RECURRENT = {
  network: { hidden: 12, headHidden: 8 },
  rollout: { envs: TASKS, steps: 20 },
  shards: 3,
  ppo: { epochs: 2, timeLimit: 'bootstrap' },
}

describe('ppo.timeLimit', () => {
  it('decides what the last steps before a cut are worth, and leaves returns as they were', async () => {
    const learned = async (timeLimit: 'terminal' | 'bootstrap') => {
      const update = { discount: 0.9, learningRate: 0.03, valueClip: false, timeLimit }
      const one = await start({ ...QUICK, ppo: update })
      const run = await cycles(one, [...Array(50).keys()], 10)
      const { outcomes, metrics } = await one.attempt(batch(50, 10))
      expect(metrics).toMatchObject({ return_mean: 10, episode_length_mean: 10, solve_rate: 1 })
      const { sumAdvantage } = outcomes[0].episodes[0]
      return { value: run.value, advantage: sumAdvantage as number }
    }
    const terminal = await learned('terminal')
    expect(terminal.value).toBeGreaterThan(3.5)
    expect(terminal.value).toBeLessThan(5)
    const { value, advantage } = await learned('bootstrap')
    expect(value).toBeGreaterThan(9.5)
    expect(value).toBeLessThan(10.5)
    // Nothing is left to be learned: every step is worth what was expected of it. Where the cut is an end, the first
    // are worth more and the last less, for ever.
    expect(Math.abs(advantage) / 10).toBeLessThan(0.5)
  })

  it('gives the same bits whichever thread plays a shard, and after a snapshot', async () => {
    const clocked = { clock: true }
    const one = await start(RECURRENT, clocked)
    const many = await start(RECURRENT, clocked, 3)
    const first = await cycles(one, [0, 1])
    expect(await cycles(many, [0, 1])).toEqual(first)
    const snapshot = structuredClone(await one.snapshot())
    const second = await start(RECURRENT, clocked, 2)
    await second.restore(snapshot)
    expect(await cycles(second, [2, 3])).toEqual(await cycles(one, [2, 3]))
    // Also of episodes that go on from cycle to cycle.
    const carried = { ...RECURRENT, rollout: { ...RECURRENT.rollout, carry: 'continue' } }
    const played = await Promise.all(
      [1, 3].map(async (workers) => cycles(await start(carried, clocked, workers), [0, 2, 4])),
    )
    expect(played[1]).toEqual(played[0])
    const plain = await start({ ...RECURRENT, ppo: { epochs: 2 } }, clocked)
    expect((await cycles(plain, [0, 1])).onnx).not.toBe(first.onnx)
  })

  it('is the same of episodes that are carried, as of one long roll-out where nothing is learned between', async () => {
    // With λ = 0 an advantage is δ, which no end of a roll-out changes: what follows is known there, too.
    const given = { ...RECURRENT, ppo: { ...RECURRENT.ppo, gaeLambda: 0 } }
    const told = async (steps: number, which: readonly number[]) => {
      const rollout = { envs: TASKS, steps, carry: 'continue' }
      const one = await start({ ...given, rollout }, { steps: 7 })
      const episodes: (readonly Outcome[])[] = []
      for (const cycle of which) episodes.push((await one.attempt(batch(cycle))).outcomes)
      return Array.from({ length: TASKS }, (_, lane) =>
        episodes
          .flatMap((outcomes) => outcomes[lane].episodes)
          .filter(({ finished }) => finished)
          .map(({ episode: _, ...summary }) => summary),
      )
    }
    const [short, long] = [await told(4, [0, 2, 4, 6, 8, 10]), await told(24, [0])]
    const cuts = long.flat().length
    expect(cuts).toBeGreaterThan(15)
    short.forEach((episodes, lane) => {
      expect(episodes).toHaveLength(long[lane].length)
      episodes.forEach((summary, i) => {
        for (const [name, value] of Object.entries(long[lane][i]))
          if (typeof value === 'number')
            expect(summary[name as 'length'], name).toBeCloseTo(value, 5)
      })
    })
  })

  it('goes on from a cut in the midst of carried episodes with the same bits', async () => {
    const rollout = { envs: TASKS, steps: 5, carry: 'continue' }
    const given = { ...RECURRENT, rollout, normalise: { rewards: 'running' } }
    const clocked = { clock: true }
    const one = await start(given, clocked)
    await cycles(one, [0, 2])
    const snapshot = structuredClone(await one.snapshot())
    expect(Object.keys(snapshot.tensors)).toContain('lanes/states')
    const second = await start(given, clocked, 2)
    await second.restore(snapshot)
    expect(await cycles(second, [4, 6])).toEqual(await cycles(one, [4, 6]))
  })

  it('is refused by name where the environment does not give what was seen last', async () => {
    await expect(start(RECURRENT, { finals: false })).rejects.toMatchObject({
      code: 'env/no-finals',
      message: expect.stringContaining("'endless' does not give the last observation"),
      remedy: expect.stringContaining('`ppo.timeLimit: terminal`'),
    })
    await expect(start({ ...RECURRENT, ppo: {} }, { finals: false })).resolves.toBeDefined()
  })
})
