import { afterEach, describe, expect, it } from 'vitest'
import { sha256 } from '../../core/bytes.ts'
import { slotId, taskId } from '../../core/ids.ts'
import { loadModule } from '../../core/module.ts'
import type { Environment, EnvironmentDefinition } from '../../envs/contract.ts'
import type { EpisodeSummary, TaskBatch } from '../contract.ts'
import { type PpoStudent, student as ppo } from './index.ts'

const MODULE = new URL('../fixtures/cue-corridor.mjs', import.meta.url).href
const SLOT = slotId('agent')
const OPTIONS = {
  network: { core: 'none', hidden: 8, filters: 2, headHidden: 4, embedding: 2 },
  rollout: { envs: 6, steps: 12 },
  ppo: { epochs: 2, minibatches: 2, learningRate: 0.003 },
}

const students: PpoStudent[] = []
afterEach(async () => {
  await Promise.all(students.splice(0).map((one) => one.close()))
})

async function corridor(): Promise<Environment<unknown>> {
  const { environment } = await loadModule(MODULE)
  return (environment as EnvironmentDefinition<unknown, unknown>).create({ badReward: false })
}

async function start(changes: object = {}, workers = 1): Promise<PpoStudent> {
  const options = ppo.options.parse({ ...OPTIONS, ppo: { ...OPTIONS.ppo, ...changes } })
  const made = (await ppo.create(options, {
    ...{ slot: SLOT, seed: 3, workers, training: {}, spec: (await corridor()).spec },
    environment: { module: MODULE, options: { badReward: false } },
  })) as PpoStudent
  students.push(made)
  return made
}

/** Six columns, whose levels have sides 0, 1, 0, 1, … and lengths 1 and 2. */
function batch(probes: TaskBatch['probes'], trains = (_: number): boolean => true): TaskBatch {
  const tasks = Array.from({ length: 6 }, (_, i) => ({
    id: taskId(1, SLOT, i),
    level: Uint8Array.of(i % 2, 1 + (i >> 2)),
    seed: i,
    train: trains(i),
    repeat: 0,
    lineage: { parents: [], operator: 'generate', generation: 0 },
  }))
  return { cycle: 1, slot: SLOT, tasks, autoReset: 'same-level', probes }
}

const probe = (name: string, ...levels: Uint8Array[]) => ({ name, digest: name, levels })
const SIDE_1 = Uint8Array.of(1, 1)

async function cycle(one: PpoStudent, tasks: TaskBatch) {
  const attempt = await one.attempt(tasks)
  const episodes = attempt.outcomes.flatMap((outcome) => outcome.episodes)
  const learned = await one.learn()
  const { tensors } = await one.snapshot()
  return { episodes, attempt, learned, tensors, onnx: sha256((await one.exportPolicy()).onnx) }
}

const withoutExtras = (episodes: readonly EpisodeSummary[]) =>
  episodes.map((episode) => ({ ...episode, extras: {} }))

describe('a student under a probe', () => {
  it('has the bits of one without where every step may train', async () => {
    const plain = await cycle(await start(), batch([]))
    const probed = await cycle(await start({}, 2), batch([probe('all')]))
    expect(probed.onnx).toBe(plain.onnx)
    expect(probed.tensors).toEqual(plain.tensors)
    expect(probed.learned.metrics).toEqual(plain.learned.metrics)
    expect(withoutExtras(probed.episodes)).toEqual(plain.episodes)
    expect(probed.episodes.every(({ extras }) => extras['all/masked'] === 0)).toBe(true)
    expect(probed.attempt.metrics).toEqual({ ...plain.attempt.metrics, trained_share: 1 })
  })

  it('moves no parameter where no step may train, not by the entropy either', async () => {
    const one = await start({ entropyCoefficient: 1 })
    const before = await one.snapshot()
    const { learned, tensors, episodes } = await cycle(one, batch([probe('none')]))
    expect(learned).toEqual({ gradientUpdates: 0, metrics: {}, timings: {} })
    expect(tensors).toEqual(before.tensors)
    expect(episodes.every(({ trainedSteps }) => trainedSteps === 0)).toBe(true)
  })

  it('learns from what is left: two probes leave what both leave', async () => {
    const rule = { entropyCoefficient: 0, minibatches: 1 }
    const probes = [probe('all'), probe('cue', SIDE_1)]
    const masked = await cycle(await start(rule), batch(probes))
    // What is masked is the columns of side 1 and nothing else.
    const reference = await cycle(
      await start(rule),
      batch([], (i) => i % 2 === 0),
    )
    expect(masked.learned.metrics.policy_loss).toBeCloseTo(reference.learned.metrics.policy_loss, 6)
    expect(masked.learned.metrics.value_loss).toBeCloseTo(reference.learned.metrics.value_loss, 6)
    const [mine, wanted] = [masked, reference].map(({ tensors }) => [
      ...(tensors.parameters.data as Float32Array),
    ])
    mine.forEach((value, i) => {
      expect(value).toBeCloseTo(wanted[i], 6)
    })
    expect(masked.attempt.metrics.trained_share).toBe(0.5)
  })

  it('counts the steps that trained and carries the extras, episode by episode', async () => {
    const { episodes } = await cycle(await start(), batch([probe('late')]))
    for (const { length, trainedSteps, extras } of episodes) {
      // An episode's first step shows the cue.
      expect(trainedSteps).toBe(length - 1)
      expect(extras).toEqual({ 'late/masked': 1 })
    }
  })

  it('plays under the probes of each batch, and refuses what the environment does not have', async () => {
    const one = await start()
    const masked = (await one.attempt(batch([probe('none')]))).outcomes
    const free = (await one.attempt(batch([]))).outcomes
    const trained = (outcomes: typeof free) =>
      outcomes.flatMap(({ episodes }) => episodes.map(({ trainedSteps }) => trainedSteps))
    expect(trained(masked)).not.toContain(1)
    expect(trained(free)).not.toContain(0)
    expect(free[0].episodes[0].extras).toEqual({})
    await expect(one.attempt(batch([probe('nobody')]))).rejects.toThrow(/no probe nobody/)
  })
})
