import { afterEach, describe, expect, it } from 'vitest'
import { sha256 } from '../../core/bytes.ts'
import { slotId, taskId } from '../../core/ids.ts'
import { loadModule } from '../../core/module.ts'
import { stream } from '../../core/random.ts'
import { tensor } from '../../core/tensor.ts'
import type { EnvironmentDefinition } from '../../envs/contract.ts'
import { openSession } from '../../inference/session.ts'
import type { StudentContext, TaskBatch } from '../contract.ts'
import { type PpoStudent, student as ppo } from './index.ts'

// Observations around 1000 that differ by half, and rewards of 100: nothing is learned of them as they are.

const MODULE = new URL('../fixtures/skewed-signal.mjs', import.meta.url).href
const SLOT = slotId('agent')
const LANES = 6
const STEPS = 12
const BOTH = { observations: 'running', rewards: 'running' }

const students: PpoStudent[] = []
afterEach(async () => {
  await Promise.all(students.splice(0).map((one) => one.close()))
})

const signal = async (agents = 1) =>
  ((await loadModule(MODULE)).environment as EnvironmentDefinition<unknown, unknown>).create({
    agents,
  })

async function start(
  normalise: Record<string, unknown> | undefined,
  more: Partial<StudentContext> = {},
  agents = 1,
): Promise<PpoStudent> {
  const options = ppo.options.parse({
    network: { core: 'none', hidden: 16, headHidden: 16 },
    rollout: { envs: LANES, steps: STEPS },
    ...(normalise === undefined ? {} : { normalise }),
    ppo: { epochs: 4, learningRate: 0.01, discount: 0.9 },
    shards: 3,
  })
  const made = await ppo.create(options, {
    slot: SLOT,
    seed: 5,
    environment: { module: MODULE, options: { agents } },
    spec: (await signal(agents)).spec,
    workers: 1,
    training: {},
    ...more,
  })
  students.push(made)
  return made
}

