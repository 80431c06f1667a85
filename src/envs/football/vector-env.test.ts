import { describe, expect, it } from 'vitest'
import { AgonError } from '../../core/errors.ts'
import { stream } from '../../core/random.ts'
import type { TypedArray } from '../../core/tensor.ts'
import type { FootballLevel } from './level.ts'
import { nativeHere } from './native/testing/native-here.ts'
import { football, type Play, play } from './testing/play.ts'
import { parseLevel } from './text/parse-levels.ts'

const native = nativeHere()!
const IDLE = 0
const RIGHT = 5
const LEFT = 1
const SHOT = 12
const BUILTIN = 19

const ENDLESS = {
  endEpisodeOnScore: false,
  endEpisodeOnOutOfPlay: false,
  endEpisodeOnPossessionChange: false,
}
const refusal = (code: string) => expect.objectContaining({ code })

const bytesOf = ({ buffer, byteOffset, byteLength }: TypedArray): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength)

/** Steps until an episode ends; how many steps that took. */
function toEnd(of: Play, action: (t: number) => number, most = 500): number {
  for (let t = 1; t <= most; t++) {
    of.step(Array(of.actions.length).fill(action(t)))
    if (of.out.terminated[0] === 1 || of.out.truncated[0] === 1) return t
  }
  throw new Error(`no end in ${most} steps`)
}

/** Runs onto the empty goal and shoots. */
const score = (t: number): number => (t === 12 ? SHOT : t === 1 ? RIGHT : IDLE)

