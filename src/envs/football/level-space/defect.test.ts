import { describe, expect, it } from 'vitest'
import { stream } from '../../../core/random.ts'
import type { FootballLevel, LevelPlayer } from '../level.ts'
import { nativeHere } from '../native/testing/native-here.ts'
import { drawAnyLevel } from '../testing/any-level.ts'
import { formatLevel } from '../text/format-level.ts'
import { parseLevel } from '../text/parse-levels.ts'
import { decodeLevel, encodeLevel } from './codec.ts'
import { defectPlace, findDefect } from './defect.ts'

const native = nativeHere()
const level = parseLevel('left:\nGK -1 0\nCF 0.5 0.1\nright:\nGK -1 0\nCB -0.5 0')
const extra = (role: LevelPlayer['role'], x: number, y: number): LevelPlayer => ({
  role,
  x,
  y,
  lazy: false,
  controllable: true,
})
const eleven = Array.from({ length: 11 }, (_, i) => extra(i === 0 ? 'GK' : 'CM', i / 20, 0.2))

const defects: readonly (readonly [string, Partial<FootballLevel>, string, RegExp])[] = [
  ['nobody', { left: [] }, 'left', /1 to 11 players, not 0/],
  ['twelve', { right: [...eleven, extra('CM', 0, -0.2)] }, 'right', /not 12/],
  ['no keeper', { left: [extra('CF', 0, 0)] }, 'left player 0, role', /keeper/],
  ['two keepers', { left: [...level.left, extra('GK', 0, 0)] }, 'left player 2, role', /second/],
  ['off the pitch', { left: [...level.left, extra('CM', 1.1, 0)] }, 'left player 2, x', /1\.1 is/],
  ['a keeper out of sight', { left: [extra('GK', -10.5, 0)] }, 'left player 0, x', /too far/],
  ['a keeper nowhere', { left: [extra('GK', Number.NaN, 0)] }, 'left player 0, x', /too far/],
  ['beside it', { right: [...level.right, extra('CM', 0, -0.5)] }, 'right player 2, y', /-0\.5 is/],
  [
    'nowhere',
    { left: [...level.left, extra('CM', Number.NaN, 0)] },
    'left player 2, x',
    /off the pitch/,
  ],
  [
    'on top of a team-mate',
    { left: [...level.left, extra('CM', 0.5, 0.101)] },
    'left player 2, x',
    /on top of left player 1/,
  ],
  [
    'on top of an opponent',
    { right: [...level.right, extra('CM', -0.501, -0.1)] },
    'right player 2, x',
    /on top of left player 1/,
  ],
  ['a lost ball', { ball: [1.02, 0] }, 'ball', /its x, 1\.02/],
  ['a ball in the stand', { ball: [0, 0.44] }, 'ball', /its y, 0\.44/],
  ['difficulty', { difficulty: [1.5, 0] }, 'difficulty', /not 1\.5/],
  ['no time', { gameDuration: 0 }, 'gameDuration', /not 0/],
  ['half a step', { gameDuration: 1.5 }, 'gameDuration', /not 1\.5/],
  ['a late second half', { secondHalf: 3000 }, 'secondHalf', /not 3000/],
]

/** As bytes and text keep it. */
const roundLevel = (one: FootballLevel): FootballLevel => ({
  ...one,
  left: one.left.map((player) => ({
    ...player,
    x: Math.fround(player.x),
    y: Math.fround(player.y),
  })),
})

/** The simulator's words for what a change breaks. */
function simulatorSays({ left = [], right = [], ...rest }: Partial<FootballLevel>): RegExp {
  if ('ball' in rest) return /the ball lies off the pitch/
  if ('difficulty' in rest) return /a difficulty must be/
  if ('gameDuration' in rest) return /the game must last/
  if ('secondHalf' in rest) return /the second half must begin/
  const team = left.length > 0 ? left : right
  if (team.length === 0 || team.length > 11) return /1 to 11 players/
  if (team[0].role !== 'GK') return /no keeper/
  if (team.filter(({ role }) => role === 'GK').length > 1) return /two keepers/
  return team.some(({ x, y }) => !(Math.abs(x) <= 1 && Math.abs(y) <= 0.42))
    ? /off the pitch/
    : /on top of each other/
}

describe('findDefect', () => {
  it('finds nothing wrong with a level', () => {
    expect(findDefect(level)).toBeNull()
  })

  it.each(defects)('names %s', (_, change, place, message) => {
    const defect = findDefect({ ...level, ...change })
    expect(defect?.message).toMatch(message)
    expect(defect === null ? '' : defectPlace(defect)).toBe(place)
  })

  it('lets keepers and lazy players stand off the pitch, as the reference does', () => {
    const aside = { ...extra('CM', 0, -0.9), lazy: true }
    for (const keeper of [extra('GK', -1.3, 0), { ...extra('GK', -1, 0.6), lazy: true }]) {
      const one = { ...level, left: [keeper, aside, ...level.left.slice(1)] }
      expect(findDefect(one)).toBeNull()
      expect(parseLevel(formatLevel(one))).toEqual(roundLevel(one))
      expect(decodeLevel(encodeLevel(one))).toEqual(roundLevel(one))
      if (native !== null) expect(native.check(one)).toBeNull()
    }
  })

  it('lets a level say that players may share a place', () => {
    const left = [...level.left, extra('CM', 0.5, 0.1)]
    expect(findDefect({ ...level, left })).not.toBeNull()
    expect(findDefect({ ...level, left, mayOverlap: true })).toBeNull()
  })
})

describe.skipIf(native === null)('findDefect and the simulator', () => {
  it('refuse the same defects', () => {
    for (const [name, change] of defects) {
      // The record that crosses to the simulator has neither room for a twelfth nor for half a step.
      if (name === 'half a step') continue
      const wrong = { ...level, ...change }
      let reason: string | null
      try {
        reason = native!.check(wrong)
      } catch (error) {
        reason = (error as Error).message
      }
      expect(reason, name).toMatch(simulatorSays(change))
    }
  })

  it('agree about random levels, spoilt or not', () => {
    let refused = 0
    for (let seed = 0; seed < 2000; seed++) {
      const random = stream(seed, 'spoilt')
      const spoilt = { ...drawAnyLevel(random), mayOverlap: false }
      const team = [...spoilt.left]
      const index = random.integer(team.length)
      const wide = 2.4 * random.uniform() - 1.2
      const high = 1 * random.uniform() - 0.5
      team[index] = { ...team[index], x: Math.fround(wide), y: Math.fround(high) }
      const one = random.integer(3) === 0 ? spoilt : { ...spoilt, left: team }
      const here = findDefect(one)
      expect(native!.check(one) === null, JSON.stringify(here)).toBe(here === null)
      if (here !== null) refused++
    }
    // Lazy players and keepers may stand off the pitch.
    expect(refused).toBeGreaterThan(120)
    expect(refused).toBeLessThan(1700)
  })
})
