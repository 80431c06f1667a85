import type { GameRows } from '../record/game-row.ts'
import { backAndForth, slowCarrier } from './carrying.ts'
import type { FoundWeaknesses, Weakness } from './contract.ts'
import { ballLeft, poorLine, wrongWay } from './defending.ts'
import { offsidePass, ownGoal } from './giving-away.ts'
import { narrowShot, noPass, slowToShoot, sprintShot } from './shooting.ts'
import { teamView } from './team-view.ts'

/** In the order in which they were published. */
export const WEAKNESSES: readonly Weakness[] = [
  offsidePass,
  ownGoal,
  slowCarrier,
  narrowShot,
  noPass,
  sprintShot,
  backAndForth,
  poorLine,
  wrongWay,
  slowToShoot,
  ballLeft,
]

/**
 * What a team shows in a game, or a part of one.
 * @param team 0 left, 1 right
 */
export function findWeaknesses(game: GameRows, team: 0 | 1): FoundWeaknesses {
  const view = teamView(game, team)
  const found = WEAKNESSES.map(({ id, find }) => [id, find(view)] as const)
  return Object.fromEntries(found.filter(([, sightings]) => sightings.length > 0))
}
