import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { slotId, taskId } from '../../core/ids.ts'
import { builtUrl } from '../../core/module.ts'
import { stream } from '../../core/random.ts'
import type { Environment } from '../../envs/contract.ts'
import { environment as pads } from '../../envs/fixtures/pads.ts'
import { playEpisodes } from '../../evaluation/episodes.ts'
import type { Policy, PolicyFile } from '../../inference/contract.ts'
import { openPolicy } from '../../inference/policy.ts'
import { randomPolicy } from '../../inference/random-policy.ts'
import type { TaskBatch } from '../contract.ts'
import { type PpoStudent, student as ppo } from './index.ts'

// A toy in which a forbidden choice ends the episode with −1: whoever honours the mask never sees a negative return.
const MODULE = builtUrl(import.meta.url, '../../envs/fixtures/pads.js')
const SLOT = slotId('agent')
const TASKS = 8
const env = pads.create({}) as Environment<unknown>

function batch(cycle: number): TaskBatch {
  return {
    cycle,
    slot: SLOT,
    tasks: Array.from({ length: TASKS }, (_, i) => ({
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

const played = async (policy: Policy): Promise<readonly number[]> => {
  const jobs = Array.from({ length: 24 }, (_, i) => ({
    name: `pads ${i}`,
    level: () => env.levels.sample(stream('measured', i)),
    noise: () => stream('noise', i),
    dynamics: () => stream('dynamics', i),
    record: true,
  }))
  const episodes = await playEpisodes(policy, env, jobs)
  for (const { recording, length } of episodes) expect(recording?.actions).toHaveLength(2 * length)
  return episodes.map((episode) => episode.return)
}

describe('several choices at once, under a mask', () => {
  let student: PpoStudent
  let file: PolicyFile
  const solved: number[] = []
  const lowest: number[] = []

  beforeAll(async () => {
    const options = ppo.options.parse({
      network: { core: 'none', hidden: 16, headHidden: 8, embedding: 4 },
      rollout: { envs: TASKS, steps: 9 },
      ppo: { learningRate: 0.02, epochs: 3 },
    })
    const environment = { module: MODULE, options: {} }
    const place = { slot: SLOT, seed: 5, environment, spec: env.spec, workers: 1, training: {} }
    student = (await ppo.create(options, place)) as PpoStudent
    for (let cycle = 1; cycle <= 30; cycle++) {
      const { outcomes, metrics } = await student.attempt(batch(cycle))
      const returns = outcomes.flatMap(({ episodes }) => episodes.map((one) => one.return))
      lowest.push(Math.min(...returns))
      solved.push(metrics.solve_rate)
      await student.learn()
    }
    file = await student.exportPolicy()
  }, 60_000)
  afterAll(() => student.close())

  it('are learned, and never is one taken that is forbidden', () => {
    expect(solved[0]).toBeLessThan(0.5)
    expect(solved.at(-1)).toBeGreaterThan(0.95)
    expect(Math.min(...lowest)).toBeGreaterThanOrEqual(0)
  })

  it('are taken by the exported policy under the mask, as by a random one', async () => {
    expect(file.card).toMatchObject({
      mask: true,
      actions: { kind: 'multi-discrete', counts: [3, 2] },
    })
    const policy = await openPolicy(file)
    const returns = await played(policy)
    await policy.release()
    expect(Math.min(...returns)).toBeGreaterThan(0.9)
    const random = await played(randomPolicy(file.card))
    expect(Math.min(...random)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...random)).toBeLessThan(1.1)
    // Without the mask the same random policy runs into what is forbidden.
    const { mask: _, ...blind } = file.card
    const unmasked = randomPolicy({ ...blind, observations: env.spec.observations })
    expect(Math.min(...(await played(unmasked)))).toBe(-1)
  })
})
