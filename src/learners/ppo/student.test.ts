import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { sha256 } from '../../core/bytes.ts'
import { slotId, taskId } from '../../core/ids.ts'
import { loadModule } from '../../core/module.ts'
import { stream } from '../../core/random.ts'
import type { AutoReset, Environment, EnvironmentDefinition } from '../../envs/contract.ts'
import { phrases } from '../../envs/fixtures/phrases.ts'
import type { StudentContext, TaskBatch } from '../contract.ts'
import { type PpoStudent, student as ppo } from './index.ts'

const MODULE = new URL('../fixtures/cue-corridor.mjs', import.meta.url).href
const SLOT = slotId('agent')
const TINY = {
  network: { hidden: 12, filters: 3, headHidden: 8, embedding: 3 },
  rollout: { envs: 6, steps: 12 },
  ppo: { epochs: 2, learningRate: 0.003 },
}

const networkWith = (core: string) => ({
  ...TINY.network,
  core,
  ...(core === 's5' ? { s5: { layers: 1, state: 16, blocks: 1 } } : {}),
})

const students: PpoStudent[] = []
afterEach(async () => {
  await Promise.all(students.splice(0).map((one) => one.close()))
})

/** One student for the tests that ask nothing of its weights or counters. */
let shared: Promise<PpoStudent> | null = null
const anyStudent = (): Promise<PpoStudent> => {
  shared ??= start().then((made) => {
    students.splice(students.indexOf(made), 1)
    return made
  })
  return shared
}
afterAll(async () => (await shared)?.close())

async function corridor(options: unknown = { badReward: false }) {
  const { environment } = await loadModule(MODULE)
  return (environment as EnvironmentDefinition<unknown, unknown>).create(options)
}

async function start(
  options: Record<string, unknown> = TINY,
  context: Partial<StudentContext> = {},
): Promise<PpoStudent> {
  const environment = context.environment ?? { module: MODULE, options: { badReward: false } }
  const made = (await ppo.create(ppo.options.parse(options), {
    slot: SLOT,
    seed: 11,
    environment,
    spec: (await corridor()).spec,
    workers: 1,
    training: { recipe: 'test' },
    ...context,
  })) as PpoStudent
  students.push(made)
  return made
}

function batch(
  env: Environment<unknown>,
  cycle: number,
  count: number,
  more: { autoReset?: AutoReset; train?: (index: number) => boolean } = {},
): TaskBatch {
  return {
    cycle,
    slot: SLOT,
    tasks: Array.from({ length: count }, (_, i) => ({
      id: taskId(cycle, SLOT, i),
      level: env.levels.encode(env.levels.sample(stream('levels', cycle, i))),
      seed: cycle * 100 + i,
      train: more.train?.(i) ?? true,
      repeat: 0,
      lineage: { parents: [], operator: 'generate', generation: 0 },
    })),
    autoReset: more.autoReset ?? 'next-level',
    probes: [],
  }
}

/** Everything a cycle leaves behind, without timings. */
async function trace(one: PpoStudent, cycles: readonly number[], count = 6) {
  const env = await corridor()
  const seen: unknown[] = []
  for (const cycle of cycles) {
    const attempt = await one.attempt(batch(env, cycle, count))
    const learned = await one.learn()
    seen.push(attempt.outcomes, attempt.metrics, learned.metrics)
  }
  const { onnx, card } = await one.exportPolicy()
  return { seen, card, onnx: sha256(onnx) }
}

