import { afterEach, describe, expect, it } from 'vitest'
import { sha256 } from '../../core/bytes.ts'
import { slotId, taskId } from '../../core/ids.ts'
import { loadModule } from '../../core/module.ts'
import { stream } from '../../core/random.ts'
import type { AutoReset, EnvironmentDefinition } from '../../envs/contract.ts'
import type { EpisodeSummary, TaskBatch } from '../contract.ts'
import { carryEpisodes } from './carried.ts'
import { type PpoStudent, student as ppo } from './index.ts'

// Episodes of two or three steps in roll-outs of two: most go on into the next cycle.

const MODULE = new URL('../fixtures/cue-corridor.mjs', import.meta.url).href
const SLOT = slotId('agent')
const STEPS = 2
const LANES = 5

const students: PpoStudent[] = []
afterEach(async () => {
  await Promise.all(students.splice(0).map((one) => one.close()))
})

const corridor = async () =>
  ((await loadModule(MODULE)).environment as EnvironmentDefinition<unknown, unknown>).create({})

async function start(
  more: {
    carry?: 'fresh' | 'continue'
    workers?: number
    saves?: boolean
    steps?: number
    learningRate?: number
  } = {},
): Promise<PpoStudent> {
  const { carry = 'continue', workers = 1, saves = true, steps = STEPS } = more
  const { learningRate = 0.003 } = more
  const options = ppo.options.parse({
    network: { hidden: 12, filters: 3, headHidden: 8, embedding: 3 },
    rollout: { envs: LANES, steps, carry },
    ppo: { epochs: 1, learningRate },
    shards: 3,
  })
  const made = await ppo.create(options, {
    slot: SLOT,
    seed: 11,
    environment: { module: MODULE, options: { saves } },
    spec: (await corridor()).spec,
    workers,
    training: {},
  })
  students.push(made)
  return made
}

async function batch(
  cycle: number,
  count = LANES,
  autoReset: AutoReset = 'next-level',
): Promise<TaskBatch> {
  const { levels } = await corridor()
  return {
    cycle,
    slot: SLOT,
    tasks: Array.from({ length: count }, (_, i) => ({
      id: taskId(cycle, SLOT, i),
      level: levels.encode(levels.sample(stream('levels', cycle, i))),
      seed: cycle * 100 + i,
      train: true,
      repeat: 0,
      lineage: { parents: [], operator: 'generate', generation: 0 },
    })),
    autoReset,
    probes: [],
  }
}

async function play(one: PpoStudent, cycles: readonly number[]) {
  const seen = []
  for (const cycle of cycles) {
    const { outcomes, metrics } = await one.attempt(await batch(cycle))
    seen.push({ outcomes, metrics, learned: (await one.learn()).metrics })
  }
  return seen
}

const weights = async (one: PpoStudent) => sha256((await one.exportPolicy()).onnx)
const summed = (episodes: readonly EpisodeSummary[]): number =>
  episodes.reduce((sum, { length }) => sum + length, 0)

