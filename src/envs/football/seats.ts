import type { FootballLevel, LevelPlayer } from './level.ts'
import { SIDES, type Side } from './level-space/defect.ts'
import type { FootballOptions } from './options.ts'

type Choice = FootballOptions['leftControllable']

/** Which players the agents of an environment may have, whatever the level. */
export interface Seating {
  readonly agents: readonly [left: number, right: number]
  readonly controllable: Readonly<Record<Side, Choice>>
}

export const seatingOf = (options: FootballOptions): Seating => ({
  agents: [options.leftAgents, options.rightAgents],
  controllable: { left: options.leftControllable, right: options.rightControllable },
})

/** The level with `controllable` narrowed to whom the seating allows. */
export function seatedLevel(level: FootballLevel, { controllable }: Seating): FootballLevel {
  if (controllable.left === 'level' && controllable.right === 'level') return level
  const seated = (side: Side): LevelPlayer[] =>
    level[side].map((player, index) => ({
      ...player,
      controllable: player.controllable && chosen(controllable[side], index),
    }))
  return { ...level, left: seated('left'), right: seated('right') }
}

const chosen = (choice: Choice, index: number): boolean =>
  choice === 'level' || (choice === 'outfield' ? index > 0 : choice.includes(index))

/** Why a level has no room for the agents, or null. */
export function findSeatMisfit(level: FootballLevel, seating: Seating): string | null {
  const seated = seatedLevel(level, seating)
  for (const [i, side] of SIDES.entries()) {
    const free = seated[side].filter((player) => player.controllable).length
    if (free < seating.agents[i])
      return `${seating.agents[i]} agents play the ${side} team, which has ${free} players for them`
  }
  return null
}

/** Agents of each seat by their number, left first; a team without agents is no seat. */
export function seatsOf([left, right]: Seating['agents']): Readonly<
  Record<string, readonly number[]>
> {
  const numbers = (from: number, count: number): number[] =>
    Array.from({ length: count }, (_, i) => from + i)
  return {
    ...(left === 0 ? {} : { left: numbers(0, left) }),
    ...(right === 0 ? {} : { right: numbers(left, right) }),
  }
}