describe('the PPO student', () => {
  it('gives the same bits whichever thread computes a shard', async () => {
    const options = { ...TINY, shards: 3, ppo: { epochs: 2, minibatches: 2 } }
    const one = await trace(await start(options, { workers: 1 }), [0, 1], 7)
    const many = await trace(await start(options, { workers: 3 }), [0, 1], 7)
    expect(many).toEqual(one)
  })

  it.each(['lstm', 'gru', 's5'])(
    'sees in its update what it saw when it played, core %s',
    async (core) => {
      // No step worth the name: the update's probabilities must be those of the rollout, resets and carries included.
      const one = await start({
        ...TINY,
        network: networkWith(core),
        ppo: { learningRate: 1e-12, clip: 1e-4 },
      })
      await one.attempt(batch(await corridor(), 0, 6))
      const { metrics } = await one.learn()
      expect(Math.abs(metrics.approx_kl)).toBeLessThan(1e-7)
      expect(metrics.clip_fraction).toBe(0)
      expect(metrics.advantage_mean).toBeCloseTo(metrics.target_mean - metrics.value_mean, 6)
      expect(metrics.entropy).toBeCloseTo(Math.log(3), 2)
    },
  )

  it('goes on from a snapshot bit for bit, with another number of threads', async () => {
    const first = await start()
    await trace(first, [0, 1])
    const snapshot = structuredClone(await first.snapshot())
    const second = await start(TINY, { workers: 2 })
    await second.restore(snapshot)
    expect(await trace(second, [2, 3])).toEqual(await trace(first, [2, 3]))
  })

  it('refuses a foreign snapshot and keeps its own weights', async () => {
    const one = await anyStudent()
    const before = sha256((await one.exportPolicy()).onnx)
    const own = await one.snapshot()
    const foreign = expect.objectContaining({ code: 'snapshot/foreign' })
    const other = { layout: 'of another network', updates: 0, steps: 0 }
    await expect(one.restore({ ...own, state: other })).rejects.toEqual(foreign)
    await expect(one.restore({ ...own, kind: 'dqn' })).rejects.toEqual(foreign)
    await expect(one.restore({ ...own, version: 9 })).rejects.toEqual(foreign)
    await expect(one.restore({ ...own, tensors: {} })).rejects.toEqual(foreign)
    await expect(one.restore({ ...own, state: null })).rejects.toEqual(foreign)
    expect(sha256((await one.exportPolicy()).onnx)).toBe(before)
  })

  it('starts from an exported policy', async () => {
    const teacher = await anyStudent()
    await trace(teacher, [0])
    const file = await teacher.exportPolicy()
    const pupil = await start(TINY, { seed: 99, init: file })
    expect(sha256((await pupil.exportPolicy()).onnx)).toBe(sha256(file.onnx))
    const other = { ...file, card: { ...file.card, environment: { id: 'maze', profile: 'dcd' } } }
    await expect(start(TINY, { init: other })).rejects.toMatchObject({ code: 'policy/profile' })
    await expect(start({ network: { hidden: 8 } }, { init: file })).rejects.toMatchObject({
      code: 'network/weights',
    })
  })

  it('plays one level again, or draws the next, as the batch says', async () => {
    const env = await corridor()
    const one = await anyStudent()
    const lengths = async (autoReset: AutoReset) => {
      const { outcomes } = await one.attempt(batch(env, 0, 6, { autoReset }))
      return outcomes.map(
        ({ episodes }) =>
          new Set(episodes.filter(({ finished }) => finished).map(({ length }) => length)).size,
      )
    }
    expect(await lengths('same-level')).toEqual([1, 1, 1, 1, 1, 1])
    expect(Math.max(...(await lengths('next-level')))).toBe(2)
  })

  it('reports outcomes by task, and learns only from trainable ones', async () => {
    const env = await corridor()
    const [one, alone] = [await start({ ...TINY, shards: 1 }), await start({ ...TINY, shards: 1 })]
    const none = await one.attempt(batch(env, 3, 4, { train: () => false }))
    expect(none.outcomes.map(({ task }) => task)).toEqual([
      '3.agent.0',
      '3.agent.1',
      '3.agent.2',
      '3.agent.3',
    ])
    expect(none.envSteps).toBe(48)
    const steps = none.outcomes[0].episodes.reduce((sum, { length }) => sum + length, 0)
    expect(steps).toBe(12)
    const before = sha256((await one.exportPolicy()).onnx)
    expect(await one.learn()).toMatchObject({ gradientUpdates: 0 })
    expect(sha256((await one.exportPolicy()).onnx)).toBe(before)

    // Two of eight train: the other six must leave no trace in the update.
    await one.attempt(batch(env, 5, 8, { train: (i) => i < 2 }))
    await alone.attempt(batch(env, 5, 2))
    const [wide, narrow] = [await one.learn(), await alone.learn()]
    expect(wide.gradientUpdates).toBe(1)
    expect(wide.metrics.total_loss).toBeCloseTo(narrow.metrics.total_loss, 5)
    expect(wide.metrics.grad_norm).toBeCloseTo(narrow.metrics.grad_norm, 4)
    const { outcomes } = await one.attempt(batch(env, 6, 2))
    expect(outcomes[0].episodes[0].studentVersion).toBe(1)
  })

  // 0.5 is the best that a policy without memory can do.
  it.each([
    ['lstm', 0.9, 1],
    ['s5', 0.9, 1],
    ['none', 0, 0.65],
  ])(
    'with a core %s ends between %f and %f of what the cue of a corridor is worth',
    {
      timeout: 60_000,
    },
    async (core, low, high) => {
      const one = await start({
        ...TINY,
        network: networkWith(core),
        rollout: { envs: 16, steps: 24 },
        ppo: { epochs: 4, learningRate: 0.02, entropyCoefficient: 0.01 },
      })
      const env = await corridor()
      const returns: number[] = []
      for (let cycle = 0; cycle < 14; cycle++) {
        returns.push((await one.attempt(batch(env, cycle, 16))).metrics.return_mean)
        await one.learn()
      }
      expect(returns[0]).toBeLessThan(0.5)
      const last = returns.slice(-4).reduce((sum, x) => sum + x, 0) / 4
      expect(last).toBeGreaterThan(low)
      expect(last).toBeLessThanOrEqual(high)
    },
  )
})