describe('episodes that go on from cycle to cycle', () => {
  it('are summed whole when they end, and counted once', async () => {
    const cycles = await play(await start(), [0, 1, 2, 3, 4, 5])
    let longest = 0
    for (let lane = 0; lane < LANES; lane++) {
      const told = cycles.flatMap(({ outcomes }) => outcomes[lane].episodes)
      const finished = told.filter(({ finished }) => finished)
      const last = told[told.length - 1]
      expect(summed(finished) + (last.finished ? 0 : last.length)).toBe(6 * STEPS)
      longest = Math.max(longest, ...finished.map(({ length }) => length))
      // The level that a task names is begun in the first cycle alone.
      expect(cycles.map(({ outcomes }) => outcomes[lane].episodes[0].episode)).toEqual([
        ...[0, 1, 1, 1, 1, 1],
      ])
      for (const { sumAbsAdvantage = 0, trainedSteps, length } of told) {
        expect(trainedSteps).toBe(length)
        expect(sumAbsAdvantage).toBeGreaterThan(0)
      }
    }
    expect(longest).toBe(STEPS + 1)
    expect(cycles[0].metrics).toMatchObject({ episodes_carried: 0 })
    expect(cycles[0].metrics.levels_begun).toBeGreaterThanOrEqual(LANES)
    for (const { metrics, outcomes } of cycles.slice(1)) {
      const ended = outcomes.flatMap(({ episodes }) => episodes.filter(({ finished }) => finished))
      expect(metrics.levels_begun).toBe(ended.length)
      expect(metrics.episodes).toBe(ended.length)
    }
    expect(cycles[1].metrics.episodes_carried).toBeGreaterThan(0)
  })

  it('are the episodes of one long roll-out where nothing is learned between', async () => {
    const [short, long] = [await start(), await start({ steps: 3 * STEPS })]
    const lengths = []
    for (const cycle of [0, 1, 2]) {
      const { outcomes } = await short.attempt(await batch(cycle))
      lengths.push(...outcomes[0].episodes.filter(({ finished }) => finished))
    }
    const { outcomes } = await long.attempt(await batch(0))
    const levels = outcomes[0].episodes.filter(({ finished }) => finished)
    expect(lengths.map(({ length }) => length)).toEqual(levels.map(({ length }) => length))
  })

  it('give the same bits on any number of threads, and after a cut on another number', async () => {
    const [one, three] = [await start(), await start({ workers: 3 })]
    const before = await play(one, [0, 1, 2])
    expect(await play(three, [0, 1, 2])).toEqual(before)
    const cut = structuredClone(await one.snapshot())
    const resumed = await start({ workers: 2 })
    await resumed.restore(cut)
    // A cut that is taken again before anything is played is the same.
    expect(await resumed.snapshot()).toEqual(cut)
    const after = await play(one, [3, 4, 5])
    expect(await play(resumed, [3, 4, 5])).toEqual(after)
    expect(await weights(resumed)).toBe(await weights(one))
    // And going back to it on the threads that have gone on.
    await three.restore(cut)
    expect(await play(three, [3, 4, 5])).toEqual(after)
  })

  it('begin afresh at a cut where the environment cannot be saved, in the run that goes on too', async () => {
    const one = await start({ saves: false })
    await play(one, [0, 1, 2])
    const cut = structuredClone(await one.snapshot())
    expect(Object.keys(cut.tensors).sort()).toEqual(['first', 'parameters', 'second'])
    const resumed = await start({ saves: false, workers: 2 })
    await resumed.restore(cut)
    const after = await play(one, [3, 4])
    expect(after[0].metrics.episodes_carried).toBe(0)
    expect(after[0].outcomes[0].episodes[0].episode).toBe(0)
    expect(after[1].metrics.episodes_carried).toBeGreaterThan(0)
    expect(await play(resumed, [3, 4])).toEqual(after)
  })

  it('begin afresh with a batch of another size', async () => {
    const one = await start()
    await play(one, [0, 1])
    const { outcomes, metrics } = await one.attempt(await batch(2, LANES + 2))
    expect(metrics.episodes_carried).toBe(0)
    expect(outcomes.map(({ episodes }) => episodes[0].episode)).toEqual(Array(LANES + 2).fill(0))
    expect((await one.attempt(await batch(3))).metrics.episodes_carried).toBe(0)
  })

  it('begin afresh in every cycle where levels are repeated', async () => {
    const [going, fresh] = [await start(), await start({ carry: 'fresh' })]
    await play(going, [0])
    for (const one of [going, fresh]) await one.restore(await (await start()).snapshot())
    for (const cycle of [1, 2]) {
      const repeated = await batch(cycle, LANES, 'same-level')
      expect((await going.attempt(repeated)).outcomes).toEqual(
        (await fresh.attempt(repeated)).outcomes,
      )
    }
    expect(await going.snapshot()).toEqual(await fresh.snapshot())
  })

  it('are refused by name under probes and beside policies in other seats', async () => {
    const one = await start()
    const plain = await batch(0)
    const refused = (reason: string) =>
      expect.objectContaining({
        code: 'learner/carry',
        message: expect.stringContaining(reason) as string,
      })
    const probes = [{ name: 'all', digest: 'x', levels: [] }]
    await expect(one.attempt({ ...plain, probes })).rejects.toEqual(refused("probe 'all'"))
    const carried = carryEpisodes({ crew: {} as never, shards: 1, state: {}, agents: 2 })
    const tasks = plain.tasks.map((task) => ({ ...task, seating: { left: 'bot' } }))
    await expect(carried.enter({ ...plain, tasks })).rejects.toEqual(refused('other seats'))
  })

  it('begin an update with the recurrent state that they were played with', async () => {
    // No step worth the name: the update's probabilities must be those of the rollout.
    const one = await start({ learningRate: 1e-12 })
    for (const { learned } of await play(one, [0, 1, 2]))
      expect(Math.abs(learned.approx_kl)).toBeLessThan(1e-7)
  })

  it('refuse a damaged snapshot', async () => {
    const one = await start()
    await play(one, [0])
    const cut = await one.snapshot()
    const { 'lanes/states': states, ...tensors } = cut.tensors
    const short = { ...states, data: (states.data as Uint8Array).slice(1) }
    for (const damaged of [tensors, { ...tensors, 'lanes/states': short }])
      await expect(one.restore({ ...cut, tensors: damaged })).rejects.toEqual(
        expect.objectContaining({ code: 'snapshot/corrupt' }),
      )
  })
})
