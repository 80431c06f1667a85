import type { Sighting, TeamView, Weakness } from './contract.ts'
import { between, lastLine, nearest } from './team-view.ts'

const FREE_KICK = 3
const PLAINLY = 1
const IN_FLIGHT = 60
const AT_BALL = 4

export const offsidePass: Weakness = {
  id: 'offside-pass',
  sentence: 'Passes to a team-mate who is plainly offside.',
  measures: 'metres of the receiver beyond the second-last defender at the pass',
  threshold: `${PLAINLY} and more, followed by a free kick to the other team as he comes to the ball`,
  find: (view) => {
    const passes = view.kicks('own')
    return whistles(view).flatMap((whistle) => {
      const pass = passes.findLast(({ row }) => row < whistle && row >= whistle - IN_FLIGHT)
      if (pass === undefined || !keptSince(view, pass.row, whistle)) return []
      const row = pass.row - 1
      const line = Math.max(lastLine(view, row), view.ball(row)[0], 0)
      const ball = view.ball(whistle - 1)
      const beyond = view
        .outfield(row, 'own')
        .filter((player) => player !== pass.player)
        .filter((player) => between(view.place(whistle - 1, 'own', player), ball) <= AT_BALL)
        .map((player) => view.place(row, 'own', player)[0] - line)
      const value = Math.max(0, ...beyond)
      return value >= PLAINLY ? [{ row, player: pass.player, value }] : []
    })
  },
}

/** First rows of free kicks that the other team takes. */
function whistles(view: TeamView): readonly number[] {
  const rows: number[] = []
  for (let row = 1; row < view.rows; row++) {
    if (view.mode(row) !== FREE_KICK || view.mode(row - 1) === FREE_KICK) continue
    let end = row
    while (end + 1 < view.rows && view.mode(end + 1) === FREE_KICK) end++
    const at = (side: 'own' | 'other') =>
      nearest(view, end, side, view.everybody(end, side), view.ball(end))
    if (at('other') < at('own')) rows.push(row)
  }
  return rows
}

/** Whether the other team had nothing of the ball in between. */
function keptSince(view: TeamView, from: number, to: number): boolean {
  for (let row = from; row < to; row++)
    if (!view.plays(row) || view.owner(row)?.side === 'other') return false
  return true
}

const FREE = 3
const ON_ITS_WAY = 30
const AFTER_THEIRS = 10

export const ownGoal: Weakness = {
  id: 'own-goal',
  sentence: 'Puts the ball into its own goal with nobody near.',
  measures: 'metres from whoever touched it last to the nearest opponent',
  threshold: `more than ${FREE}, with nobody of the other team having had the ball in the second before, and the goal within ${ON_ITS_WAY / 10} s`,
  find: (view) => {
    const found: Sighting[] = []
    for (let goal = 1; goal < view.rows; goal++) {
      if (view.score(goal, 'other') <= view.score(goal - 1, 'other')) continue
      const row = lastTouch(view, goal - 1)
      const owner = row === null ? null : view.owner(row)
      if (row === null || owner?.side !== 'own' || theirsBefore(view, row)) continue
      const place = view.place(row, 'own', owner.player)
      const value = nearest(view, row, 'other', view.everybody(row, 'other'), place)
      if (value > FREE) found.push({ row, player: owner.player, value })
    }
    return found
  },
}

function lastTouch(view: TeamView, before: number): number | null {
  for (let row = before; row >= 0 && row >= before - ON_ITS_WAY; row--)
    if (view.owner(row) !== null) return row
  return null
}

function theirsBefore(view: TeamView, touch: number): boolean {
  for (let row = Math.max(0, touch - AFTER_THEIRS); row < touch; row++)
    if (view.owner(row)?.side === 'other') return true
  return false
}
