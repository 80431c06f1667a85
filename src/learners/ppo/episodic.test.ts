import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { sha256 } from '../../core/bytes.ts'
import type { Snapshot } from '../../core/snapshot.ts'
import { createMaze } from '../../envs/maze/environment.ts'
import { mazeOptions } from '../../envs/maze/options.ts'
import { createWalker } from '../../envs/walker/environment.ts'
import { walkerOptions } from '../../envs/walker/options.ts'
import { createEpisodicPpo, type EpisodicPpo, episodicOptions } from './index.ts'

const { building } = createMaze(mazeOptions.parse({ height: 2, width: 2, nWalls: 1 }))
const SIZES = { network: { hidden: 8, filters: 2, embedding: 2, headHidden: 8 } }
const STARTS = Array.from({ length: 5 }, (_, i) => Uint8Array.of(i, 0, 0, 0))
const LATER = [0.5, 0, 0.25, 1, 0]

const made: EpisodicPpo[] = []
afterEach(async () => {
  await Promise.all(made.splice(0).map((one) => one.close()))
})

let fresh: Snapshot
const kept: EpisodicPpo[] = []
/** One with one thread and one with two, as they began. */
async function pair(): Promise<readonly [EpisodicPpo, EpisodicPpo]> {
  const [one, two] = kept
  await Promise.all([one.restore(fresh), two.restore(fresh)])
  return [one, two]
}
beforeAll(async () => {
  kept.push(await start(1), await start(2))
  made.length = 0
  fresh = structuredClone(await kept[0].snapshot())
})
afterAll(async () => {
  await Promise.all(kept.map((one) => one.close()))
})

async function start(
  workers = 1,
  ppo: object = { epochs: 2, learningRate: 0.01 },
  more: object = {},
) {
  const { environment, spec, steps } = building!
  const learner = await createEpisodicPpo(episodicOptions.parse({ ...SIZES, ...more, ppo }), {
    ...{ name: 'service/builder', seed: 3, environment, spec, steps, workers },
  })
  made.push(learner)
  return learner
}

const digest = ({ tensors }: Snapshot): string =>
  sha256(Buffer.from((tensors.parameters.data as Float32Array).slice().buffer))

