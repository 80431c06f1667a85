import type { Kick } from '../record/contract.ts'
import type { Sighting, TeamView, Weakness } from './contract.ts'
import { spellsOf } from './spells.ts'
import { aside, between, fromLine, lastLine, nearest, OTHER_GOAL, opening } from './team-view.ts'

/** As near does an opponent hinder. */
const FREE = 3
const NARROW = 40
const WIDER = 1.5
const PASS_LENGTH = 20
const PASS_WIDTH = 2
const NEAR_GOAL = 20
const HESITATION = 15

/** Shots of the team by its outfield players, with the row in which the ball was still at the foot. */
const shotsOf = (view: TeamView): readonly { readonly shot: Kick; readonly row: number }[] =>
  view
    .kicks('own')
    .filter(({ shot, player }) => shot && player !== 0)
    .map((shot) => ({ shot, row: shot.row - 1 }))

export const narrowShot: Weakness = {
  id: 'narrow-shot',
  sentence: 'Shoots from a narrow angle instead of moving to the middle.',
  measures: 'degrees between the shooter and the line straight out of the goal',
  threshold: `more than ${NARROW}°, with no opponent within ${FREE} m: shots of the reference engine without a keeper are on target at 0.4 or less from there, at 0.7 and more within 34°`,
  find: (view) =>
    shotsOf(view).flatMap(({ shot, row }) => {
      const place = view.place(row, 'own', shot.player)
      const value = aside(place)
      const hindered = nearest(view, row, 'other', view.everybody(row, 'other'), place) < FREE
      return value > NARROW && !hindered ? [{ row, player: shot.player, value }] : []
    }),
}

export const noPass: Weakness = {
  id: 'no-pass',
  sentence: 'Shoots although a free team-mate is better placed.',
  measures: 'the goal’s opening as the team-mate sees it over that as the shooter does',
  threshold: `${WIDER} and more, for a team-mate onside, within ${PASS_LENGTH} m, no opponent within ${FREE} m of him nor within ${PASS_WIDTH} m of the line to him: such passes arrived in the reference engine`,
  find: (view) =>
    shotsOf(view).flatMap(({ shot, row }) => {
      const own = opening(view.place(row, 'own', shot.player))
      const openings = mates(view, row, shot.player).map((mate) =>
        opening(view.place(row, 'own', mate)),
      )
      const value = Math.max(0, ...openings) / own
      return value >= WIDER ? [{ row, player: shot.player, value }] : []
    }),
}

/** Who could be passed to. */
function mates(view: TeamView, row: number, passer: number): readonly number[] {
  const from = view.place(row, 'own', passer)
  const line = Math.max(lastLine(view, row), view.ball(row)[0])
  const others = view.everybody(row, 'other')
  return view.outfield(row, 'own').filter((mate) => {
    const to = view.place(row, 'own', mate)
    if (mate === passer || to[0] > line || between(from, to) > PASS_LENGTH) return false
    if (nearest(view, row, 'other', others, to) < FREE) return false
    return others.every((other) => fromLine(view.place(row, 'other', other), from, to) > PASS_WIDTH)
  })
}

export const sprintShot: Weakness = {
  id: 'sprint-shot',
  sentence: 'Shoots while it sprints, and so less accurately.',
  measures: 'speed of the shooter in m/s',
  threshold:
    'sprint is held in the row before the ball goes; the built-in AI holds nothing and is never seen',
  find: (view) =>
    shotsOf(view).flatMap(({ shot: { player }, row }) =>
      view.sprints(row, player)
        ? [{ row, player, value: Math.hypot(...view.velocity(row, 'own', player)) }]
        : [],
    ),
}

export const slowToShoot: Weakness = {
  id: 'slow-to-shoot',
  sentence: 'Hesitates before it shoots.',
  measures: `steps with the ball within ${NEAR_GOAL} m of the goal`,
  threshold: `${HESITATION} and more, ended by a shot or by the other team’s having the ball: a shot takes 8 from the press at most`,
  find: (view) => {
    const shots = view.kicks('own').filter(({ shot }) => shot)
    return spellsOf(view, 'own').flatMap(({ player, from, to }): Sighting[] => {
      let value = 0
      for (let row = from; row <= to; row++)
        if (between(view.ball(row), OTHER_GOAL) <= NEAR_GOAL) value++
      if (player === 0 || value < HESITATION) return []
      const shoots = shots.some((shot) => shot.player === player && ended(shot.row, to))
      return shoots || loses(view, to) ? [{ row: to, player, value }] : []
    })
  },
}

/** The ball leaves the owner's foot some rows after he last had it. */
const ended = (row: number, to: number): boolean => row > to && row <= to + 7

/** Whether the next to have the ball, while it is in play, is of the other team. */
function loses(view: TeamView, to: number): boolean {
  for (let row = to + 1; row < view.rows && view.plays(row); row++) {
    const owner = view.owner(row)
    if (owner !== null) return owner.side === 'other'
  }
  return false
}