describe('what stops the PPO student', () => {
  it('names rewards that are no numbers, with cycle, step and column', async () => {
    const broken = await start(TINY, {
      environment: { module: MODULE, options: { badReward: true } },
    })
    await expect(broken.attempt(batch(await corridor(), 4, 6))).rejects.toMatchObject({
      code: 'learner/not-finite',
      place: 'rewards',
      fields: { cycle: 4, step: 0, column: 0 },
    })
  })

  it('names the tensor when the update overflows', async () => {
    const wild = await start({ ...TINY, ppo: { learningRate: 1e38, epochs: 5 } })
    await wild.attempt(batch(await corridor(), 0, 6))
    await expect(wild.learn()).rejects.toMatchObject({
      code: 'learner/not-finite',
      place: expect.stringMatching(/loss|gradient|approx_kl|entropy|value_mean/),
      fields: { cycle: 0 },
    })
  })

  it('is told when a thread dies', async () => {
    const one = await start(TINY, { workers: 2 })
    const pending = one.attempt(batch(await corridor(), 0, 6))
    pending.catch(() => {})
    await one.terminateThread(1)
    await expect(one.lost).rejects.toMatchObject({ code: 'worker/lost' })
    await expect(one.attempt(batch(await corridor(), 1, 6))).rejects.toMatchObject({
      code: 'worker/lost',
    })
  })

  it('refuses foreign seats, ended episodes, unknown groups, and learning first', async () => {
    const one = await anyStudent()
    const plain = batch(await corridor(), 0, 2)
    await expect(one.attempt({ ...plain, autoReset: 'none' })).rejects.toMatchObject({
      code: 'learner/auto-reset',
    })
    const seated = plain.tasks.map((task) => ({ ...task, seating: { agent: 'bot' } }))
    await expect(one.attempt({ ...plain, tasks: seated })).rejects.toMatchObject({
      code: 'seat/policy',
      message: expect.stringContaining("no policy 'bot' for the seat 'agent'"),
    })
    await one.restore(await one.snapshot())
    await expect(one.learn()).rejects.toMatchObject({ code: 'learner/order' })
    const { spec: plainSpec } = await corridor()
    // A dry run, which starts nothing, asks for the number of parameters.
    const groups = ppo.options.parse({ ...TINY, ppo: { groups: { cor: 0 } } })
    expect(() => ppo.parameterCount?.(groups, plainSpec)).toThrow(/no parameter group .* 'cor'/)
    expect(() => ppo.parameterCount?.(ppo.options.parse(TINY), phrases.spec)).toThrow(
      expect.objectContaining({ code: 'env/no-steps' }),
    )
  })
})