describe.skipIf(nativeHere() === null)('the vector environment', () => {
  it.each([
    ['scoring', 1],
    ['scoring,checkpoints', 2],
  ])('ends with a goal that is worth %s: %i', (rewards, worth) => {
    const both = { scenario: 'academy_empty_goal_close', rightAgents: 1, rewards }
    const of = play(football(native, both))
    let [left, right] = [0, 0]
    for (let t = 1; of.out.terminated[0] === 0; t++) {
      of.step([score(t), IDLE])
      left += of.out.rewards[0]
      right += of.out.rewards[1]
    }
    expect(left).toBeCloseTo(worth, 5)
    // The keeper of the right team is never at the ball: he gets no checkpoints.
    expect(right).toBe(-1)
    expect([...of.out.terminated, ...of.out.truncated]).toEqual([1, 1, 0, 0])
    expect(left > of.env.solvedAbove).toBe(true)
    expect(of.env.returnRange).toEqual([-1, worth])
  })

  it('collects a checkpoint for each distance, once', () => {
    const env = football(native, {
      scenario: 'academy_empty_goal',
      rewards: 'scoring,checkpoints',
      ...ENDLESS,
    })
    const of = play(env)
    const got: number[] = []
    for (let t = 1; t <= 60; t++) {
      of.step([t === 1 ? RIGHT : IDLE])
      got.push(of.out.rewards[0])
    }
    const total = got.reduce((sum, one) => sum + one, 0)
    expect(total).toBeGreaterThan(0.3)
    expect(total).toBeLessThan(1.05)
    expect(new Set(got.map((one) => one.toFixed(1)))).toEqual(new Set(['0.0', '0.1']))
    expect(env.solvedAbove).toBeGreaterThan(1.05)
  })

  it('is cut by the duration, after one step more than it has', () => {
    const of = play(football(native, { gameDuration: 7 }))
    expect(of.vector.maxSteps(0)).toBe(8)
    expect(toEnd(of, () => IDLE)).toBe(8)
    expect([of.out.terminated[0], of.out.truncated[0]]).toEqual([0, 1])
  })

  it.each([
    // The lone left player carries the ball over his own goal line.
    ['endEpisodeOnOutOfPlay', 'ball: -0.93 0.3\nleft:\nGK -1 0\nCF -0.92 0.3'],
    // He runs with it into five opponents.
    ['endEpisodeOnPossessionChange', 'ball: 0.01 0\nleft:\nGK -1 0\nCF 0 0'],
  ] as const)('ends by %s where the level says so', (flag, left) => {
    const opponents =
      flag === 'endEpisodeOnOutOfPlay'
        ? 'GK -1 0'
        : 'GK -1 0\nCB -0.1 0\nCB -0.1 0.05\nCB -0.1 -0.05\nCB -0.15 0.02\nCB -0.15 -0.02'
    const level = parseLevel(`gameDuration: 300\n${left}\nright:\n${opponents}`)
    const action = flag === 'endEpisodeOnOutOfPlay' ? LEFT : RIGHT
    const env = football(native, {})
    const without = play(env, {}, level)
    toEnd(without, () => action)
    expect(without.out.truncated[0]).toBe(1)
    const within = play(env, {}, { ...level, [flag]: true })
    expect(toEnd(within, () => action)).toBeLessThan(300)
    expect([within.out.terminated[0], within.out.truncated[0]]).toEqual([1, 0])
    expect(within.out.rewards[0]).toBe(0)
  })

  it('leaves an ended slot as it is under none: flags stay, rewards are 0', () => {
    const of = play(football(native, { scenario: 'academy_empty_goal_close', stacked: true }))
    toEnd(of, score)
    const observed = Buffer.from(of.out.observations.obs.slice().buffer)
    for (let t = 0; t < 3; t++) {
      // Whatever it is asked to do.
      of.step([99])
      expect([of.out.terminated[0], of.out.truncated[0], of.out.rewards[0]]).toEqual([1, 0, 0])
      expect(Buffer.from(of.out.observations.obs.slice().buffer).equals(observed)).toBe(true)
    }
    const state = of.vector.save(0)
    of.vector.load(0, state, of.out.observations)
    of.step([IDLE])
    expect(of.out.terminated[0]).toBe(1)
  })

  it('starts the same level again under same-level, with other luck', () => {
    const env = football(native, { gameDuration: 40, scenario: '5_vs_5', leftAgents: 4 })
    const of = play(env, { autoReset: 'same-level' })
    const first = Buffer.from(of.out.observations.obs.slice().buffer)
    const episodes: string[][] = [[], []]
    for (const log of episodes) {
      for (let t = 0; t < 41; t++) {
        of.step([BUILTIN - 1, IDLE, RIGHT, SHOT])
        log.push(of.written())
      }
      expect(of.out.truncated[0]).toBe(1)
      expect(Buffer.from(of.out.observations.obs.slice().buffer).equals(first)).toBe(true)
    }
    expect(episodes[0]).not.toEqual(episodes[1])
  })

  it('asks for the next level under next-level, slot by slot', () => {
    const asked: number[] = []
    const env = football(native, { gameDuration: 3, generator: 'random' })
    const of = play(env, {
      slots: 3,
      autoReset: 'next-level',
      nextLevel: (slot) => {
        asked.push(slot)
        const level = env.levels.sample(stream('next', slot, asked.length))
        return slot === 1 ? { ...level, gameDuration: 100, ball: [0.5, 0.25] } : level
      },
    })
    for (let t = 0; t < 4; t++) of.step([0, 0, 0])
    expect(asked).toEqual([0, 1, 2])
    expect([0, 1, 2].map((slot) => of.vector.maxSteps(slot))).toEqual([4, 101, 4])
    expect(of.numbers('obs').slice(115 + 88, 115 + 90)).toEqual([0.5, 0.25])
    expect(() => env.vector({ slots: 1, autoReset: 'next-level' })).toThrow(refusal('env/options'))
  })

  it.each([
    ['none', 'raw', {}],
    ['same-level', 'simple115v2', { stacked: true }],
    ['next-level', 'extracted', { stacked: true }],
    ['same-level', 'tizero', { leftControllable: 'outfield', leftAgents: 10 }],
  ] as const)(
    'goes on bit for bit after save and load, in another slot of another environment: %s, %s',
    (autoReset, representation, more) => {
      const env = football(native, {
        representation,
        gameDuration: 25,
        rewards: 'scoring,checkpoints',
        ...more,
      })
      const started = (seed: string, slots: number): Play => {
        let next = 0
        return play(env, {
          slots,
          autoReset,
          nextLevel: () => env.levels.sample(stream('next', ++next)),
          stream: (slot) => stream(seed, slot),
        })
      }
      const here = started('here', 1)
      for (let t = 0; t < 30; t++) here.step()
      const there = started('there', 3)
      there.step()
      const state = here.vector.save(0)
      expect(Buffer.from(here.vector.save(0)).equals(Buffer.from(state))).toBe(true)
      there.vector.load(2, state, there.out.observations)
      const { agents } = env.spec
      const random = stream('after')
      // Next levels of `there` would be asked in another order, so the episode is played to its end at most.
      const steps = autoReset === 'next-level' ? 20 : 60
      for (let t = 0; t < steps; t++) {
        const hands = Array.from({ length: agents }, () => random.integer(19))
        here.step(hands)
        there.step([...Array(2 * agents).fill(0), ...hands])
        for (const [name, values] of Object.entries(here.out.observations)) {
          const all = there.out.observations[name]
          const same = bytesOf(all.subarray(2 * values.length)).equals(bytesOf(values))
          expect(same, `${name} at ${t}`).toBe(true)
        }
        for (const name of ['rewards', 'terminated', 'truncated'] as const)
          expect(there.out[name].subarray(2 * agents), `${name} at ${t}`).toEqual(here.out[name])
      }
    },
  )

  it('refuses bytes that are no saved slot, and stays as it was', () => {
    const env = football(native, { leftAgents: 2 })
    const of = play(env)
    of.step()
    const state = of.vector.save(0)
    const load = (bytes: Uint8Array) => () => of.vector.load(0, bytes, of.out.observations)
    for (let length = 0; length < state.length; length += 211)
      expect(load(state.subarray(0, length))).toThrow(AgonError)
    for (const at of [0, 1, 16, 20, 24, 28]) {
      const spoilt = state.slice()
      spoilt[at] ^= 0x55
      expect(load(spoilt), `byte ${at}`).toThrow(AgonError)
    }
    const stacked = play(football(native, { leftAgents: 2, stacked: true }))
    expect(load(stacked.vector.save(0))).toThrow(refusal('state/corrupt'))
    const alone = play(football(native, {}))
    expect(load(alone.vector.save(0))).toThrow(refusal('football/state'))
    expect(Buffer.from(of.vector.save(0)).equals(Buffer.from(state))).toBe(true)
  })

  it('refuses what cannot be stepped or played, by name', () => {
    const env = football(native, { leftAgents: 2 })
    const vector = env.vector({ slots: 2, autoReset: 'none' })
    const { out } = play(env, { slots: 2 })
    const level = env.levels.sample(stream(1))
    expect(() => vector.step(new Int32Array(4), out)).toThrow(refusal('env/not-reset'))
    expect(() => vector.save(0)).toThrow(refusal('env/not-reset'))
    expect(() => vector.maxSteps(1)).toThrow(refusal('env/not-reset'))
    expect(() => vector.reset([2], [level], out.observations)).toThrow(refusal('env/options'))
    expect(() => vector.reset([0, 1], [level], out.observations)).toThrow(refusal('env/options'))
    const off = { ...level, ball: [3, 0] as const }
    expect(() => vector.reset([0], [off], out.observations)).toThrow(refusal('level/invalid'))
    vector.reset([0], [level], out.observations)
    expect(() => vector.step(new Int32Array(4), out)).toThrow(refusal('env/not-reset'))
    vector.reset([1], [level], out.observations)
    expect(() => vector.step(Int32Array.of(0, 0, 0, 19), out)).toThrow(refusal('env/action'))
    expect(() => vector.step(Int32Array.of(0, -1, 0, 0), out)).toThrow(refusal('env/action'))
    vector.step(new Int32Array(4), out)
    const small = football(native, { leftAgents: 3 })
    expect(() => play(small, {}, parseLevel('left:\nGK -1 0\nright:\nGK -1 0'))).toThrow(
      /3 agents play the left team, which has 1 players/,
    )
    expect(() => env.vector({ slots: 0, autoReset: 'none' })).toThrow(refusal('env/options'))
  })

  it('resets some slots and writes no row of another', () => {
    for (const representation of ['raw', 'simple115v2', 'extracted', 'tizero']) {
      const env = football(native, { representation, leftAgents: 2, leftControllable: 'outfield' })
      const of = play(env, { slots: 3 })
      of.step()
      for (const values of Object.values(of.out.observations)) values.fill(7 as never)
      of.vector.reset([1], [env.levels.sample(stream(2))], of.out.observations)
      for (const name of Object.keys(of.out.observations)) {
        const sevens = of.numbers(name).map((value) => value === 7)
        const width = sevens.length / 3
        expect(sevens.slice(0, width).every(Boolean)).toBe(true)
        expect(sevens.slice(2 * width).every(Boolean)).toBe(true)
        expect(sevens.slice(width, 2 * width).every(Boolean)).toBe(false)
      }
    }
  })

  it('draws from the stream of the slot alone', () => {
    const env = football(native, { scenario: '5_vs_5' })
    const played = (seed: number, slots: number, given: object = {}): string[] => {
      const of = play({ ...env, ...given }, { slots, stream: (slot) => stream(seed, slot) })
      const seen: string[] = []
      for (let t = 0; t < 50; t++) {
        of.step(Array(slots).fill(t % 19))
        seen.push(of.numbers('obs').slice(0, 115).join())
      }
      return seen
    }
    expect(played(1, 1)).toEqual(played(1, 4))
    expect(played(1, 1)).not.toEqual(played(2, 1))
  })

  it('plays every episode with one seed where it is deterministic', () => {
    const env = football(native, { deterministic: true, gameDuration: 30, scenario: '5_vs_5' })
    const level = env.levels.sample(stream(1))
    const of = play(env, { autoReset: 'same-level', stream: (slot) => stream('any', slot) }, level)
    const logs = [0, 1].map(() =>
      Array.from({ length: 31 }, (_, t) => {
        of.step([t % 19])
        return of.written()
      }),
    )
    expect(logs[1]).toEqual(logs[0])
  })

  it('has the same bits on any number of threads', () => {
    const logs = [1, 3].map((threads) => {
      const of = play(football(native, { threads, rightAgents: 1, generator: 'random' }), {
        slots: 7,
      })
      return Array.from({ length: 40 }, () => {
        of.step()
        return of.written()
      })
    })
    expect(logs[1]).toEqual(logs[0])
  })

  it.skipIf(native?.cudaFault() === null)('says why it cannot step on a GPU', () => {
    const env = football(native, { device: 'cuda' })
    expect(() => env.vector({ slots: 1, autoReset: 'none' })).toThrow(refusal('football/device'))
  })

  it.skipIf(native?.cudaFault() !== null).each([
    { generator: 'random', gameDuration: 50 },
    { representation: 'raw', rightAgents: 2, rewards: 'scoring,checkpoints' },
    { representation: 'extracted', stacked: true, scenario: 'academy_empty_goal_close' },
    { representation: 'tizero', leftAgents: 10, leftControllable: 'outfield' },
    { representation: 'grf-marl', leftAgents: 10, leftControllable: 'outfield' },
  ])('has the same bits on the GPU: %j', (given) => {
    const [cpu, gpu] = ['cpu', 'cuda'].map((device) =>
      play(football(native, { ...given, device }), { slots: 16, autoReset: 'same-level' }),
    )
    for (let t = 0; t < 120; t++) {
      for (const one of [cpu, gpu]) one.step()
      expect(gpu.written()).toBe(cpu.written())
      if (t % 40 !== 20) continue
      const state = cpu.vector.save(3)
      expect(Buffer.from(gpu.vector.save(3)).equals(Buffer.from(state))).toBe(true)
      for (const one of [cpu, gpu]) one.vector.load(5, state, one.out.observations)
    }
  })

  it('takes and writes views of shared memory', () => {
    const env = football(native, { scenario: 'academy_empty_goal' })
    const plain = play(env, { slots: 2 })
    const shared = play(env, { slots: 2 })
    const lent = {
      observations: { obs: new Float32Array(new SharedArrayBuffer(4 * 240), 40, 230) },
      rewards: new Float32Array(new SharedArrayBuffer(16), 8, 2),
      terminated: new Uint8Array(new SharedArrayBuffer(8), 3, 2),
      truncated: new Uint8Array(new SharedArrayBuffer(8), 3, 2),
    }
    const actions = new Int32Array(new SharedArrayBuffer(16), 8, 2).fill(RIGHT)
    for (let t = 0; t < 5; t++) {
      plain.step([RIGHT, RIGHT])
      shared.vector.step(actions, lent)
      expect(Array.from(lent.observations.obs, (value) => value + 0)).toEqual(plain.numbers('obs'))
    }
  })
})

