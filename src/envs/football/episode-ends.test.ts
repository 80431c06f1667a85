import { describe, expect, it } from 'vitest'
import { nativeHere } from './native/testing/native-here.ts'
import { football, type Play, play } from './testing/play.ts'
import { parseLevel } from './text/parse-levels.ts'

const native = nativeHere()!
const IDLE = 0
const RIGHT = 5
const LEFT = 1
const SHOT = 12

const ENDLESS = {
  endEpisodeOnScore: false,
  endEpisodeOnOutOfPlay: false,
  endEpisodeOnPossessionChange: false,
}

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

describe.skipIf(nativeHere() === null)('an episode', () => {
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

  it('leaves an ended lane as it is under none: flags stay, rewards are 0', () => {
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
})