describe('episodes that are paid afterwards', () => {
  it('are played whole, alike in equal rounds, with any number of workers', async () => {
    const [one, two] = await pair()
    const played = await one.play(7, STARTS)
    expect(played.map(({ length }) => length)).toEqual([3, 3, 3, 3, 3])
    expect(await two.play(7, STARTS)).toEqual(played)
    expect(await one.play(8, STARTS)).not.toEqual(played)
    await one.play(7, STARTS)
    const [learned, other] = [await one.learn(LATER), await two.learn(LATER)]
    expect(other.metrics).toEqual(learned.metrics)
    expect(digest(await two.snapshot())).toBe(digest(await one.snapshot()))
  })

  it('teach by the last reward alone: what follows it counts as nothing', async () => {
    const learner = await start(1, { epochs: 1, discount: 0.5, gaeLambda: 1, normalise: 'none' })
    await learner.play(1, STARTS)
    const { metrics } = await learner.learn(LATER)
    // With λ = 1 the targets of three steps are r·γ², r·γ and r, whatever the values are.
    const mean = LATER.reduce((sum, reward) => sum + reward, 0) / LATER.length
    expect(metrics.target_mean).toBeCloseTo((mean * (0.25 + 0.5 + 1)) / 3, 6)
  })

  it('are paid in deviations of all that was paid, where the options say so', async () => {
    const normalise = { rewards: 'running' }
    const ppo = { epochs: 1, discount: 1, gaeLambda: 1, normalise: 'none' }
    const learner = await start(1, ppo, { normalise })
    const targets = async (rewards: number[]): Promise<number> => {
      await learner.play(1, STARTS)
      return (await learner.learn(rewards)).metrics.target_mean
    }
    // Five of mean 200 and deviation 100; then ten of them, of deviation 100/√2.
    const large = [100, 300, 100, 300, 200].map((reward) => 200 + (reward - 200) * Math.sqrt(1.25))
    expect(await targets(large)).toBeCloseTo(2, 4)
    const taken = structuredClone(await learner.snapshot())
    expect(await targets([200, 200, 200, 200, 200])).toBeCloseTo(2 * Math.SQRT2, 4)
    await learner.restore(taken)
    expect(await targets(large)).toBeCloseTo(2, 4)
  })

  it('say real numbers within their bounds, and come to those that pay', async () => {
    const { environment, spec, steps } = createWalker(walkerOptions.parse({})).building!
    const options = episodicOptions.parse({
      network: { core: 'none', hidden: 8, embedding: 2, headHidden: 8 },
      ppo: { learningRate: 0.03, entropyCoefficient: 0 },
    })
    const learner = await createEpisodicPpo(options, {
      ...{ name: 'service/builder', seed: 3, environment, spec, steps, workers: 1 },
    })
    made.push(learner)
    const many = Array.from({ length: 24 }, (_, i) => Uint8Array.of(i, 1, 0, 0))
    const paid: number[] = []
    for (let round = 0; round < 25; round++) {
      const played = await learner.play(round, many)
      const rewards = played.map((said) => [...said].reduce((sum, one) => sum + one / steps, 0))
      for (const said of played) expect(said).toBeInstanceOf(Float32Array)
      expect(
        played.every((said) => said.length === 8 && [...said].every((x) => Math.abs(x) <= 1)),
      ).toBe(true)
      paid.push(rewards.reduce((sum, reward) => sum + reward, 0) / many.length)
      await learner.learn(rewards)
    }
    expect(Math.abs(paid[0])).toBeLessThan(0.3)
    expect(paid.at(-1)).toBeGreaterThan(0.6)
  })

  it('wait in a snapshot, and are learned from there with the same bits', async () => {
    const [one, two] = await pair()
    await one.play(1, STARTS)
    await one.learn(LATER)
    await one.play(2, STARTS.slice(1))
    const taken = structuredClone(await one.snapshot())
    await two.restore(taken)
    expect(two.pending).toEqual({ round: 2, count: 4 })
    const rest = LATER.slice(1)
    expect((await two.learn(rest)).metrics).toEqual((await one.learn(rest)).metrics)
    expect(digest(await two.snapshot())).toBe(digest(await one.snapshot()))
    expect(await two.play(3, STARTS)).toEqual(await one.play(3, STARTS))
    const foreign = {
      ...taken,
      tensors: { ...taken.tensors, 'pending/values': taken.tensors.first },
    }
    await expect(two.restore(foreign)).rejects.toThrow(/pending\/values/)
  })

  it('are learned from once, each with its reward', async () => {
    const [learner] = await pair()
    await expect(learner.learn(LATER)).rejects.toThrow(/5 rewards came for 0/)
    await learner.play(1, STARTS)
    await expect(learner.learn([1])).rejects.toThrow(/1 rewards came for 5/)
    await learner.learn(LATER)
    await expect(learner.learn(LATER)).rejects.toThrow(/for 0/)
  })

  it('come to what is paid', async () => {
    const learner = await start(1, { epochs: 4, learningRate: 0.02 })
    const many = Array.from({ length: 24 }, (_, i) => Uint8Array.of(i, 1, 0, 0))
    let paid = 0
    for (let round = 0; round < 40; round++) {
      const played = await learner.play(round, many)
      // The goal's cell is the second action.
      const rewards = played.map(([, goal]) => (goal === 2 ? 1 : 0))
      paid = rewards.reduce<number>((sum, reward) => sum + reward, 0) / many.length
      await learner.learn(rewards)
    }
    expect(paid).toBeGreaterThan(0.8)
  })
})
