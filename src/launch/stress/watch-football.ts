import type { RandomStream } from '../../core/random.ts'
import { firstGameSeed } from '../../envs/football/game-seed.ts'
import type { FootballLevel } from '../../envs/football/level.ts'
import { nativeFootball } from '../../envs/football/native/native-football.ts'
import type { Policy } from '../../inference/contract.ts'
import type { TeamSeats } from '../../play/contract.ts'
import { playMatches } from '../../play/play-matches.ts'
import { gameRows } from '../../play/record/game-row.ts'
import { findWeaknesses } from '../../play/weaknesses/find-weaknesses.ts'
import type { WeaknessesFile } from '../../play/weaknesses/weaknesses-file.ts'
import type { NamedPolicies, Seating } from '../../seats/contract.ts'
import type { OpenPolicies } from '../../seats/open-policies.ts'

/** Games to be played and looked through. */
export interface WatchedGames {
  readonly policies: NamedPolicies
  readonly open: OpenPolicies
  /** The policy that is tested: it plays wherever nobody else is named. */
  readonly target: string
  readonly games: readonly WatchedGame[]
}

export interface WatchedGame {
  readonly title: string
  readonly level: unknown
  readonly seating: Seating
  /** Of the task that it was. */
  readonly seed: number
  readonly dynamics: RandomStream
}

type Found = WeaknessesFile['games'][number]['found']

const SIDES = ['left', 'right'] as const
const BUILT_IN = 'builtin'
/** Games that are stepped together; never changes a result. */
const LANES = 32

/** Matches of those who sit in both teams, in which every player is seen; null where a rule plays that matches do not have. */
export async function watchFootball({
  policies,
  open,
  target,
  games,
}: WatchedGames): Promise<WeaknessesFile | null> {
  const nameIn = ({ seating }: WatchedGame, side: 0 | 1): string => seating[SIDES[side]] ?? target
  const found = new Map<number, Found>()
  const pairs = new Map<string, number[]>()
  for (const [i, game] of games.entries()) {
    const pair = `${nameIn(game, 0)} ${nameIn(game, 1)}`
    pairs.set(pair, [...(pairs.get(pair) ?? []), i])
  }
  for (const own of pairs.values()) {
    const [first] = own
    const teams = [0, 1].map((side) => teamOf(policies, nameIn(games[first], side as 0 | 1)))
    const [left, right] = teams
    if (left === null || right === null) return null
    await playMatches(
      nativeFootball(),
      {
        ...{ teams: [left, right], games: own.length, seed: 0, lanes: LANES, threads: 1 },
        level: (number) => games[own[number]].level as FootballLevel,
        dynamics: (number) => firstGameSeed(games[own[number]].dynamics),
        record: () => true,
      },
      {
        policies: await openAll(open, [left, right]),
        onGame({ index }, recording) {
          if (recording === undefined) return
          const rows = gameRows(recording)
          found.set(own[index], [findWeaknesses(rows, 0), findWeaknesses(rows, 1)])
        },
      },
    )
  }
  return {
    format: 1,
    teams: [namesIn(games, nameIn, 0), namesIn(games, nameIn, 1)],
    games: games.flatMap(({ title, seed }, i) => {
      const own = found.get(i)
      return own === undefined ? [] : [{ title, seed, found: own }]
    }),
  }
}

function teamOf(policies: NamedPolicies, name: string): TeamSeats | null {
  const named = policies[name]
  if (named?.kind === 'source') return { seat: { kind: 'policy', name } }
  if (named?.kind !== 'bot') return null
  const { bot, difficulty } = named
  if (bot === 'random' || bot === 'idle') return { seat: { kind: bot } }
  if (bot !== BUILT_IN) return null
  return { seat: { kind: 'bot' }, ...(difficulty === undefined ? {} : { difficulty }) }
}

async function openAll(
  open: OpenPolicies,
  teams: readonly TeamSeats[],
): Promise<Readonly<Record<string, Policy>>> {
  const opened: Record<string, Policy> = {}
  for (const { seat } of teams) {
    if (seat.kind !== 'policy') continue
    const taken = await open.get(seat.name)
    if (taken.kind === 'policy') opened[seat.name] = taken.policy
  }
  return opened
}

/** `hard, medium`, in the order in which they first play. */
const namesIn = (
  games: readonly WatchedGame[],
  nameIn: (game: WatchedGame, side: 0 | 1) => string,
  side: 0 | 1,
): string => [...new Set(games.map((game) => nameIn(game, side)))].join(', ').slice(0, 200)
