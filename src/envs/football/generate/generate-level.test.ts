import { describe, expect, it } from 'vitest'
import { stream } from '../../../core/random.ts'
import type { FootballLevel } from '../level.ts'
import { findDefect } from '../level-space/defect.ts'
import { footballFeatures } from '../level-space/features.ts'
import { type FootballOptions, footballOptions } from '../options.ts'
import { drawAnyLevel } from '../testing/any-level.ts'
import { parseLevel } from '../text/parse-levels.ts'
import { generateLevel } from './generate-level.ts'
import { movablesOf, placeOf } from './movable.ts'
import { moveLevel } from './move.ts'

const ELEVEN = parseLevel(`difficulty: 1 0.6
secondHalf: 1500
left:
  GK -1 0
${Array.from({ length: 10 }, (_, i) => `CM ${-0.05 * i} 0.02`).join('\n')}
right:
  GK -1 0
${Array.from({ length: 10 }, (_, i) => `CB ${-0.05 * i - 0.02} 0.2`).join('\n')}`)
const scenario = (episode: number): FootballLevel =>
  episode % 2 === 0 ? ELEVEN : { ...ELEVEN, left: ELEVEN.right, right: ELEVEN.left }
const options = (given: object): FootballOptions => footballOptions.parse(given)
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

describe('generateLevel', () => {
  it('gives the scenario in both of its formations', () => {
    const drawn = Array.from({ length: 40 }, (_, i) =>
      generateLevel(scenario, options({}), stream(i)),
    )
    const swapped = drawn.filter(({ left }) => left[1].role === 'CB').length
    expect(swapped).toBeGreaterThan(8)
    expect(swapped).toBeLessThan(32)
    expect(drawn.find(({ left }) => left[1].role === 'CM')).toEqual(ELEVEN)
  })

  it('takes what the options say of the rules, and leaves the rest', () => {
    const changed = generateLevel(
      scenario,
      options({
        gameDuration: 128,
        endEpisodeOnScore: true,
        leftDifficulty: 0.5,
        offsides: false,
      }),
      stream(1),
    )
    expect(changed).toMatchObject({
      gameDuration: 128,
      secondHalf: null,
      endEpisodeOnScore: true,
      endEpisodeOnOutOfPlay: false,
      difficulty: [0.5, Math.fround(0.6)],
      offsides: false,
    })
  })

  it("scatters players and ball uniformly over MADRID's box, keepers at their goals, nobody on another", () => {
    const levels = Array.from({ length: 300 }, (_, i) =>
      generateLevel(scenario, options({ generator: 'random' }), stream('madrid', i)),
    )
    for (const level of levels) {
      expect(findDefect(level)).toBeNull()
      for (const team of [level.left, level.right]) {
        expect([team[0].x, team[0].y]).toEqual([-1, 0])
        for (const { x, y } of team.slice(1)) {
          expect(Math.abs(x)).toBeLessThanOrEqual(0.9)
          expect(Math.abs(y)).toBeLessThanOrEqual(0.4)
        }
      }
    }
    const balls = levels.map(({ ball }) => ball)
    // Uniform on ±a: mean 0 (standard error a/√900), variance a²/3.
    for (const [axis, most] of [0.9, 0.4].entries()) {
      expect(Math.abs(mean(balls.map((ball) => ball[axis])))).toBeLessThan((4 * most) / 30)
      const variance = mean(balls.map((ball) => ball[axis] ** 2))
      expect(variance / (most ** 2 / 3)).toBeGreaterThan(0.75)
      expect(variance / (most ** 2 / 3)).toBeLessThan(1.25)
    }
  })

  it('moves the scenario a little', () => {
    const level = generateLevel(scenario, options({ generator: 'around', spread: 0.02 }), stream(4))
    expect(findDefect(level)).toBeNull()
    const moved = movablesOf(level).filter(
      (what) => String(placeOf(level, what)) !== String(placeOf(scenario(0), what)),
    )
    expect(moved.length).toBeGreaterThan(15)
  })
})

