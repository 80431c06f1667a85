import { afterEach, describe, expect, it } from 'vitest'
import { slotId, taskId } from '../../core/ids.ts'
import { loadModule } from '../../core/module.ts'
import { stream } from '../../core/random.ts'
import type { EnvironmentDefinition } from '../../envs/contract.ts'
import type { TaskBatch } from '../contract.ts'
import { type PpoStudent, student as ppo } from './index.ts'

// Episodes of eight steps whose second half pays, in roll-outs of four.

const MODULE = new URL('../fixtures/skewed-signal.mjs', import.meta.url).href
const OPTIONS = { agents: 1, steps: 8, silent: 4 }
const SLOT = slotId('agent')
const LANES = 12
const CYCLES = 20

const students: PpoStudent[] = []
afterEach(async () => {
  await Promise.all(students.splice(0).map((one) => one.close()))
})

const environment = async () =>
  ((await loadModule(MODULE)).environment as EnvironmentDefinition<unknown, unknown>).create(
    OPTIONS,
  )

async function start(carry: 'fresh' | 'continue', steps: number): Promise<PpoStudent> {
  const options = ppo.options.parse({
    network: { core: 'none', hidden: 16, headHidden: 16 },
    rollout: { envs: LANES, steps, carry },
    normalise: { observations: 'running', rewards: 'running' },
    // Advantages as they are: where nothing is earned there is nothing that normalising could blow up.
    ppo: {
      epochs: 4,
      learningRate: 0.01,
      discount: 0.9,
      normalise: 'none',
      entropyCoefficient: 0.01,
    },
  })
  const made = await ppo.create(options, {
    ...{ slot: SLOT, seed: 5, workers: 1, training: {} },
    environment: { module: MODULE, options: OPTIONS },
    spec: (await environment()).spec,
  })
  students.push(made)
  return made
}

async function batch(cycle: number): Promise<TaskBatch> {
  const { levels } = await environment()
  return {
    cycle,
    slot: SLOT,
    tasks: Array.from({ length: LANES }, (_, i) => ({
      id: taskId(cycle, SLOT, i),
      level: levels.encode(levels.sample(stream('levels', cycle, i))),
      seed: cycle * 100 + i,
      train: true,
      repeat: 0,
      lineage: { parents: [], operator: 'generate', generation: 0 },
    })),
    autoReset: 'next-level',
    probes: [],
  }
}

/** Whole episodes that a student solves after its training. */
async function learned(carry: 'fresh' | 'continue'): Promise<number> {
  const one = await start(carry, 4)
  for (let cycle = 0; cycle < CYCLES; cycle++) {
    await one.attempt(await batch(cycle))
    await one.learn()
  }
  const measured = await start('fresh', 4 * 8)
  await measured.restore(await one.snapshot())
  const { metrics } = await measured.attempt(await batch(CYCLES))
  expect(metrics.episodes).toBe(4 * LANES)
  return metrics.solve_rate
}

describe('episodes longer than a roll-out', () => {
  it('are learned to their end where they go on, and no further than the roll-out where not', async () => {
    expect(await learned('fresh')).toBeLessThan(0.5)
    expect(await learned('continue')).toBeGreaterThan(0.9)
  })
})
