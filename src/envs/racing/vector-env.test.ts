import { describe, expect, it } from 'vitest'
import { stream } from '../../core/random.ts'
import type { StepBuffers, VectorOptions } from '../contract.ts'
import { allocateStepBuffers } from '../step-buffers.ts'
import { createRacing } from './environment.ts'
import { decodeState, encodeState } from './lane-state.ts'
import type { RacingLevel } from './level.ts'
import { racingOptions } from './options.ts'
import { racingSuite } from './suites.ts'
import { followRoad } from './testing/driver.ts'

const racing = (given: object) => createRacing(racingOptions.parse(given))
const small = racing({ frames: 2, grey: true, crop: true })
const SIZE = 2 * 84 * 84
const [CIRCLE, TRIANGLE] = ['Circle', 'Triangle'].map((name) =>
  racingSuite('racing/shapes', { actionRepeat: 8 })
    .entries.find((entry) => entry.name === name)!
    .level(stream(0), 0),
)

function begun(
  levels: readonly RacingLevel[],
  options: Partial<VectorOptions<RacingLevel>> = {},
  env = small,
) {
  const slots = levels.length
  const vector = env.vector({ slots, autoReset: 'none', ...options })
  const out = allocateStepBuffers(env.spec, slots, options.finals)
  vector.reset([...levels.keys()], levels, out.observations)
  return { vector, out }
}

const seen = ({ observations }: StepBuffers, lane = 0): Uint8Array =>
  (observations.image as Uint8Array).slice(SIZE * lane, SIZE * (lane + 1))
const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0
const idle = (lanes: number): Float32Array => new Float32Array(3 * lanes)
const limited = (maxSteps: number): RacingLevel => ({ ...CIRCLE, maxSteps })

