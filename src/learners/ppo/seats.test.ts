import { afterEach, describe, expect, it } from 'vitest'
import { slotId, taskId } from '../../core/ids.ts'
import { loadExport } from '../../core/module.ts'
import { stream } from '../../core/random.ts'
import type { Environment, EnvironmentDefinition } from '../../envs/contract.ts'
import type { NamedPolicies } from '../../seats/contract.ts'
import type { TaskBatch } from '../contract.ts'
import { type PpoStudent, student as ppo } from './index.ts'

const MODULE = new URL('../fixtures/two-doors.mjs', import.meta.url).href
const SLOT = slotId('agent')
const ALONE = {
  network: { core: 'none', hidden: 16, headHidden: 8, embedding: 4 },
  rollout: { envs: 8, steps: 8 },
  ppo: { learningRate: 0.02, epochs: 3 },
}
const BOTS: NamedPolicies = {
  friend: { kind: 'bot', bot: 'pointing' },
  foe: { kind: 'bot', bot: 'contrary' },
  luck: { kind: 'bot', bot: 'random' },
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
  return definition.create({ apart: true })
}

async function start(policies: NamedPolicies = BOTS, workers = 1): Promise<PpoStudent> {
  const { spec } = await doors()
  const environment = { module: MODULE, options: { apart: true } }
  const made = (await ppo.create(ppo.options.parse(ALONE), {
    ...{ slot: SLOT, seed: 5, environment, spec, workers, policies, training: {} },
  })) as PpoStudent
  students.push(made)
  return made
}

function batch(
  env: Environment<unknown>,
  cycle: number,
  seating: (task: number) => Readonly<Record<string, string>> | undefined,
): TaskBatch {
  const tasks = Array.from({ length: 8 }, (_, i) => {
    const seats = seating(i)
    return {
      id: taskId(cycle, SLOT, i),
      level: env.levels.encode(env.levels.sample(stream('levels', cycle, i))),
      seed: cycle * 100 + i,
      train: true,
      repeat: 0,
      lineage: { parents: [], operator: 'generate', generation: 0 },
      ...(seats === undefined ? {} : { seating: seats }),
    }
  })
  return { cycle, slot: SLOT, tasks, autoReset: 'next-level', probes: [] }
}

describe('a student that shares its environment with named policies', () => {
  it('learns its own seat beside a bot that is always right, and reports that seat alone', async () => {
    const [one, env] = [await start(), await doors()]
    let mean = 0
    for (let cycle = 1; cycle <= 25; cycle++) {
      const report = await one.attempt(batch(env, cycle, () => ({ right: 'friend' })))
      mean = report.metrics.return_mean
      const episodes = report.outcomes.flatMap(({ episodes }) => episodes)
      expect(new Set(episodes.map(({ seat }) => seat))).toEqual(new Set(['left']))
      for (const episode of episodes) expect(episode.return).toBeGreaterThanOrEqual(0.5)
      await one.learn()
    }
    expect(mean).toBeGreaterThan(0.95)
  })

  it('seats task by task: who is beside it decides what it gets', async () => {
    const [one, env] = [await start(), await doors()]
    const { outcomes } = await one.attempt(
      batch(env, 1, (task) => (task < 4 ? { right: 'foe' } : undefined)),
    )
    for (const { episodes } of outcomes.slice(0, 4))
      for (const { seat, return: got } of episodes)
        expect([seat, got <= 0.5]).toEqual(['left', true])
    for (const { episodes } of outcomes.slice(4))
      expect(new Set(episodes.map(({ seat }) => seat))).toEqual(new Set(['left', 'right']))
  })

  it('has the same bits on one thread and on two, beside chance and beside a trained policy', async () => {
    const source = await (await start()).exportPolicy()
    const policies: NamedPolicies = { ...BOTS, rival: { kind: 'source', source } }
    const env = await doors()
    const trace = async (one: PpoStudent) => {
      const seen = []
      for (let cycle = 1; cycle <= 2; cycle++) {
        const { outcomes, metrics } = await one.attempt(
          batch(env, cycle, (task) => ({ left: task % 2 === 0 ? 'luck' : 'rival' })),
        )
        seen.push(outcomes, metrics, (await one.learn()).metrics)
      }
      return [seen, await one.snapshot()]
    }
    expect(await trace(await start(policies, 2))).toEqual(await trace(await start(policies)))
  })

  it('refuses seats and policies that are not there, and tasks that leave it none, by name', async () => {
    const [one, env] = [await start(), await doors()]
    const attempt = (seating: Readonly<Record<string, string>>) =>
      one.attempt(batch(env, 1, () => seating))
    await expect(attempt({ rihgt: 'friend' })).rejects.toMatchObject({
      code: 'seat/unknown',
      fields: { nearest: 'right' },
    })
    await expect(attempt({ right: 'freind' })).rejects.toMatchObject({
      code: 'seat/policy',
      fields: { nearest: 'friend' },
    })
    await expect(attempt({ left: 'foe', right: 'foe' })).rejects.toMatchObject({
      code: 'learner/seating',
    })
  })

  it('says which named policy does not fit the environment', async () => {
    const source = await (await start()).exportPolicy()
    const card = { ...source.card, environment: { id: 'three-doors', profile: 'plain' } }
    const one = await start({ odd: { kind: 'source', source: { ...source, card } } })
    const env = await doors()
    await expect(one.attempt(batch(env, 1, () => ({ left: 'odd' })))).rejects.toMatchObject({
      code: 'policy/profile',
      place: 'policies.odd',
    })
  })
})
