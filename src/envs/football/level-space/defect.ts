import { type FootballLevel, type LevelPlayer, ROLES } from '../level.ts'
import { METRES_X, METRES_Y, PLAYER_START_X, PLAYER_START_Y } from '../metres.ts'

export const MOST_PLAYERS = 11
export const LONGEST_GAME = 1_000_000

/** How far positions may lie from the centre, with room for rounding. */
const PLAYER_X = 1.0001
const PLAYER_Y = 0.4201
/** Likewise for keepers and lazy players, whom scenarios put out of the way as the reference allows it. */
const FARTHEST = 10
const BALL_X = 1.0111
const BALL_Y = 0.4307

/** Metres between two players at the start. */
export const LEAST_SPACING = 0.3

export type Side = 'left' | 'right'
export const SIDES = ['left', 'right'] as const satisfies readonly Side[]

/** What is wrong with a level, and where. */
export interface Defect {
  readonly message: string
  readonly field: string
  /** Of a player: his team and index. */
  readonly player?: { readonly side: Side; readonly index: number }
}

/** `left player 2, y`, or `gameDuration`. */
export function defectPlace({ player, field }: Defect): string {
  return player === undefined ? field : `${player.side} player ${player.index}, ${field}`
}

/** Of a player, in metres and the left team's frame. */
export function startOf({ x, y }: LevelPlayer, side: Side): readonly [x: number, y: number] {
  const sign = side === 'left' ? 1 : -1
  return [sign * x * PLAYER_START_X, sign * y * PLAYER_START_Y]
}

/** Of the ball, in metres. */
export const ballStart = ([x, y]: FootballLevel['ball']): readonly [x: number, y: number] => [
  x * METRES_X,
  y * METRES_Y,
]

const within = (value: number, most: number): boolean => value >= -most && value <= most

/**
 * The first reason why nobody can play the level, or null. The rules are the simulator's, which has the last word; here
 * they also say where.
 */
export function findDefect(level: FootballLevel): Defect | null {
  for (const side of SIDES) {
    const defect = findTeamDefect(level[side], side)
    if (defect !== null) return defect
  }
  return (
    findBallDefect(level) ??
    (level.mayOverlap ? null : findOverlap(level)) ??
    findNumberDefect(level)
  )
}

function findTeamDefect(team: readonly LevelPlayer[], side: Side): Defect | null {
  if (team.length < 1 || team.length > MOST_PLAYERS)
    return { message: `a team has 1 to ${MOST_PLAYERS} players, not ${team.length}`, field: side }
  for (const [index, player] of team.entries()) {
    const defect = findPlayerDefect(player, index)
    if (defect !== null) return { ...defect, player: { side, index } }
  }
  return null
}

function findPlayerDefect({ x, y, role, lazy }: LevelPlayer, index: number): Defect | null {
  if (!ROLES.includes(role))
    return { message: `'${role}' is none of the roles ${ROLES.join(', ')}`, field: 'role' }
  if (index === 0 && role !== 'GK')
    return { message: `the first player of a team is its keeper GK, not ${role}`, field: 'role' }
  if (index > 0 && role === 'GK') return { message: 'a second keeper', field: 'role' }
  return index === 0 || lazy ? findFar({ x, y }) : findOffPitch({ x, y })
}

function findFar(place: Pick<LevelPlayer, 'x' | 'y'>): Defect | null {
  for (const field of ['x', 'y'] as const)
    if (!within(place[field], FARTHEST))
      return {
        message: `${place[field]} is too far off the pitch, −${FARTHEST} … ${FARTHEST}`,
        field,
      }
  return null
}

function findOffPitch({ x, y }: Pick<LevelPlayer, 'x' | 'y'>): Defect | null {
  if (!within(x, PLAYER_X)) return { message: `${x} is off the pitch, −1 … 1`, field: 'x' }
  if (!within(y, PLAYER_Y)) return { message: `${y} is off the pitch, −0.42 … 0.42`, field: 'y' }
  return null
}

function findBallDefect({ ball: [x, y] }: FootballLevel): Defect | null {
  const field = 'ball'
  if (!within(x, BALL_X)) return { message: `its x, ${x}, is off the pitch, −1.011 … 1.011`, field }
  if (!within(y, BALL_Y))
    return { message: `its y, ${y}, is off the pitch, −0.4306 … 0.4306`, field }
  return null
}

function findOverlap(level: FootballLevel): Defect | null {
  const all = SIDES.flatMap((side) =>
    level[side].map((player, index) => ({ side, index, start: startOf(player, side) })),
  )
  for (const [i, { side, index, start }] of all.entries()) {
    const other = all.slice(0, i).find((one) => metresBetween(one.start, start) < LEAST_SPACING)
    if (other === undefined) continue
    return {
      message: `stands on top of ${other.side} player ${other.index}: leave at least ${LEAST_SPACING} m between them`,
      field: 'x',
      player: { side, index },
    }
  }
  return null
}

export const metresBetween = (
  [ax, ay]: readonly [number, number],
  [bx, by]: readonly [number, number],
): number => Math.hypot(ax - bx, ay - by)

function findNumberDefect({ difficulty, gameDuration, secondHalf }: FootballLevel): Defect | null {
  const low = difficulty.find((share) => !(share >= 0 && share <= 1))
  if (low !== undefined)
    return { message: `a difficulty is 0 … 1, not ${low}`, field: 'difficulty' }
  if (!isWhole(gameDuration, 1, LONGEST_GAME))
    return {
      message: `a game lasts 1 to ${LONGEST_GAME} steps, not ${gameDuration}`,
      field: 'gameDuration',
    }
  if (secondHalf !== null && !isWhole(secondHalf, 0, gameDuration - 1))
    return {
      message: `the second half begins at a step of the game, 0 … ${gameDuration - 1}, not ${secondHalf}`,
      field: 'secondHalf',
    }
  return null
}

const isWhole = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most