async function batch(cycle: number): Promise<TaskBatch> {
  const { levels } = await signal()
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

async function play(one: PpoStudent, from: number, to: number) {
  const seen = []
  for (let cycle = from; cycle < to; cycle++) {
    const { outcomes, metrics } = await one.attempt(await batch(cycle))
    seen.push({ outcomes, metrics, learned: (await one.learn()).metrics })
  }
  return seen
}

const solved = (cycles: Awaited<ReturnType<typeof play>>): number =>
  cycles.slice(-3).reduce((sum, { metrics }) => sum + metrics.solve_rate, 0) / 3

describe('running statistics', () => {
  it('make learnable what is far from zero, and go with the policy', async () => {
    expect(solved(await play(await start(undefined), 0, 14))).toBeLessThan(0.5)
    const one = await start(BOTH)
    const cycles = await play(one, 0, 14)
    expect(solved(cycles)).toBeGreaterThan(0.9)
    // Returns are told as they are, and so are values, which were learned in another unit.
    const last = cycles[13].outcomes.flatMap(({ episodes }) => episodes)
    expect(cycles[13].metrics.return_mean).toBeGreaterThan(270)
    const value0 = last.reduce((sum, { value0 = 0 }) => sum + value0, 0) / last.length
    expect(value0).toBeGreaterThan(60)
    expect(cycles[13].learned.target_mean).toBeLessThan(10)

    const { onnx, card } = await one.exportPolicy()
    const { observations, discountedReturn } = card.statistics ?? {}
    expect(observations?.signal.count).toBe(14 * LANES * STEPS)
    expect(observations?.signal.mean[0]).toBeCloseTo(1000, 1)
    expect(observations?.signal.variance[0]).toBeCloseTo(1 / 16, 2)
    expect(discountedReturn?.count).toBe(14 * LANES * STEPS)
    expect(card.normalisation).toEqual({
      signal: '(signal − running mean) ÷ running deviation, at most ±10',
    })
    // The file takes raw numbers: whoever runs it does nothing to them.
    const session = await openSession(onnx, { name: 'exported' })
    const logits = tensor('float32', [2, 2])
    const signal = tensor('float32', [2, 2], Float32Array.of(1000.25, -1e-4, 999.75, 1e-4))
    await session.run({ signal, noise: tensor('float32', [2]) }, { logits })
    expect(logits.data[1] - logits.data[0]).toBeGreaterThan(1)
    expect(logits.data[2] - logits.data[3]).toBeGreaterThan(1)
    await session.release()

    // An update sees what was seen in play: with no step worth the name nothing differs.
    const other = await start(BOTH, { init: { onnx, card } })
    const [first] = await play(other, 0, 1)
    expect(first.metrics.solve_rate).toBeGreaterThan(0.9)
    expect((await other.exportPolicy()).card.statistics?.observations?.signal.count).toBe(
      15 * LANES * STEPS,
    )
    const weights = expect.objectContaining({ code: 'network/weights' })
    await expect(start(undefined, { init: { onnx, card } })).rejects.toEqual(weights)
    const plain = await (await start(undefined)).exportPolicy()
    await expect(start(BOTH, { init: plain })).rejects.toEqual(weights)
  })

  it('have the same bits on any number of threads, and after a cut', async () => {
    const [one, three] = [await start(BOTH), await start(BOTH, { workers: 3 })]
    const before = await play(one, 0, 2)
    expect(await play(three, 0, 2)).toEqual(before)
    const cut = structuredClone(await one.snapshot())
    const resumed = await start(BOTH, { workers: 2 })
    await resumed.restore(cut)
    expect(await resumed.snapshot()).toEqual(cut)
    expect(await play(resumed, 2, 4)).toEqual(await play(one, 2, 4))
    const [a, b] = [await resumed.exportPolicy(), await one.exportPolicy()]
    expect(sha256(a.onnx)).toBe(sha256(b.onnx))
    expect(a.card).toEqual(b.card)
    const { 'running/returns': _, ...tensors } = cut.tensors
    await expect(resumed.restore({ ...cut, tensors })).rejects.toEqual(
      expect.objectContaining({ code: 'snapshot/corrupt' }),
    )
  })

  it('act under those of the attempts before, in the update too', async () => {
    const still = await ppo.create(
      ppo.options.parse({
        network: { core: 'gru', hidden: 8 },
        rollout: { envs: LANES, steps: STEPS },
        normalise: BOTH,
        ppo: { epochs: 1, learningRate: 1e-12 },
      }),
      {
        ...{ slot: SLOT, seed: 5, workers: 1, training: {} },
        environment: { module: MODULE, options: { agents: 1 } },
        spec: (await signal()).spec,
      },
    )
    students.push(still)
    for (const { learned } of await play(still, 0, 3))
      expect(Math.abs(learned.approx_kl)).toBeLessThan(1e-6)
  })

  it('are shared by the agents of a slot', async () => {
    const one = await start({ observations: 'running' }, {}, 2)
    await one.attempt(await batch(0))
    const { statistics } = (await one.exportPolicy()).card
    expect(statistics?.observations?.signal.count).toBe(2 * LANES * STEPS)
    expect(statistics).not.toHaveProperty('discountedReturn')
  })

  it('are refused by name where no observation is float32, and beside a divisor', async () => {
    const corridor = (
      await loadModule(new URL('../fixtures/cue-corridor.mjs', import.meta.url).href)
    ).environment as EnvironmentDefinition<unknown, unknown>
    const { spec } = corridor.create({})
    const options = ppo.options.parse({ normalise: BOTH })
    expect(() => ppo.parameterCount?.(options, spec)).toThrow(
      /normalise.observations is running, and no observation is float32: 'view' is uint8/,
    )
    const scaled = ppo.options.parse({ normalise: BOTH, network: { scale: { signal: 1000 } } })
    const { spec: own } = await signal()
    expect(() => ppo.parameterCount?.(scaled, own)).toThrow(/'signal' is normalised by running/)
  })
})
