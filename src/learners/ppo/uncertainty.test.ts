import { afterEach, describe, expect, it } from 'vitest'
import { slotId, taskId } from '../../core/ids.ts'
import { builtUrl } from '../../core/module.ts'
import { stream } from '../../core/random.ts'
import type { Environment } from '../../envs/contract.ts'
import { environment as pads } from '../../envs/fixtures/pads.ts'
import type { TaskBatch } from '../contract.ts'
import { COMMON_NAMES, UNCERTAINTY_NAMES } from '../statistics.ts'
import { type PpoStudent, student as ppo } from './index.ts'
import { checkUncertainty } from './uncertainty.ts'

const MODULE = builtUrl(import.meta.url, '../../envs/fixtures/pads.js')
const SLOT = slotId('agent')
const env = pads.create({}) as Environment<unknown>
const TASKS = 8

const batch: TaskBatch = {
  cycle: 1,
  slot: SLOT,
  tasks: Array.from({ length: TASKS }, (_, i) => ({
    id: taskId(1, SLOT, i),
    level: env.levels.encode(env.levels.sample(stream('levels', i))),
    seed: 100 + i,
    train: true,
    repeat: 0,
    lineage: { parents: [], operator: 'generate', generation: 0 },
  })),
  autoReset: 'same-level',
  probes: [],
}

const given = {
  network: { core: 'none', hidden: 16, headHidden: 8, embedding: 4 },
  rollout: { envs: TASKS, steps: 6 },
}

const students: PpoStudent[] = []
afterEach(async () => {
  await Promise.all(students.splice(0).map((one) => one.close()))
})

async function start(options: object): Promise<PpoStudent> {
  const place = { slot: SLOT, seed: 5, environment: { module: MODULE, options: {} } }
  const more = { spec: env.spec, workers: 1, training: {} }
  const made = await ppo.create(ppo.options.parse(options), { ...place, ...more })
  students.push(made as PpoStudent)
  return made as PpoStudent
}

describe('how undecided a ppo student is', () => {
  it('stands in its episodes where it is asked, and nothing else changes', async () => {
    const [plain, told] = [await start(given), await start({ ...given, uncertainty: true })]
    expect(plain.offers).toEqual(COMMON_NAMES)
    expect(told.offers).toEqual([...COMMON_NAMES, ...UNCERTAINTY_NAMES])
    const [without, having] = [await plain.attempt(batch), await told.attempt(batch)]
    const episodes = having.outcomes.flatMap((outcome) => outcome.episodes)
    expect(episodes.length).toBeGreaterThanOrEqual(TASKS)
    for (const { length, sumEntropy, sumLeastConfidence, sumMinMargin } of episodes) {
      // The first weights of the actor are tiny: of 2 or 3 allowed actions each is nearly as likely as the others. One allowed lever is no choice.
      const entropy = (sumEntropy ?? 0) / length
      expect(Math.min(Math.abs(entropy - 1), Math.abs(entropy - 0.5))).toBeLessThan(0.01)
      const confidence = (sumLeastConfidence ?? 0) / length
      const [one, both] = [0.25, 0.5]
      expect(Math.min(Math.abs(confidence - one), Math.abs(confidence - both))).toBeLessThan(0.05)
      expect((sumMinMargin ?? 0) / length).toBeGreaterThan(0.45)
    }
    const stripped = having.outcomes.map((outcome) => ({
      ...outcome,
      episodes: outcome.episodes.map((episode) =>
        Object.fromEntries(
          Object.entries(episode).filter(([name]) => !UNCERTAINTY_NAMES.includes(name as never)),
        ),
      ),
    }))
    expect(stripped).toEqual(without.outcomes)
    await plain.learn()
    await told.learn()
    expect(Buffer.from((await told.exportPolicy()).onnx)).toEqual(
      Buffer.from((await plain.exportPolicy()).onnx),
    )
  }, 30_000)

  it('is refused of real numbers', () => {
    const box = { kind: 'box', shape: [1], low: [-1], high: [1] } as const
    expect(() => checkUncertainty({ uncertainty: true }, { id: 'walker', actions: box })).toThrow(
      expect.objectContaining({ code: 'learner/uncertainty' }),
    )
    expect(() => checkUncertainty({}, { id: 'walker', actions: box })).not.toThrow()
  })

  it('is refused of episodes that go on from cycle to cycle', () => {
    const rollout = { ...given.rollout, carry: 'continue' }
    expect(ppo.options.safeParse({ ...given, rollout }).success).toBe(true)
    const parsed = ppo.options.safeParse({ ...given, rollout, uncertainty: true })
    expect(parsed.error?.issues).toMatchObject([{ path: ['uncertainty'] }])
  })
})
