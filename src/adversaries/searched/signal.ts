import { AgonError } from '../../core/errors.ts'
import type { LevelFeatures } from '../../envs/contract.ts'
import type { Outcome, StatisticName } from '../../learners/contract.ts'
import type { Seating } from '../../seats/contract.ts'

/** One game of a candidate, played as often as there are repeats. */
export interface Play {
  /** Which of the candidate's attempts it is for, by reference; null: for all of them. */
  readonly reference: string | null
  readonly seating?: Seating
  /** What its seat got, of one outcome; null where the first episode did not finish. */
  value(outcome: Outcome): number | null
}

export interface Judgement {
  /** Null: the level is not scored. */
  readonly objective: number | null
  readonly values: Readonly<Record<string, number>>
}

export interface PlayedRepeats {
  readonly play: Play
  /** One for each repeat, in their order. */
  readonly outcomes: readonly Outcome[]
}

/** How candidates are played, and what they are worth. */
export interface Signal {
  readonly id: string
  readonly needs: readonly StatisticName[]
  /** References that candidates meet; none: a candidate is attempted by the student alone. */
  readonly references: readonly string[]
  /** @param references that this candidate meets */
  plays(references: readonly string[]): readonly Play[]
  /** @param played of this reference, or of all where there is none */
  judge(
    reference: string | null,
    played: readonly PlayedRepeats[],
    features: LevelFeatures,
    draw: () => number,
  ): Judgement
}

export const signalError = (message: string, remedy: string): AgonError =>
  new AgonError('adversary/signal', message, { place: 'adversary.signal', remedy })
