import { AgonError } from '../core/errors.ts'
import type { FootballLevel, LevelPlayer } from '../envs/football/level.ts'
import type { Seat, TeamSeats } from './contract.ts'

export interface Place {
  readonly team: 0 | 1
  readonly player: number
}

/** Who plays whom in a level. */
export interface Seating {
  /** Agents of each team; everybody else is the built-in AI's. */
  readonly agents: readonly [left: number, right: number]
  /** By agent, left first: agent i of a team has the i-th of its players that are not the built-in AI's. */
  readonly places: readonly Place[]
  /** Agents by who plays them, in order. */
  readonly crews: readonly { readonly seat: Seat; readonly agents: readonly number[] }[]
}

const SIDES = ['left', 'right'] as const

/**
 * @param outfieldOnly whether keepers are kept from this policy
 * @throws AgonError `play/seat` for a seat that nobody can take
 */
export function seatPlayers(
  level: FootballLevel,
  teams: readonly [TeamSeats, TeamSeats],
  outfieldOnly: (policy: string) => boolean,
): Seating {
  const places: Place[] = []
  const agents: [number, number] = [0, 0]
  const crews = new Map<string, { seat: Seat; agents: number[] }>()
  for (const team of [0, 1] as const) {
    checkSingles(level, team, teams[team])
    level[SIDES[team]].forEach((at, player) => {
      const seat = seatOf(at, player, teams[team], outfieldOnly)
      if (seat.kind === 'bot') return
      const key = 'name' in seat ? `${seat.kind} ${seat.name}` : seat.kind
      const crew = crews.get(key) ?? { seat, agents: [] }
      crew.agents.push(places.length)
      crews.set(key, crew)
      places.push({ team, player })
      agents[team]++
    })
  }
  return { agents, places, crews: [...crews.values()] }
}

function seatOf(
  { controllable }: LevelPlayer,
  player: number,
  { seat, players = {} }: TeamSeats,
  outfieldOnly: (policy: string) => boolean,
): Seat {
  if (players[player] !== undefined) return players[player]
  if (!controllable) return { kind: 'bot' }
  const keeper = player === 0 && seat.kind === 'policy' && outfieldOnly(seat.name)
  return keeper ? { kind: 'bot' } : seat
}

function checkSingles(level: FootballLevel, team: 0 | 1, { players = {} }: TeamSeats): void {
  const side = SIDES[team]
  for (const [index, seat] of Object.entries(players)) {
    const player = level[side][Number(index)]
    const place = `${side}.${index}`
    if (player === undefined)
      throw new AgonError('play/seat', `the ${side} team has no player ${index}`, {
        place,
        remedy: `its players are 0 to ${level[side].length - 1}`,
      })
    if (!player.controllable && seat.kind !== 'bot')
      throw new AgonError('play/seat', `the level keeps player ${index} with the built-in AI`, {
        place,
      })
  }
}

/**
 * The level with its players given to agents as they are seated, and the teams' difficulties.
 * @throws AgonError `play/level` where a level has other players than the first one
 */
export function seatedLevel(
  level: FootballLevel,
  { places }: Seating,
  teams: readonly [TeamSeats, TeamSeats],
): FootballLevel {
  for (const { team, player } of places)
    if (level[SIDES[team]][player]?.controllable !== true)
      throw new AgonError('play/level', 'the levels differ in which players can be given away', {
        place: `${SIDES[team]}.${player}`,
        remedy: 'play levels of equal teams together',
      })
  const seated = (team: 0 | 1): LevelPlayer[] =>
    level[SIDES[team]].map((at, player) => ({
      ...at,
      controllable: places.some((place) => place.team === team && place.player === player),
    }))
  const difficulty = (team: 0 | 1): number => teams[team].difficulty ?? level.difficulty[team]
  return {
    ...level,
    left: seated(0),
    right: seated(1),
    difficulty: [difficulty(0), difficulty(1)],
  }
}
