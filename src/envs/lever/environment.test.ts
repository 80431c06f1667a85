import { describe, expect, it } from 'vitest'
import { stream } from '../../core/random.ts'
import type { AutoReset } from '../contract.ts'
import { probeOf } from '../probe-of.ts'
import { allocateStepBuffers } from '../step-buffers.ts'
import { createLever, environment } from './environment.ts'
import type { LeverLevel } from './level.ts'

const lever = createLever(environment.options.parse({ levers: 4 }) as never)
const SEEN: LeverLevel = { lever: 2, hidden: false }
const HIDDEN: LeverLevel = { lever: 1, hidden: true }

/** Two lanes, what they see and what they are paid. */
function play(autoReset: AutoReset, actions: readonly number[], nextLevel?: () => LeverLevel) {
  const env = lever.vector({ slots: 2, autoReset, ...(nextLevel && { nextLevel }) })
  const out = allocateStepBuffers(lever.spec, 2)
  env.reset([0, 1], [SEEN, HIDDEN], out.observations)
  const seen = [[...out.observations.lever]]
  const rewards = actions.map((action) => {
    env.step(Int32Array.of(action, action), out)
    seen.push([...out.observations.lever])
    return [...out.rewards]
  })
  return { env, out, seen, rewards }
}

describe('the lever game', () => {
  it('shows the right lever or that it is hidden, and pays ten times as much where it is', () => {
    const { seen, rewards, out } = play('same-level', [2, 1, 0])
    expect(seen[0]).toEqual([0, 0, 0, 1, 0, 1, 0, 0, 0, 0])
    expect(seen.every((one) => String(one) === String(seen[0]))).toBe(true)
    expect(rewards).toEqual([
      [1, -10],
      [-1, 10],
      [-1, -10],
    ])
    expect([...out.terminated, ...out.truncated]).toEqual([1, 1, 0, 0])
  })

  it('stays ended under none, and takes the next level under next-level', () => {
    expect(play('none', [2, 2]).rewards).toEqual([
      [1, -10],
      [0, 0],
    ])
    const { seen, rewards } = play('next-level', [2, 3], () => ({ lever: 3, hidden: false }))
    expect(seen[1]).toEqual([0, 0, 0, 0, 1, 0, 0, 0, 0, 1])
    expect(rewards[1]).toEqual([1, 1])
  })

  it('refuses actions and levels that are none', () => {
    expect(() => play('same-level', [4])).toThrow(expect.objectContaining({ code: 'env/action' }))
    expect(() => lever.levels.parse('lever 4')).toThrow(/the last is 3/)
    expect(() => lever.levels.parse('lover 1')).toThrow(
      expect.objectContaining({ code: 'level/invalid' }),
    )
  })

  it('goes on from a saved lane', () => {
    const { env, out } = play('none', [1])
    const fresh = lever.vector({ slots: 1, autoReset: 'none' })
    const other = allocateStepBuffers(lever.spec, 1)
    fresh.load(0, env.save(1), other.observations)
    expect([...other.observations.lever]).toEqual([1, 0, 0, 0, 0])
    fresh.step(Int32Array.of(1), other)
    expect(other.rewards[0]).toBe(0)
    expect(out.rewards[1]).toBe(10)
    expect(() => fresh.load(0, Uint8Array.of(9), other.observations)).toThrow(/no state/)
  })

  it('has levels of both kinds, their optimum, and the lever as what is hidden', () => {
    const draw = stream(1, 'levels')
    const levels = Array.from({ length: 400 }, () => lever.levels.sample(draw))
    const share = levels.filter(({ hidden }) => hidden).length / 400
    expect(share).toBeGreaterThan(0.4)
    expect(share).toBeLessThan(0.6)
    for (const level of levels.slice(0, 9)) {
      expect(lever.levels.decode(lever.levels.encode(level))).toEqual(level)
      expect(lever.levels.features(level)).toEqual({
        ...{ hidden: level.hidden ? 1 : 0, passable: 1, min_actions: 1 },
        optimal_return: level.hidden ? 10 : 1,
      })
    }
    expect(lever.resample?.(SEEN, draw)).toEqual(SEEN)
    const drawn = Array.from({ length: 40 }, () => lever.resample!(HIDDEN, draw))
    expect(new Set(drawn.map((level) => level.lever)).size).toBe(4)
    expect(drawn.every(({ hidden }) => hidden)).toBe(true)
    expect(lever.suite('lever/hidden').entries).toHaveLength(4)
  })
})

describe('the posterior of the lever game', () => {
  const supposedRewards = (level: LeverLevel, action: number): Set<number> => {
    const rewards = Array.from({ length: 60 }, (_, seed) => {
      const env = lever.vector({ slots: 1, autoReset: 'same-level' })
      const out = allocateStepBuffers(lever.spec, 1)
      env.reset([0], [level], out.observations)
      const watched = {
        levels: [lever.levels.encode(level)],
        stream: () => stream(seed, 'posterior'),
      }
      const prober = probeOf(lever, 'posterior', [])(1, watched)
      prober.begin(out.observations)
      env.step(Int32Array.of(action), out)
      prober.step(Int32Array.of(action), out)
      expect(prober.extras(0).unmatched_steps).toBe(0)
      return prober.supposed?.rewards[0] as number
    })
    return new Set(rewards)
  }

  it('is any lever where it is hidden, and the lever itself where it is seen', () => {
    expect(supposedRewards(HIDDEN, HIDDEN.lever)).toEqual(new Set([10, -10]))
    expect(supposedRewards(HIDDEN, HIDDEN.lever + 1)).toEqual(new Set([10, -10]))
    expect(supposedRewards(SEEN, SEEN.lever)).toEqual(new Set([1]))
    expect(supposedRewards(SEEN, SEEN.lever + 1)).toEqual(new Set([-1]))
  })
})
