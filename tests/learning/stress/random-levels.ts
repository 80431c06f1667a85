import { readFileSync } from 'node:fs'
import { encodeLevel, type FootballLevel, nativeFootball, type Role } from 'agon/envs/football'
import type { GamePlayed, GameRequest, LeftTeam } from './contract.ts'

/** The recorded random levels, and what the original engine's games on them were worth to the left team. */
interface Recorded {
  /** Index → x, y of ten left outfield players, ten right ones and the ball, as the left team sees them. */
  readonly levels: Readonly<Record<string, readonly (readonly [number, number])[]>>
  readonly results: readonly {
    readonly level: number
    readonly reference: string
    readonly outcome: number
  }[]
}

/** By the name in the recording. */
const REFERENCES: Readonly<Record<string, LeftTeam>> = {
  tizero: 'target',
  'builtin_0.95': 'hard',
  'builtin_0.5': 'medium',
  'builtin_0.05': 'easy',
  defensive_passer: 'passer',
}
const ROLES: readonly Role[] = ['RM', 'CF', 'LB', 'CB', 'CB', 'RB', 'CM', 'CM', 'CM', 'LM']

export const readRecorded = (path: string): Recorded => JSON.parse(readFileSync(path, 'utf8'))

/** A recorded level as the simulator plays it. */
function levelOf(places: Recorded['levels'][string]): FootballLevel {
  const base = nativeFootball().scenario('11_vs_11_stochastic', 2)
  const round = (values: readonly number[]): [number, number] => [
    Math.fround(values[0]),
    Math.fround(values[1]),
  ]
  const team = (own: readonly (readonly [number, number])[], keeper: FootballLevel['left'][0]) => [
    { ...keeper, x: -1, y: 0 },
    ...own.map((place, i) => {
      const [x, y] = round(place)
      return { ...base.left[1], x, y, role: ROLES[i], controllable: true, lazy: false }
    }),
  ]
  return {
    ...base,
    ball: round(places[20]),
    left: team(places.slice(0, 10), base.left[0]),
    right: team(
      places.slice(10, 20).map(([x, y]) => [-x, -y] as const),
      base.right[0],
    ),
    difficulty: [1, 1],
    ...{ gameDuration: 128, secondHalf: null, offsides: true, endEpisodeOnScore: true },
    ...{ endEpisodeOnOutOfPlay: false, endEpisodeOnPossessionChange: false, mayOverlap: true },
  }
}

/** Every recorded level against every reference, so many times. */
export const gamesOf = ({ levels }: Recorded, repeats: number): readonly GameRequest[] =>
  Object.values(REFERENCES).flatMap((left) =>
    Object.entries(levels).flatMap(([index, places]) => {
      const level = Buffer.from(encodeLevel(levelOf(places))).toString('base64')
      return Array.from({ length: repeats }, (_, repeat) => ({
        ...{ level, left, seed: 9000 + 100 * Number(index) + repeat },
      }))
    }),
  )

export interface RandomRow {
  readonly name: string
  readonly plays: number
  readonly leftScores: number
  readonly rightScores: number
  /** Mean value to the left team, and its standard error. */
  readonly value: number
  readonly error: number
  /** Of the original engine. */
  readonly recorded: { readonly plays: number; readonly value: number; readonly error: number }
}

export function randomRows(
  recorded: Recorded,
  games: readonly GameRequest[],
  played: readonly GamePlayed[],
): readonly RandomRow[] {
  return Object.entries(REFERENCES).map(([name, left]) => {
    const values = played.flatMap(({ value }, i) => (games[i].left === left ? [value] : []))
    const known = recorded.results.flatMap(({ reference, outcome }) =>
      reference === name ? [outcome] : [],
    )
    const share = (of: number) => values.filter((value) => value === of).length / values.length
    return {
      ...{ name, plays: values.length, leftScores: share(1), rightScores: share(-1) },
      ...meanOf(values),
      recorded: { plays: known.length, ...meanOf(known) },
    }
  })
}

/** Mean and standard error. */
export function meanOf(values: readonly number[]): { value: number; error: number } {
  const value = values.reduce((sum, one) => sum + one, 0) / values.length
  const squares = values.reduce((sum, one) => sum + (one - value) ** 2, 0)
  return { value, error: Math.sqrt(squares / Math.max(1, values.length - 1) / values.length) }
}
