import { afterEach, describe, expect, it } from 'vitest'
import { slotId, taskId } from '../../core/ids.ts'
import { builtUrl } from '../../core/module.ts'
import { stream } from '../../core/random.ts'
import { tensor } from '../../core/tensor.ts'
import type { Environment } from '../../envs/contract.ts'
import { environment as pads } from '../../envs/fixtures/pads.ts'
import { openSession } from '../../inference/session.ts'
import type { TaskBatch } from '../contract.ts'
import * as g from '../graph/index.ts'
import { deviation } from '../returns/deviation.ts'
import { summariseColumn } from '../returns/summaries.ts'
import { COMMON_NAMES } from '../statistics.ts'
import { type PpoStudent, student as ppo } from './index.ts'
import { type LossRule, ppoLoss } from './loss.ts'

const MODULE = builtUrl(import.meta.url, '../../envs/fixtures/pads.js')
const SLOT = slotId('agent')
const env = pads.create({}) as Environment<unknown>
const TASKS = 6

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
  ppo: { epochs: 2, learningRate: 1e-2 },
}

const students: PpoStudent[] = []
afterEach(async () => {
  await Promise.all(students.splice(0).map((one) => one.close()))
})

async function start(options: object, workers = 1): Promise<PpoStudent> {
  const place = { slot: SLOT, seed: 5, environment: { module: MODULE, options: {} } }
  const more = { spec: env.spec, workers, training: {} }
  const made = await ppo.create(ppo.options.parse(options), { ...place, ...more })
  students.push(made as PpoStudent)
  return made as PpoStudent
}

/** What two attempts told, with an update after each, and the policy then. */
async function told(options: object, workers = 1) {
  const made = await start(options, workers)
  const outcomes = []
  for (let round = 0; round < 2; round++) {
    outcomes.push((await made.attempt(batch)).outcomes)
    await made.learn()
  }
  const onnx = Buffer.from((await made.exportPolicy()).onnx)
  const graph = await openSession(onnx)
  const outputs = graph.outputs.map(({ name }) => name)
  await graph.release()
  return { outcomes, onnx, offers: made.offers, outputs }
}

describe('a ppo student of several critics', () => {
  it('tells how far they are apart, the same with one worker and two', async () => {
    const one = await told({ ...given, critics: 3 })
    expect(one.offers).toEqual([...COMMON_NAMES, 'sumValueDeviation'])
    // A policy has the outputs of any other.
    expect(one.outputs).toEqual(['action', 'log_prob', 'logits', 'value'])
    const episodes = one.outcomes.flat().flatMap((outcome) => outcome.episodes)
    expect(episodes.length).toBeGreaterThanOrEqual(TASKS)
    for (const { sumValueDeviation } of episodes) expect(sumValueDeviation).toBeGreaterThan(0)
    expect(await told({ ...given, critics: 3 }, 2)).toEqual(one)
  }, 60_000)

  it('is the student of before where there is one', async () => {
    const [plain, one] = [await told(given), await told({ ...given, critics: 1 })]
    expect(one).toEqual(plain)
    const [episode] = plain.outcomes[0][0].episodes
    expect(plain.offers).toEqual(COMMON_NAMES)
    expect(episode).not.toHaveProperty('sumValueDeviation')
  }, 60_000)

  it('is refused of episodes that go on from cycle to cycle', () => {
    const rollout = { ...given.rollout, carry: 'continue' }
    const parsed = ppo.options.safeParse({ ...given, rollout, critics: 2 })
    expect(parsed.error?.issues).toMatchObject([{ path: ['critics'] }])
    expect(ppo.options.safeParse({ ...given, rollout, critics: 1 }).success).toBe(true)
  })
})

