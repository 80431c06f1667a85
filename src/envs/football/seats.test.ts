import { describe, expect, it } from 'vitest'
import type { FootballLevel } from './level.ts'
import { nativeHere } from './native/testing/native-here.ts'
import { football, type Play, play } from './testing/play.ts'

const native = nativeHere()!
const BUILTIN = 19

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