describe.skipIf(nativeHere() === null)('seats', () => {
  const level = (): FootballLevel => native.scenario('11_vs_11_stochastic', 2)

  it('give agents the players that options and level leave them, in order', () => {
    const activeOf = (given: object, of = level()): readonly number[] => {
      const { out } = play(football(native, { representation: 'raw', ...given }), {}, of)
      return [...(out.observations.active as Int32Array)]
    }
    expect(activeOf({ leftAgents: 11 })).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect(activeOf({ leftAgents: 10, leftControllable: 'outfield' })).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ])
    expect(
      activeOf({ leftAgents: 2, leftControllable: [7, 3], rightAgents: 1, rightControllable: [0] }),
    ).toEqual([3, 7, 0])
    const fixed = {
      ...level(),
      left: level().left.map((player, k) => ({ ...player, controllable: k > 8 })),
    }
    expect(activeOf({ leftAgents: 2 }, fixed)).toEqual([9, 10])
  })

  it('leave whoever gets action 19 to the built-in AI', () => {
    const options = { actionSet: 'v2', leftAgents: 11, rightAgents: 11, representation: 'raw' }
    const nobody = { leftAgents: 0, rightAgents: 1, rightControllable: [0], actionSet: 'v2' }
    const all = play(football(native, options), {}, level())
    const one = play(football(native, { ...nobody, representation: 'raw' }), {}, level())
    for (let t = 0; t < 80; t++) {
      all.step(Array(22).fill(BUILTIN))
      one.step([BUILTIN])
      const ball = (of: Play, agent: number) => of.numbers('ball').slice(3 * agent, 3 * agent + 3)
      expect(ball(all, 11)).toEqual(ball(one, 0))
    }
    expect(Math.abs(all.numbers('ball')[0])).toBeGreaterThan(0.001)
    expect(all.numbers('sticky_actions')).not.toContain(1)
  })

  it('are named by team', () => {
    const seats = (given: object) => football(native, given).spec.seats
    expect(seats({ leftAgents: 2, rightAgents: 3 })).toEqual({ left: [0, 1], right: [2, 3, 4] })
    expect(seats({})).toEqual({ left: [0] })
    expect(seats({ leftAgents: 0, rightAgents: 1 })).toEqual({ right: [0] })
  })
})
