import { afterEach, describe, expect, it } from 'vitest'
import { slotId, taskId } from '../../core/ids.ts'
import { loadExport } from '../../core/module.ts'
import { stream } from '../../core/random.ts'
import { tensor } from '../../core/tensor.ts'
import type { Environment, EnvironmentDefinition } from '../../envs/contract.ts'
import { openPolicy, zeroState } from '../../inference/policy.ts'
import type { TaskBatch } from '../contract.ts'
import { type PpoStudent, student as ppo } from './index.ts'

const MODULE = new URL('../fixtures/two-doors.mjs', import.meta.url).href
const SLOT = slotId('agent')
const OPTIONS = {
  network: { core: 'none', hidden: 16, headHidden: 8, embedding: 4 },
  rollout: { envs: 8, steps: 8 },
  ppo: { learningRate: 0.02, epochs: 3 },
}

const students: PpoStudent[] = []
afterEach(async () => {
  await Promise.all(students.splice(0).map((one) => one.close()))
})

async function doors(): Promise<Environment<unknown>> {
  const definition = await loadExport<EnvironmentDefinition<unknown, unknown>>(
    MODULE,
    'environment',
  )
  return definition.create({})
}

async function start(workers = 1): Promise<PpoStudent> {
  const { spec } = await doors()
  const environment = { module: MODULE, options: {} }
  const made = (await ppo.create(ppo.options.parse(OPTIONS), {
    ...{ slot: SLOT, seed: 5, environment, spec, workers, training: {} },
  })) as PpoStudent
  students.push(made)
  return made
}

function batch(env: Environment<unknown>, cycle: number, trained = 8): TaskBatch {
  return {
    cycle,
    slot: SLOT,
    tasks: Array.from({ length: 8 }, (_, i) => ({
      id: taskId(cycle, SLOT, i),
      level: env.levels.encode(env.levels.sample(stream('levels', cycle, i))),
      seed: cycle * 100 + i,
      train: i < trained,
      repeat: 0,
      lineage: { parents: [], operator: 'generate', generation: 0 },
    })),
    autoReset: 'next-level',
    probes: [],
  }
}

describe('two agents of one slot, under an action mask', () => {
  it('learn with shared weights and never take what is forbidden', async () => {
    const [one, env] = [await start(), await doors()]
    let solved = 0
    for (let cycle = 1; cycle <= 40; cycle++) {
      const report = await one.attempt(batch(env, cycle))
      solved = report.metrics.solve_rate
      // Eight tasks of eight steps: steps of the environment, not of agents.
      expect(report.envSteps).toBe(64)
      for (const { episodes } of report.outcomes) expect(episodes.length).toBe(8)
      await one.learn()
    }
    expect(solved).toBeGreaterThan(0.95)
    const file = await one.exportPolicy()
    expect(file.card).toMatchObject({ mask: true, observations: { cue: { dtype: 'int32' } } })
    expect(Object.keys(file.card.observations)).toEqual(['cue'])
    const policy = await openPolicy(file)
    const acted = await policy.act({
      rows: 3,
      observations: { cue: tensor('int32', [3], Int32Array.of(0, 1, 2)) },
      mask: tensor('float32', [3, 3], Float32Array.of(0, 1, 1, 1, 0, 1, 1, 1, 0)),
      state: zeroState(file.card, 3),
      noise: tensor('float32', [3], Float32Array.of(0.5, 0.5, 0.5)),
    })
    // Each cue's own door is locked here.
    for (const [row, action] of acted.action.entries()) expect(action).not.toBe(row)
    await policy.release()
  })

  it('have the same bits on one thread and on two', async () => {
    const env = await doors()
    const trace = async (one: PpoStudent) => {
      const seen = []
      for (let cycle = 1; cycle <= 3; cycle++) {
        const { outcomes, metrics } = await one.attempt(batch(env, cycle, 5))
        seen.push(outcomes, metrics, (await one.learn()).metrics)
      }
      return [seen, await one.snapshot()]
    }
    expect(await trace(await start(2))).toEqual(await trace(await start(1)))
  })
})
