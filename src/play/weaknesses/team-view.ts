import { HALF_LENGTH } from '../../envs/football/metres.ts'
import type { GameRows } from '../record/game-row.ts'
import { kicksOf } from '../record/kicks.ts'
import type { Point, Side, TeamView } from './contract.ts'

/** Half the width of a goal's mouth in metres. */
const GOAL_HALF = 3.7

/** @param team 0 left, 1 right */
export function teamView(game: GameRows, team: 0 | 1): TeamView {
  const ahead = team === 0 ? 1 : -1
  const of = (side: Side): 0 | 1 => (side === 'own' ? team : team === 0 ? 1 : 0)
  const turn = (point: readonly number[]): Point => [point[0] * ahead, point[1] * ahead]
  const everybody = (row: number, side: Side): number[] =>
    Array.from({ length: game.players(of(side)) }, (_, player) => player).filter((player) =>
      game.active(row, of(side), player),
    )
  const kicks = kicksOf(game)
  return {
    rows: game.rows,
    plays: (row) => game.mode(row) === 0,
    mode: (row) => game.mode(row),
    owner: (row) => {
      const owner = game.ownerTeam(row)
      if (owner < 0) return null
      return { side: owner === team ? 'own' : 'other', player: game.owner(row) }
    },
    score: (row, side) => game.score(row, of(side)),
    ball: (row) => turn(game.ball(row)),
    height: (row) => game.ball(row)[2],
    ballVelocity: (row) => turn(game.ballVelocity(row)),
    place: (row, side, player) => turn(game.place(row, of(side), player)),
    velocity: (row, side, player) => turn(game.velocity(row, of(side), player)),
    sprints: (row, player) => game.sprints(row, team, player),
    everybody,
    outfield: (row, side) => everybody(row, side).filter((player) => player !== 0),
    kicks: (side) => kicks.filter((kick) => kick.team === of(side)),
  }
}

export const between = (a: Point, b: Point): number => Math.hypot(a[0] - b[0], a[1] - b[1])

/** Metres from the nearest of the players; infinite without any. */
export function nearest(
  view: TeamView,
  row: number,
  side: Side,
  players: readonly number[],
  to: Point,
): number {
  return Math.min(...players.map((player) => between(view.place(row, side, player), to)))
}

/** Metres from `point` to the line from `from` to `to`; infinite where it lies before or behind it. */
export function fromLine(point: Point, from: Point, to: Point): number {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  const length = Math.hypot(dx, dy)
  const along = ((point[0] - from[0]) * dx + (point[1] - from[1]) * dy) / length
  if (!(along > 0 && along < length)) return Number.POSITIVE_INFINITY
  return Math.abs((point[0] - from[0]) * dy - (point[1] - from[1]) * dx) / length
}

export const OTHER_GOAL: Point = [HALF_LENGTH, 0]
export const OWN_GOAL: Point = [-HALF_LENGTH, 0]

/** The angle in degrees that the mouth of the other goal fills from there. */
export function opening([x, y]: Point): number {
  const left = HALF_LENGTH - x
  return ((Math.atan2(GOAL_HALF - y, left) + Math.atan2(GOAL_HALF + y, left)) * 180) / Math.PI
}

/** How many degrees aside of the line straight out of the middle of the other goal. */
export const aside = ([x, y]: Point): number =>
  (Math.atan2(Math.abs(y), HALF_LENGTH - x) * 180) / Math.PI

/** Where the second-last of the others stands: whoever is beyond may be offside. */
export function lastLine(view: TeamView, row: number): number {
  const places = view.everybody(row, 'other').map((player) => view.place(row, 'other', player)[0])
  return places.sort((a, b) => b - a)[1] ?? HALF_LENGTH
}
