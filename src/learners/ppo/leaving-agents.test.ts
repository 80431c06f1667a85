import { afterAll, beforeAll, expect, it } from 'vitest'
import { slotId, taskId } from '../../core/ids.ts'
import { loadExport } from '../../core/module.ts'
import { stream } from '../../core/random.ts'
import type { Environment, EnvironmentDefinition } from '../../envs/contract.ts'
import type { TaskBatch } from '../contract.ts'
import { type PpoStudent, student as ppo } from './index.ts'

const MODULE = new URL('../fixtures/early-leaver.mjs', import.meta.url).href
const SLOT = slotId('agent')
const OPTIONS = {
  network: { core: 'none', hidden: 16, headHidden: 8, embedding: 4 },
  rollout: { envs: 8, steps: 6 },
  ppo: { learningRate: 0.02, epochs: 3 },
}

let env: Environment<unknown>
let learner: PpoStudent
beforeAll(async () => {
  const load = loadExport<EnvironmentDefinition<unknown, unknown>>(MODULE, 'environment')
  env = (await load).create({})
  learner = (await ppo.create(ppo.options.parse(OPTIONS), {
    ...{ slot: SLOT, seed: 5, environment: { module: MODULE, options: {} } },
    ...{ spec: env.spec, workers: 1, training: {} },
  })) as PpoStudent
})
afterAll(() => learner.close())

function batch(cycle: number): TaskBatch {
  return {
    cycle,
    slot: SLOT,
    tasks: Array.from({ length: 8 }, (_, i) => ({
      id: taskId(cycle, SLOT, i),
      level: env.levels.encode(env.levels.sample(stream('levels', cycle, i))),
      seed: cycle * 100 + i,
      train: true,
      repeat: 0,
      lineage: { parents: [], operator: 'generate', generation: 0 },
    })),
    autoReset: 'next-level',
    probes: [],
  }
}

it('an agent that leaves before the others trains by its own steps alone, and both learn', async () => {
  let returns = { stayer: 0, leaver: 0 }
  for (let cycle = 1; cycle <= 20; cycle++) {
    const { outcomes } = await learner.attempt(batch(cycle))
    const episodes = outcomes.flatMap(({ episodes }) => episodes)
    const of = (seat: string) => episodes.filter((one) => one.seat === seat)
    // Two episodes of three steps in each of eight slots; one episode of a slot is one episode of each of its seats.
    for (const [seat, trained] of [
      ['stayer', 3],
      ['leaver', 1],
    ] as const) {
      expect(of(seat).length).toBe(16)
      for (const one of of(seat))
        expect(one).toMatchObject({ finished: true, length: 3, trainedSteps: trained })
    }
    const mean = (seat: string) =>
      of(seat).reduce((sum, one) => sum + (one.return ?? Number.NaN), 0) / 16
    returns = { stayer: mean('stayer'), leaver: mean('leaver') }
    await learner.learn()
  }
  expect(returns.stayer).toBeGreaterThan(2.7)
  expect(returns.leaver).toBeGreaterThan(0.9)
})
