import { HALF_LENGTH } from '../../envs/football/metres.ts'
import type { Kick } from './contract.ts'
import type { GameRows } from './game-row.ts'

// A kick, and a shot, as the statistics of the reference games count them.
const KICK_SPEED = 9
const KICK_GAIN = 4
const KICK_PAUSE = 3
const OWNER_WITHIN = 6
const SHOT_SPEED = 26
const SHOT_DISTANCE = 35
const SHOT_WIDTH = 6

/** In the order of their rows. */
export function kicksOf(game: GameRows): readonly Kick[] {
  const kicks: Kick[] = []
  const speed = (row: number): number => Math.hypot(...game.ballVelocity(row))
  for (let row = 1; row < game.rows; row++) {
    if (game.mode(row) !== 0) continue
    if (speed(row) <= KICK_SPEED || speed(row) - speed(row - 1) <= KICK_GAIN) continue
    const last = lastOwner(game, row, OWNER_WITHIN)
    if (last < 0) continue
    const team = game.ownerTeam(last) as 0 | 1
    kicks.push({ row, team, player: game.owner(last), shot: isShot(game, row, team) })
    row += KICK_PAUSE
  }
  return kicks
}

/** The newest row, not after `row` and at most `within` before it, in which somebody has the ball; −1 for none. */
export function lastOwner(game: GameRows, row: number, within: number): number {
  for (let back = row; back >= 0 && back >= row - within; back--)
    if (game.ownerTeam(back) >= 0) return back
  return -1
}

/** Fast, from near the other goal, and its straight line meets the goal line near the goal. */
function isShot(game: GameRows, row: number, team: 0 | 1): boolean {
  const ahead = team === 0 ? 1 : -1
  const [x, y] = game.ball(row)
  const [vx, vy, vz] = game.ballVelocity(row)
  const left = HALF_LENGTH - x * ahead
  if (Math.hypot(vx, vy, vz) <= SHOT_SPEED || vx * ahead <= 0) return false
  if (Math.hypot(left, y) > SHOT_DISTANCE) return false
  return Math.abs(y + (vy * left) / (vx * ahead)) <= SHOT_WIDTH
}