describe('moveLevel', () => {
  const step = { moves: null, step: 0.1, maxX: 0.9, maxY: 0.4 }

  it('leaves a playable level playable, and everything but places as it was', () => {
    for (let seed = 0; seed < 300; seed++) {
      const parent = drawAnyLevel(stream(seed, 'any-level'))
      const child = moveLevel(parent, step, stream(seed, 'move'))
      expect(findDefect(child)).toBeNull()
      const still = (level: FootballLevel) => ({
        ...level,
        ball: null,
        left: level.left.map((player) => ({ ...player, x: 0, y: 0 })),
        right: level.right.map((player) => ({ ...player, x: 0, y: 0 })),
      })
      expect(still(child)).toEqual(still(parent))
      expect([child.left[0], child.right[0]]).toEqual([parent.left[0], parent.right[0]])
    }
  })

  it('moves as many as it is asked to', () => {
    for (const moves of [1, 3, 21, 22]) {
      const child = moveLevel(ELEVEN, { ...step, moves }, stream(moves))
      const moved = movablesOf(child).filter(
        (what) => String(placeOf(child, what)) !== String(placeOf(ELEVEN, what)),
      )
      expect(moved).toHaveLength(Math.min(moves, 21))
    }
  })

  it('adds noise of the standard deviation asked for', () => {
    const far = parseLevel('left:\nGK -1 0\nright:\nGK -1 0')
    const places = Array.from({ length: 2000 }, (_, i) =>
      moveLevel(far, { ...step, step: 0.03 }, stream('noise', i)),
    ).map(({ ball }) => ball)
    for (const axis of [0, 1]) {
      expect(Math.abs(mean(places.map((place) => place[axis])))).toBeLessThan(0.003)
      const deviation = Math.sqrt(mean(places.map((place) => place[axis] ** 2)))
      expect(deviation).toBeGreaterThan(0.0285)
      expect(deviation).toBeLessThan(0.0315)
    }
  })

  it('stops at the edge of the box; what starts beyond it moves no further out', () => {
    const edge = parseLevel(
      'ball: 0.99 0.41\nleft:\nGK -1 0\nCF 0.89 0\nright:\nGK -1 0\nCB 0 0.39',
    )
    for (let seed = 0; seed < 200; seed++) {
      const child = moveLevel(edge, step, stream(seed))
      expect(child.ball[0]).toBeLessThanOrEqual(edge.ball[0])
      expect(child.ball[1]).toBeLessThanOrEqual(edge.ball[1])
      expect(child.left[1].x).toBeLessThanOrEqual(Math.fround(0.9))
      expect(child.right[1].y).toBeLessThanOrEqual(Math.fround(0.4))
    }
  })
})

describe('footballFeatures', () => {
  it('measures a level by hand', () => {
    const level = parseLevel(
      'ball: 0.5 0\nleft:\nGK -1 0\nCF 0.4 0\nCM 0 0.1\nright:\nGK -1 0\nCB -0.75 0',
    )
    const found = footballFeatures(level)
    const expected = {
      ball_x: 0.5,
      ball_y: 0,
      ball_to_left_goal: 27.2 + 55,
      ball_to_right_goal: 55 - 27.2,
      left_players: 3,
      left_to_ball: 27.2 - 22,
      left_outfield_to_ball: 27.2 - 22,
      left_behind_ball: 3,
      left_mean_x: 11,
      left_spread: Math.hypot(11, 4.248),
      right_players: 2,
      right_to_ball: 41.25 - 27.2,
      right_outfield_to_ball: 41.25 - 27.2,
      right_behind_ball: 2,
      right_mean_x: 41.25,
      right_spread: 0,
    }
    expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort())
    for (const [name, value] of Object.entries(expected)) expect(found[name]).toBeCloseTo(value, 4)
  })

  it('leaves out what a lone keeper has not', () => {
    const found = footballFeatures(parseLevel('left:\nGK -1 0\nright:\nGK -1 0'))
    expect(found).not.toHaveProperty('left_mean_x')
    expect(Object.values(found).every(Number.isFinite)).toBe(true)
  })
})