describe('how far critics are apart', () => {
  it('is the deviation over all of them, summed over the steps of an episode in the unit of rewards', () => {
    // 1 and 3 deviate by 1 from 2; 0, 0 and 3 by √2 from 1.
    expect(deviation(Float32Array.of(9, 9, 1, 3), 2, 1)).toBe(1)
    expect(deviation(Float32Array.of(0, 0, 3), 3, 0)).toBeCloseTo(Math.SQRT2, 12)
    const steps = 3
    const context = {
      rewards: new Float32Array(steps),
      dones: Uint8Array.of(0, 1, 0),
      values: new Float32Array(steps + 1),
      advantages: new Float32Array(steps),
      weights: new Float32Array(steps).fill(1),
      ...{ steps, stride: 1, rewardScale: 0.5, studentVersion: 0, solvedAbove: 0 },
      rule: { discount: 1, lambda: 1, bootstrap: 'value' },
      critics: { data: Float32Array.of(1, 3, 0, 4, 5, 5), count: 2 },
    } as const
    const sums = summariseColumn(context, 'agent', 0).map((one) => one.sumValueDeviation)
    // Rewards were halved for the critics: (1 + 2) · 2, and 0.
    expect(sums).toEqual([6, 0])
  })
})

describe.each([true, false])('the loss of several critics, value clipping %s', (valueClip) => {
  const N = 3
  const rule: LossRule = { clip: 0.2, valueClip, entropyCoefficient: 0.01, valueCoefficient: 0.5 }
  const critics = [0.1, 0.9, -0.4, 0.3, 2.5, 0]
  const old = [0, 1.5, -0.35, 0.3, 1, 0.5]
  const target = [0.5, -0.3, 1]
  const weight = [1, 0, 1]

  /** Mean over steps that train, of the mean over critics. */
  const byHand = (now: readonly number[]): number => {
    let sum = 0
    now.forEach((value, i) => {
      const row = Math.floor(i / 2)
      const error = value - target[row]
      const step = Math.min(Math.max(value - old[i], -0.2), 0.2)
      const huber = Math.abs(error) <= 1 ? 0.5 * error ** 2 : Math.abs(error) - 0.5
      const clipped = 0.5 * Math.max(error ** 2, (old[i] + step - target[row]) ** 2)
      sum += (weight[row] * (valueClip ? clipped : huber)) / 2
    })
    return sum / 2
  }

  it('is the mean of theirs, and so is its slope', () => {
    const graph = g.createGraph()
    const vector = (name: string, ...shape: number[]) => g.input(graph, name, 'float32', shape)
    const estimates = vector('critics', N, 2)
    const terms = ppoLoss(
      {
        logits: vector('logits', N, 2),
        value: g.reduceMean(estimates, [1], false),
        critics: estimates,
        oldCritics: vector('oldCritics', N, 2),
        actions: { kind: 'discrete', count: 2 },
        action: g.input(graph, 'action', 'int32', [N]),
        oldLogProb: vector('oldLogProb', N),
        oldValue: vector('oldValue', N),
        advantage: vector('advantage', N),
        target: vector('target', N),
        weight: vector('weight', N),
        keptScale: g.input(graph, 'keptScale', 'float32', []),
        allScale: g.input(graph, 'allScale', 'float32', []),
      },
      rule,
    )
    const of = (list: readonly number[], ...shape: number[]) =>
      tensor('float64', shape, Float64Array.from(list))
    const zeros = [0, 0, 0]
    const [value, slope] = g.evaluate(
      [terms.value_loss, ...g.gradients(terms.total_loss, [estimates])],
      {
        critics: of(critics, N, 2),
        oldCritics: of(old, N, 2),
        logits: of([...zeros, ...zeros], N, 2),
        ...{ action: of(zeros, N), oldLogProb: of(zeros, N), oldValue: of(zeros, N) },
        ...{ advantage: of(zeros, N), target: of(target, N), weight: of(weight, N) },
        ...{ keptScale: of([1 / 2]), allScale: of([1 / N]) },
      },
    )
    expect(value.data[0]).toBeCloseTo(byHand(critics), 9)
    const width = 1e-6
    critics.forEach((_, i) => {
      const moved = (by: number) => byHand(critics.map((one, j) => (j === i ? one + by : one)))
      const wanted = (rule.valueCoefficient * (moved(width) - moved(-width))) / (2 * width)
      expect(slope.data[i], `critic ${i}`).toBeCloseTo(wanted, 6)
    })
    expect(slope.data.some((one) => one !== 0)).toBe(true)
  })
})
