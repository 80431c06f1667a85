import type { Sighting, TeamView, Weakness } from './contract.ts'
import { between, fromLine, nearest, OWN_GOAL } from './team-view.ts'

const LINE = 2
const THERE = 15
const AT_HAND = 2
const AWAY = 2
const HELD = 10
const LEFT_BEHIND = 1

export const poorLine: Weakness = {
  id: 'poor-line',
  sentence: 'Takes a bad line to the attacker: nobody stands between a shot and the goal.',
  measures:
    'metres of the nearest defender but the keeper from the ball and from its line to the goal',
  threshold: `more than ${LINE} m, with ${AT_HAND} of them and more within ${THERE} m of the shooter: from ${LINE} m aside no defender of the reference engine got a pass`,
  find: (view) =>
    view.kicks('other').flatMap(({ row: kicked, shot }) => {
      const row = kicked - 1
      const ball = view.ball(row)
      const defenders = view.outfield(row, 'own').map((player) => view.place(row, 'own', player))
      const near = defenders.filter((place) => between(place, ball) <= THERE)
      if (!shot || near.length < AT_HAND) return []
      const value = Math.min(
        ...defenders.map((place) =>
          Math.min(fromLine(place, ball, OWN_GOAL), between(place, ball)),
        ),
      )
      return value > LINE ? [{ row, value }] : []
    }),
}

export const wrongWay: Weakness = {
  id: 'wrong-way',
  sentence: 'The whole team runs the wrong way and leaves an attacker alone.',
  measures: 'mean speed of the outfield players away from the ball in m/s',
  threshold: `${AWAY} and more for ${HELD} steps, while the other team has the ball and at most ${LEFT_BEHIND} of them is between it and the goal`,
  find: (view) => {
    const found: Sighting[] = []
    let held = 0
    for (let row = 0; row < view.rows; row++) {
      const away = attackerAlone(view, row) ? speedAway(view, row) : 0
      held = away >= AWAY ? held + 1 : 0
      if (held === HELD) found.push({ row, value: away })
    }
    return found
  },
}

function attackerAlone(view: TeamView, row: number): boolean {
  if (!view.plays(row) || view.owner(row)?.side !== 'other') return false
  const [x] = view.ball(row)
  const behind = view.outfield(row, 'own').filter((player) => view.place(row, 'own', player)[0] < x)
  return behind.length <= LEFT_BEHIND
}

function speedAway(view: TeamView, row: number): number {
  const ball = view.ball(row)
  const players = view.outfield(row, 'own')
  let sum = 0
  for (const player of players) {
    const [x, y] = view.place(row, 'own', player)
    const [vx, vy] = view.velocity(row, 'own', player)
    const distance = Math.max(1e-6, Math.hypot(x - ball[0], y - ball[1]))
    sum += (vx * (x - ball[0]) + vy * (y - ball[1])) / distance
  }
  return players.length === 0 ? 0 : sum / players.length
}

const REACH = 20
const CLOSER = 1
const LOOSE_SPEED = 5
const LOW = 1
const BACK = 1
const TURNED = 5

export const ballLeft: Weakness = {
  id: 'ball-left',
  sentence: 'Ignores a chance to reach the ball first and score.',
  measures: 'speed of the nearest player away from the ball in m/s',
  threshold: `${BACK} and more for ${TURNED} steps, with a loose ball on the ground in the other half, slower than ${LOOSE_SPEED} m/s, within ${REACH} m of him and ${CLOSER} m nearer to him than to any opponent`,
  find: (view) => {
    const found: Sighting[] = []
    let held = 0
    let last = -1
    for (let row = 0; row < view.rows; row++) {
      const leaving = leavesBall(view, row)
      held = leaving === null ? 0 : leaving.player === last ? held + 1 : 1
      last = leaving?.player ?? -1
      if (leaving !== null && held === TURNED) found.push(leaving)
    }
    return found
  },
}

function leavesBall(view: TeamView, row: number): (Sighting & { readonly player: number }) | null {
  const ball = view.ball(row)
  if (!view.plays(row) || view.owner(row) !== null || ball[0] <= 0 || view.height(row) > LOW)
    return null
  if (Math.hypot(...view.ballVelocity(row)) > LOOSE_SPEED) return null
  let player = -1
  let distance = Number.POSITIVE_INFINITY
  for (const one of view.outfield(row, 'own')) {
    const far = between(view.place(row, 'own', one), ball)
    if (far < distance) [player, distance] = [one, far]
  }
  const theirs = nearest(view, row, 'other', view.everybody(row, 'other'), ball)
  if (player < 0 || distance > REACH || theirs - distance < CLOSER) return null
  const [x, y] = view.place(row, 'own', player)
  const [vx, vy] = view.velocity(row, 'own', player)
  const value = (vx * (x - ball[0]) + vy * (y - ball[1])) / Math.max(1e-6, distance)
  return value >= BACK ? { row, player, value } : null
}
