import { stream } from '../core/random.ts'
import type { EvaluationReport, LevelResult, Recording } from './contract.ts'
import type { Measurement } from './measurement.ts'
import type { PieceResult } from './piece.ts'
import type { EvaluationPlan } from './plan.ts'
import { bootstrapInterval, mean } from './stats.ts'

/** Puts the pieces of an evaluation, in their order, into its report. */
export function assembleReport(
  plan: Pick<EvaluationPlan<unknown>, 'random'> & {
    readonly entries: readonly { readonly name: string }[]
  },
  request: Measurement,
  pieces: readonly PieceResult[],
  policySha256: string,
): EvaluationReport {
  const { episodes, seed } = request
  const names = plan.entries.map(({ name }) => name)
  const returns = pieces.flatMap((piece) => [...piece.returns])
  const lengths = pieces.flatMap((piece) => [...piece.lengths])
  const solved = pieces.flatMap((piece) => [...piece.solved])
  const levels = names.map((name, entry): LevelResult => {
    const from = entry * episodes
    const to = from + episodes
    return {
      name,
      episodes,
      solvedRate: mean(solved.slice(from, to)),
      meanReturn: mean(returns.slice(from, to)),
      meanLength: mean(lengths.slice(from, to)),
      returns: returns.slice(from, to),
      lengths: lengths.slice(from, to),
    }
  })
  const rates = levels.map((level) => level.solvedRate)
  const suite = request.levels === undefined ? request.suite : 'levels'
  return {
    suite,
    episodes,
    seed,
    solvedRate: mean(rates),
    meanReturn: mean(levels.map((level) => level.meanReturn)),
    solvedInterval: bootstrapInterval(rates, mean, stream(seed, 'evaluation', suite, 'bootstrap')),
    levels,
    recordings: pieces.flatMap((piece) =>
      piece.recordings.map(
        ({ pair, level, actions }): Recording => ({
          name: names[Math.floor(pair / episodes)],
          level,
          dynamics: plan.random(pair, 'dynamics').save(),
          actions,
          return: returns[pair],
          solved: solved[pair] === 1,
        }),
      ),
    ),
    policySha256,
  }
}
