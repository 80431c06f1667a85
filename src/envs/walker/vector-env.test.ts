import { describe, expect, it } from 'vitest'
import { stream } from '../../core/random.ts'
import type { StepBuffers, VectorOptions } from '../contract.ts'
import { allocateStepBuffers } from '../step-buffers.ts'
import { createWalker } from './environment.ts'
import { decodeState } from './lane-state.ts'
import type { WalkerLevel } from './level.ts'
import { walkerOptions } from './options.ts'
import { HULL_PLAN } from './physics/body-plan.ts'
import { poseOf } from './physics/snapshot.ts'
import { scriptedGait } from './testing/gait.ts'

const SIZE = 24
const env = createWalker(walkerOptions.parse({ maxSteps: 40 }))
const flat = (given: Partial<WalkerLevel> = {}): WalkerLevel =>
  ({
    terrain: 'parameters',
    parameters: [0, 0, 0, 0, 0, 0, 0, 1],
    seed: 3,
    ...given,
  }) as WalkerLevel

function begun(levels: readonly WalkerLevel[], options: Partial<VectorOptions<WalkerLevel>> = {}) {
  const lanes = levels.length
  const vector = env.vector({ slots: lanes, autoReset: 'none', ...options })
  const out = allocateStepBuffers(env.spec, lanes, options.finals)
  vector.reset([...levels.keys()], levels, out.observations)
  return { vector, out }
}

const seen = ({ observations }: StepBuffers, lane = 0): number[] => [
  ...(observations.state as Float32Array).subarray(SIZE * lane, SIZE * (lane + 1)),
]
const idle = (lanes: number): Float32Array => new Float32Array(4 * lanes)

describe('a walk', () => {
  it('begins with both feet down, pushed as the seed says', () => {
    const { out } = begun([flat(), flat({ seed: 4 }), flat()])
    expect([seen(out)[8], seen(out)[13]]).toEqual([1, 1])
    expect(seen(out, 2)).toEqual(seen(out, 0))
    expect(seen(out, 1)[2]).not.toBe(seen(out, 0)[2])
    // The hull stands 2.35 m above flat ground, which the ray straight down sees.
    expect(seen(out)[14]).toBeCloseTo(2.351 / (160 / 30), 3)
  })

  it('earns by how far its hull gets and how upright it is, and pays for torque', () => {
    const { vector, out } = begun([flat()])
    const stand = (): number => {
      const { snapshot, shaping } = decodeState(vector.save(0))
      const [[x, , angle]] = poseOf(snapshot)
      // The hull's centre of mass, of which what counts is the origin.
      const [cx, cy] = HULL_PLAN.centre
      const origin = x - (Math.cos(angle) * cx - Math.sin(angle) * cy)
      expect(shaping).toBeCloseTo((130 * origin) / 30 - 5 * Math.abs(angle), 10)
      return shaping
    }
    for (const actions of [idle(1), Float32Array.of(1, -1, 0.5, 0), Float32Array.of(0, 0, 0, -1)]) {
      const before = stand()
      vector.step(actions, out)
      const cost = 0.00035 * 80 * actions.reduce((sum, action) => sum + Math.abs(action), 0)
      expect(out.rewards[0]).toBeCloseTo(stand() - before - cost, 6)
    }
  })

  it('ends at −100 when the hull touches the ground, and stands until it is reset', () => {
    const { vector, out } = begun([flat({ maxSteps: 500 })])
    let steps = 0
    while (out.terminated[0] === 0 && steps < 400) {
      vector.step(Float32Array.of(1, 1, 1, 1), out)
      steps++
    }
    expect([out.terminated[0], out.truncated[0], out.rewards[0]]).toEqual([1, 0, -100])
    const last = seen(out)
    vector.step(Float32Array.of(0, 0, 0, 0), out)
    expect([out.terminated[0], out.truncated[0], out.rewards[0]]).toEqual([1, 0, 0])
    expect(seen(out)).toEqual(last)
    vector.reset([0], [flat()], out.observations)
    vector.step(idle(1), out)
    expect(out.terminated[0]).toBe(0)
  })

  it('is cut at its limit, and shows what was seen last', () => {
    for (const autoReset of ['none', 'same-level'] as const) {
      const { vector, out } = begun([flat(), flat({ maxSteps: 7 })], { autoReset, finals: true })
      const start = seen(out, 1)
      expect([vector.maxSteps(0), vector.maxSteps(1)]).toEqual([40, 7])
      for (let t = 1; t <= 7; t++) {
        vector.step(idle(2), out)
        expect([...out.truncated]).toEqual([0, t === 7 ? 1 : 0])
      }
      const finals = out.finals!.state as Float32Array
      expect(out.terminated[1]).toBe(0)
      expect([...finals.subarray(0, SIZE)]).toEqual(new Array(SIZE).fill(0))
      if (autoReset === 'none') expect([...finals.subarray(SIZE)]).toEqual(seen(out, 1))
      else {
        expect(seen(out, 1)).toEqual(start)
        expect([...finals.subarray(SIZE)]).not.toEqual(start)
      }
    }
  })

  it('asks for the next level under next-level, and is the same whatever was before', () => {
    const asked: number[] = []
    const { vector, out } = begun([flat({ maxSteps: 5 }), flat({ maxSteps: 9 })], {
      autoReset: 'next-level',
      nextLevel(lane) {
        asked.push(lane)
        return { terrain: 'hardcore', seed: 9 }
      },
    })
    const fresh = begun([{ terrain: 'hardcore', seed: 9 }])
    for (let t = 0; t < 9; t++) vector.step(idle(2), out)
    expect(asked).toEqual([0, 1])
    expect(seen(out, 1)).toEqual(seen(fresh.out))
    vector.step(idle(2), out)
    fresh.vector.step(idle(1), fresh.out)
    expect(seen(out, 1)).toEqual(seen(fresh.out))
  })

  it('reaches the end of flat ground by the scripted gait, which solves it', () => {
    const long = createWalker(walkerOptions.parse({ profile: 'gymnasium' }))
    const vector = long.vector({ slots: 1, autoReset: 'none' })
    const out = allocateStepBuffers(long.spec, 1)
    const returns = [1, 2, 3].map((seed) => {
      vector.reset([0], [flat({ seed })], out.observations)
      const gait = scriptedGait()
      let total = 0
      do {
        vector.step(gait(out.observations.state as Float32Array), out)
        total += out.rewards[0]
      } while (out.terminated[0] + out.truncated[0] === 0)
      return total
    })
    expect(Math.max(...returns)).toBeGreaterThan(200)
  }, 30_000)
})