describe('a race', () => {
  it('begins with the tiles under its wheels, paid in the first frame, and costs 0.1 a frame', () => {
    const { vector, out } = begun([CIRCLE])
    vector.step(idle(1), out)
    const tiles = (out.rewards[0] + 0.8) / (1000 / 468)
    expect(tiles).toBeCloseTo(Math.round(tiles), 4)
    expect(Math.round(tiles)).toBeGreaterThan(0)
    vector.step(idle(1), out)
    expect(out.rewards[0]).toBeCloseTo(-0.8, 6)
  })

  it('ends where nothing was gained in a hundred frames, without a bonus', () => {
    const { vector, out } = begun([CIRCLE])
    let steps = 0
    do {
      vector.step(idle(1), out)
      steps++
    } while (out.terminated[0] === 0 && steps < 50)
    // The first frame paid; it is forgotten after the 101st, which is the fifth of step 13.
    expect(steps).toBe(13)
    expect([out.rewards[0], out.truncated[0]]).toEqual([expect.closeTo(-0.5, 6), 0])
  })

  it('goes on to its limit without shaping, and is paid 100 there with it', () => {
    const plain = racing({ frames: 2, grey: true, crop: true, shaping: false })
    for (const [env, bonus] of [
      [plain, 0],
      [small, 100],
    ] as const) {
      const { vector, out } = begun([limited(3)], {}, env)
      expect(vector.maxSteps(0)).toBe(3)
      for (let t = 1; t <= 3; t++) {
        vector.step(idle(1), out)
        expect(out.truncated[0]).toBe(t === 3 ? 1 : 0)
      }
      expect(out.rewards[0]).toBeCloseTo(bonus - 0.8, 4)
    }
    const { vector, out } = begun([limited(20)], {}, plain)
    for (let t = 0; t < 20; t++) vector.step(idle(1), out)
    expect([out.truncated[0], out.terminated[0]]).toEqual([1, 0])
  })

  it('is lost beyond the playfield', () => {
    for (const [env, bonus] of [
      [racing({ frames: 2, grey: true, crop: true, shaping: false }), 0],
      [small, 100],
    ] as const) {
      const { vector, out } = begun([CIRCLE], {}, env)
      const state = decodeState(vector.save(0))
      // Hull and wheels side by side, half a metre within the edge and 30 m/s outwards.
      const car = state.car.slice()
      const by = 2000 / 6 - 0.5 - car[0]
      for (let body = 0; body < 5; body++) {
        car[6 * body] += by
        car[6 * body + 3] = 30
      }
      vector.load(0, encodeState({ ...state, earned: 0, car }), out.observations)
      vector.step(idle(1), out)
      expect([out.terminated[0], out.truncated[0]]).toEqual([1, 0])
      expect(out.rewards[0]).toBeCloseTo(-100 + bonus, 0)
    }
  })

  it('is won by a lap: every tile was touched', () => {
    const env = racing({ frames: 1, grey: true, crop: true, shaping: false })
    const { vector, out } = begun([limited(400)], {}, env)
    let [total, steps] = [0, 0]
    do {
      vector.step(followRoad(vector.save(0)), out)
      total += out.rewards[0]
      steps++
    } while (out.terminated[0] + out.truncated[0] === 0)
    expect(out.terminated[0]).toBe(1)
    // Its frames: eight a step, and from one to eight in the last.
    expect(total).toBeGreaterThanOrEqual(1000 - 0.8 * steps - 1e-3)
    expect(total).toBeLessThan(1000 - 0.8 * (steps - 1))
  }, 60_000)

  it('shows a picture more at every step, the last two at once', () => {
    const { vector, out } = begun([CIRCLE])
    const half = SIZE / 2
    const first = seen(out)
    expect(same(first.subarray(0, half), first.subarray(half))).toBe(true)
    vector.step(Float32Array.of(0, 1, 0), out)
    const second = seen(out)
    expect(same(second.subarray(0, half), first.subarray(half))).toBe(true)
    expect(same(second.subarray(half), first.subarray(half))).toBe(false)
  })

  it('is begun anew by its auto-reset, and shows what was seen last', () => {
    for (const autoReset of ['none', 'same-level', 'next-level'] as const) {
      const asked: number[] = []
      const { vector, out } = begun([limited(9), limited(2)], {
        autoReset,
        finals: true,
        nextLevel(lane) {
          asked.push(lane)
          return TRIANGLE
        },
      })
      const start = seen(out, 1)
      vector.step(idle(2), out)
      vector.step(idle(2), out)
      expect([...out.truncated]).toEqual([0, 1])
      const finals = out.finals!.image as Uint8Array
      expect(finals.subarray(0, SIZE).every((byte) => byte === 0)).toBe(true)
      const last = finals.slice(SIZE)
      expect(asked).toEqual(autoReset === 'next-level' ? [1] : [])
      if (autoReset === 'none') expect(same(seen(out, 1), last)).toBe(true)
      if (autoReset === 'same-level') expect(same(seen(out, 1), start)).toBe(true)
      if (autoReset === 'next-level')
        expect(same(seen(out, 1), seen(begun([TRIANGLE]).out))).toBe(true)
      vector.step(idle(2), out)
      if (autoReset === 'none') {
        expect([out.truncated[1], out.rewards[1]]).toEqual([1, 0])
        expect(same(seen(out, 1), last)).toBe(true)
      } else expect(out.truncated[1]).toBe(0)
    }
  })
})

