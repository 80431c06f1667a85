import type { GamePlayed, GameRequest, LeftTeam } from './contract.ts'
import { elitesOf, REFERENCES } from './grids.ts'
import type { BestLevels } from './page.ts'
import { meanOf } from './random-levels.ts'
import type { HistoryLine } from './searches.ts'

/** Seeds of fresh games: none that a search draws, which are of 32 bits as well but are not counted. */
const FIRST_SEED = 1_000_000

/** Elites of all searches with the highest regret. */
export const bestElites = (
  searches: readonly (readonly HistoryLine[])[],
  count: number,
): readonly HistoryLine[] =>
  searches
    .flatMap((history) => [...elitesOf(history).values()])
    .sort((a, b) => (b.objective ?? 0) - (a.objective ?? 0))
    .slice(0, count)

const referenceOf = ({ cell }: HistoryLine): LeftTeam => REFERENCES[cell?.[2] ?? 0]

/** Of each level `repeats` games of cross-play, then as many of self-play. */
export const freshGames = (
  elites: readonly HistoryLine[],
  repeats: number,
): readonly GameRequest[] =>
  elites.flatMap((elite, i) =>
    [referenceOf(elite), 'target' as const].flatMap((left) =>
      Array.from({ length: repeats }, (_, repeat) => ({
        ...{ level: elite.level, left, seed: FIRST_SEED + 1000 * i + repeat },
        ...(left !== 'target' && repeat < 4 ? { watch: true as const } : {}),
      })),
    ),
  )

export function freshFigures(
  elites: readonly HistoryLine[],
  repeats: number,
  played: readonly GamePlayed[],
): BestLevels {
  const valuesFrom = (at: number): number[] =>
    played.slice(at, at + repeats).map(({ value }) => value)
  const regrets = elites.map((_, i) => {
    const cross = meanOf(valuesFrom(2 * i * repeats))
    const own = meanOf(valuesFrom((2 * i + 1) * repeats))
    return { value: cross.value - own.value, error: Math.hypot(cross.error, own.error) }
  })
  const crossed = elites.flatMap((_, i) => valuesFrom(2 * i * repeats))
  const watched = played.flatMap(({ weaknesses }) => (weaknesses === undefined ? [] : [weaknesses]))
  const weaknesses: Record<string, number> = {}
  for (const id of watched.flat()) weaknesses[id] = (weaknesses[id] ?? 0) + 1
  const share = (of: number) => crossed.filter((value) => value === of).length / crossed.length
  return {
    ...{ levels: elites.length, repeats, weaknesses, games: watched.length },
    archived: meanOf(elites.map(({ objective }) => objective ?? 0)).value,
    fresh: meanOf(regrets.map(({ value }) => value)),
    surely: regrets.filter(({ value, error }) => value > 2 * error).length,
    referenceScores: share(1),
    targetScores: share(-1),
  }
}
