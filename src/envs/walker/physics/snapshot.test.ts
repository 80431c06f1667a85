import { describe, expect, it } from 'vitest'
import { stream } from '../../../core/random.ts'
import { courseOf } from '../ground-of.ts'
import { giveSnapshot, poseOf, takeSnapshot } from './snapshot.ts'
import { WalkerWorld } from './walker-world.ts'

const { terrain } = courseOf({ terrain: 'hardcore', seed: 11 })

function walked(steps: number): WalkerWorld {
  const world = new WalkerWorld(terrain)
  const random = stream('snapshot')
  const actions = [0, 0, 0, 0]
  for (let t = 0; t < steps; t++) {
    if (t % 11 === 0) for (let i = 0; i < 4; i++) actions[i] = 2 * random.uniform() - 1
    world.step(actions, 0)
  }
  return world
}

const bytes = (world: WalkerWorld): Buffer => Buffer.from(takeSnapshot(world).buffer)

describe('a snapshot', () => {
  it('goes on with the same bits at whatever step it was taken', () => {
    for (const steps of [1, 9, 40, 90]) {
      const one = walked(steps)
      const other = new WalkerWorld(terrain)
      giveSnapshot(other, takeSnapshot(one))
      expect(takeSnapshot(other)).toEqual(takeSnapshot(one))
      const random = stream('afterwards', steps)
      for (let t = 0; t < 40; t++) {
        const actions = [0, 1, 2, 3].map(() => 2 * random.uniform() - 1)
        one.step(actions, 0)
        other.step(actions, 0)
        expect(bytes(other).equals(bytes(one)), `step ${t} after ${steps}`).toBe(true)
      }
    }
  })

  it('does not depend on worlds that were there before, or are there beside', () => {
    const alone = takeSnapshot(walked(120))
    const beside = walked(33)
    const again = new WalkerWorld(terrain)
    for (let t = 0; t < 40; t++) {
      again.step([0.3, -0.3, 0.3, 0.3], 0)
      beside.step([1, -1, 1, -1], 0)
    }
    expect(takeSnapshot(walked(120))).toEqual(alone)
  })

  it('refuses what is none', () => {
    const good = takeSnapshot(walked(30))
    const refused = expect.objectContaining({ code: 'state/corrupt' })
    const bad = (change: (numbers: Float64Array) => Float64Array) => () =>
      giveSnapshot(new WalkerWorld(terrain), change(good.slice()))
    expect(bad((numbers) => numbers.subarray(0, 12))).toThrow(refused)
    expect(bad((numbers) => numbers.fill(Number.NaN, 3, 4))).toThrow(refused)
    expect(bad((numbers) => numbers.subarray(0, numbers.length - 1))).toThrow(refused)
    // The first contact: its piece, then its part, then its points.
    for (const [at, value] of [
      [70, 1e6],
      [70, 0.5],
      [71, 9],
      [73, 3],
      [73, -1],
    ])
      expect(
        bad((numbers) => numbers.fill(value, at, at + 1)),
        `${at} ${value}`,
      ).toThrow(refused)
    expect(() => poseOf(good.subarray(0, 3))).toThrow(refused)
    expect(poseOf(good)).toHaveLength(5)
  })
})
