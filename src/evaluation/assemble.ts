import { stream } from '../core/random.ts'
import type { EvaluationReport, LevelResult, Recording } from './contract.ts'
import type { Measurement } from './measurement.ts'
import { measuredInAll, measuredLevel } from './measures.ts'
import type { PieceResult } from './piece.ts'
import type { EvaluationPlan } from './plan.ts'
import { bootstrapInterval, mean } from './stats.ts'

/** Puts the pieces of an evaluation, in their order, into its report. */
export function assembleReport(
  plan: Pick<EvaluationPlan<unknown>, 'random' | 'measures' | 'solvable'> & {
    readonly entries: readonly { readonly name: string }[]
  },
  request: Measurement,
  pieces: readonly PieceResult[],
  policySha256: string,
): EvaluationReport {
  const { episodes, seed } = request
  const suite = request.levels === undefined ? request.suite : 'levels'
  const names = plan.entries.map(({ name }) => name)
  const returns = pieces.flatMap((piece) => [...piece.returns])
  const lengths = pieces.flatMap((piece) => [...piece.lengths])
  const solved = pieces.flatMap((piece) => [...piece.solved])
  const levels = names.map((name, entry): LevelResult => {
    const from = entry * episodes
    const to = from + episodes
    const played = { returns: returns.slice(from, to), lengths: lengths.slice(from, to) }
    return {
      name,
      episodes,
      solvedRate: plan.solvable ? mean(solved.slice(from, to)) : null,
      meanReturn: mean(played.returns),
      meanLength: mean(played.lengths),
      ...measuredLevel(plan.measures, name, played, [seed, suite]),
      ...played,
    }
  })
  const rates = levels.flatMap(({ solvedRate }) => solvedRate ?? [])
  const random = stream(seed, 'evaluation', suite, 'bootstrap')
  return {
    suite,
    episodes,
    seed,
    solvedRate: plan.solvable ? mean(rates) : null,
    meanReturn: mean(levels.map((level) => level.meanReturn)),
    solvedInterval: plan.solvable ? bootstrapInterval(rates, mean, random) : null,
    ...(plan.measures.length === 0
      ? {}
      : { measures: measuredInAll(plan.measures, levels, [seed, suite]) }),
    levels,
    recordings: pieces.flatMap((piece) =>
      piece.recordings.map(
        ({ pair, level, actions }): Recording => ({
          name: names[Math.floor(pair / episodes)],
          level,
          dynamics: plan.random(pair, 'dynamics').save(),
          actions,
          return: returns[pair],
          ...(plan.solvable ? { solved: solved[pair] === 1 } : {}),
        }),
      ),
    ),
    policySha256,
  }
}