describe('states', () => {
  it('are loaded into any lane and go on bit for bit', () => {
    const levels = ['plain', 'hardcore'].map(
      (terrain, seed) => ({ terrain, seed, maxSteps: 60 }) as WalkerLevel,
    )
    const one = begun([...levels, flat()], { autoReset: 'same-level' })
    const other = begun([flat(), flat(), levels[0]], { autoReset: 'same-level' })
    const random = stream('states')
    const act = (): Float32Array => Float32Array.from(idle(3), () => 2 * random.uniform() - 1)
    for (let t = 0; t < 25; t++) {
      one.vector.step(act(), one.out)
      other.vector.step(act(), other.out)
    }
    for (const lane of [0, 1, 2])
      other.vector.load((lane + 1) % 3, one.vector.save(lane), other.out.observations)
    for (let t = 0; t < 70; t++) {
      for (const lane of [0, 1, 2])
        expect(seen(other.out, (lane + 1) % 3), `step ${t}`).toEqual(seen(one.out, lane))
      const actions = act()
      const turned = Float32Array.from(actions, (_, i) => actions[(i + 8) % 12])
      one.vector.step(actions, one.out)
      other.vector.step(turned, other.out)
      for (const lane of [0, 1, 2])
        expect(other.out.rewards[(lane + 1) % 3]).toBe(one.out.rewards[lane])
    }
  })

  it('keep how an episode ended', () => {
    const { vector, out } = begun([flat({ maxSteps: 1 })])
    vector.step(idle(1), out)
    const state = vector.save(0)
    const other = begun([flat()])
    other.vector.load(0, state, other.out.observations)
    other.vector.step(idle(1), other.out)
    expect([other.out.truncated[0], other.out.rewards[0]]).toEqual([1, 0])
    expect(other.vector.save(0)).toEqual(state)
  })

  it.each([
    ['no bytes', () => new Uint8Array()],
    ['another version', (state: Uint8Array) => state.fill(9, 0, 1)],
    ['another status', (state: Uint8Array) => state.fill(7, 1, 2)],
    ['a byte less', (state: Uint8Array) => state.subarray(0, state.length - 1)],
    ['no number', (state: Uint8Array) => state.fill(255, 8, 16)],
  ])('are refused by name: %s', (_, change) => {
    const { vector, out } = begun([flat()])
    expect(() => vector.load(0, change(vector.save(0)), out.observations)).toThrow(
      expect.objectContaining({ code: 'state/corrupt' }),
    )
  })
})

describe('what it refuses', () => {
  it('names the lane and the joint of an action out of bounds', () => {
    const { vector, out } = begun([flat(), flat()])
    for (const action of [1.01, Number.NaN]) {
      const actions = idle(2)
      actions[6] = action
      expect(() => vector.step(actions, out)).toThrow(/lane 1 got .* for hip1/)
    }
  })

  it('wants a level first, and a good one', () => {
    const vector = env.vector({ slots: 2, autoReset: 'none' })
    const out = allocateStepBuffers(env.spec, 2)
    expect(() => vector.step(idle(2), out)).toThrow(
      expect.objectContaining({ code: 'env/not-reset' }),
    )
    expect(() => vector.save(1)).toThrow(expect.objectContaining({ code: 'env/not-reset' }))
    expect(() => vector.reset([0], [flat({ seed: -1 })], out.observations)).toThrow(
      expect.objectContaining({ code: 'level/invalid', place: 'seed' }),
    )
  })
})