describe('states', () => {
  it('are loaded into any lane and go on bit for bit', () => {
    const levels = [CIRCLE, { ...TRIANGLE, maxSteps: 20 }, { track: 'gymnasium', seed: 3 } as const]
    const one = begun(levels, { autoReset: 'same-level' })
    const other = begun([TRIANGLE, CIRCLE, CIRCLE], { autoReset: 'same-level' })
    const random = stream('states')
    const act = (): Float32Array =>
      Float32Array.from(idle(3), (_, i) =>
        i % 3 === 0
          ? 2 * random.uniform() - 1
          : i % 3 === 1
            ? random.uniform()
            : 0.2 * random.uniform(),
      )
    for (let t = 0; t < 7; t++) {
      one.vector.step(act(), one.out)
      other.vector.step(act(), other.out)
    }
    for (const lane of [0, 1, 2])
      other.vector.load((lane + 1) % 3, one.vector.save(lane), other.out.observations)
    for (let t = 0; t < 25; t++) {
      for (const lane of [0, 1, 2])
        expect(same(seen(other.out, (lane + 1) % 3), seen(one.out, lane)), `step ${t}`).toBe(true)
      const actions = act()
      one.vector.step(actions, one.out)
      other.vector.step(
        Float32Array.from(actions, (_, i) => actions[(i + 6) % 9]),
        other.out,
      )
      for (const lane of [0, 1, 2])
        expect(other.out.rewards[(lane + 1) % 3]).toBe(one.out.rewards[lane])
    }
    expect(other.vector.save(1)).toEqual(one.vector.save(0))
  }, 30_000)

  it('keep how an episode ended', () => {
    const { vector, out } = begun([limited(1)])
    vector.step(idle(1), out)
    const state = vector.save(0)
    const other = begun([CIRCLE])
    other.vector.load(0, state, other.out.observations)
    other.vector.step(idle(1), other.out)
    expect([other.out.truncated[0], other.out.rewards[0]]).toEqual([1, 0])
    expect(other.vector.save(0)).toEqual(state)
  })

  it.each([
    ['no bytes', () => new Uint8Array()],
    ['another version', (state: Uint8Array) => state.fill(9, 0, 1)],
    ['another status', (state: Uint8Array) => state.fill(7, 1, 2)],
    ['other frames', (state: Uint8Array) => state.fill(3, 2, 3)],
    ['a byte less', (state: Uint8Array) => state.subarray(0, state.length - 1)],
    ['no number', (state: Uint8Array) => state.fill(255, 8, 16)],
    ['no number of a car', (state: Uint8Array) => state.fill(255, state.length - 8)],
  ])('are refused by name: %s', (_, change) => {
    const { vector, out } = begun([CIRCLE])
    expect(() => vector.load(0, change(vector.save(0)), out.observations)).toThrow(
      expect.objectContaining({ code: 'state/corrupt' }),
    )
  })

  it('are refused where pictures are seen in other numbers', () => {
    const { vector } = begun([CIRCLE])
    const other = begun([CIRCLE], {}, racing({ frames: 3, grey: true, crop: true }))
    expect(() => other.vector.load(0, vector.save(0), other.out.observations)).toThrow(
      expect.objectContaining({ code: 'state/corrupt' }),
    )
  })
})

describe('what it refuses', () => {
  it('names the lane and the action that is out of bounds', () => {
    const { vector, out } = begun([CIRCLE, CIRCLE])
    for (const [i, action] of [
      [3, -1.01],
      [4, -0.1],
      [5, Number.NaN],
    ]) {
      const actions = idle(2)
      actions[i] = action
      const name = ['steer', 'gas', 'brake'][i - 3]
      expect(() => vector.step(actions, out)).toThrow(new RegExp(`lane 1 got .* for ${name}`))
    }
  })

  it('wants a level first, and a good one', () => {
    const vector = small.vector({ slots: 2, autoReset: 'none' })
    const out = allocateStepBuffers(small.spec, 2)
    expect(() => vector.step(idle(2), out)).toThrow(
      expect.objectContaining({ code: 'env/not-reset' }),
    )
    expect(() => vector.save(1)).toThrow(expect.objectContaining({ code: 'env/not-reset' }))
    expect(() => vector.reset([0], [{ track: 'bezier', points: [] }], out.observations)).toThrow(
      expect.objectContaining({ code: 'level/invalid', place: 'points' }),
    )
  })
})
