import { type RandomStream, stream } from 'agon/core'
import { decodeLevel, encodeLevel, type FootballLevel } from 'agon/envs/football'
import type { GamePlayed, GameRequest } from './contract.ts'
import { REFERENCES } from './grids.ts'
import { meanOf } from './random-levels.ts'
import type { HistoryLine } from './searches.ts'

/** Deviations of the noise on every place, in field units; the last is MADRID's. */
export const SHIFTS = [0, 0.02, 0.05, 0.1] as const

/** Of the levels that a search found, moved that far. */
export interface ShiftedRow {
  readonly shift: number
  /** Mean regret over levels, and its standard error. */
  readonly value: number
  readonly error: number
}

/** Seeds of their games: of no other game of the study. */
const FIRST_SEED = 3_000_000

/** Each level at each shift: `repeats` games against its reference, then as many of self-play. */
export const shiftedGames = (
  elites: readonly HistoryLine[],
  repeats: number,
): readonly GameRequest[] =>
  SHIFTS.flatMap((shift) =>
    elites.flatMap((elite, i) => {
      const level = shifted(elite.level, shift, stream('shifted', i))
      return [REFERENCES[elite.cell?.[2] ?? 0], 'target' as const].flatMap((left) =>
        Array.from({ length: repeats }, (_, repeat) => ({
          ...{ level, left, seed: FIRST_SEED + 1000 * i + repeat },
        })),
      )
    }),
  )

/** Everybody but the keepers, and the ball, within the box that levels are drawn from. */
function shifted(text: string, shift: number, random: RandomStream): string {
  const level = decodeLevel(new Uint8Array(Buffer.from(text, 'base64')))
  const moved = (at: number, most: number): number =>
    Math.fround(Math.min(most, Math.max(-most, at + shift * random.normal())))
  const place = ([x, y]: readonly [number, number]) => [moved(x, 0.9), moved(y, 0.4)] as const
  const team = (players: FootballLevel['left']) =>
    players.map((player, i) => {
      if (i === 0) return player
      const [x, y] = place([player.x, player.y])
      return { ...player, x, y }
    })
  const [x, y] = place([level.ball[0], level.ball[1]])
  const other: FootballLevel = {
    ...level,
    // In a corner of the box several end up at its edge.
    mayOverlap: true,
    ball: [x, y],
    left: team(level.left),
    right: team(level.right),
  }
  return Buffer.from(encodeLevel(other)).toString('base64')
}

export const shiftedRows = (
  levels: number,
  repeats: number,
  played: readonly GamePlayed[],
): readonly ShiftedRow[] =>
  SHIFTS.map((shift, at) => {
    const valueFrom = (game: number): number =>
      meanOf(played.slice(game, game + repeats).map(({ value }) => value)).value
    const regrets = Array.from({ length: levels }, (_, i) => {
      const first = 2 * repeats * (at * levels + i)
      return valueFrom(first) - valueFrom(first + repeats)
    })
    return { shift, ...meanOf(regrets) }
  })
