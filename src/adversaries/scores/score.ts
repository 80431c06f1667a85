import type { LevelFeatures } from '../../envs/contract.ts'
import type { EpisodeSummary, StatisticName } from '../../learners/contract.ts'
import type { Visit } from '../contract.ts'

/** What a score is computed from: one level, attempted in one cycle. */
export interface LevelRecord {
  /**
   * Finished episodes of each student on the level, all repeats and seats together, in the order of the
   * outcomes. Students without a finished episode have an empty list. Protagonist first, then antagonist.
   */
  readonly students: readonly (readonly EpisodeSummary[])[]
  /** Highest undiscounted return ever seen on the level, these episodes included. */
  readonly maxReturn: number
  readonly features: LevelFeatures
  /** Discount γ of the students, where a score needs it. */
  readonly discount?: number
  /** A fresh uniform draw in [0, 1). */
  readonly draw: number
  /** The last attempts of the level, this one included, the oldest first; absent where no score asks. */
  readonly visits?: readonly Visit[]
}

/** A score: pure, higher means more worth replaying; −∞ where no episode finished. */
export interface Score {
  readonly id: string
  readonly about: string
  readonly needs: readonly StatisticName[]
  /** Fewest and most students whose attempts on the *same* level it compares. */
  readonly students: readonly [number, number]
  readonly needsDiscount?: boolean
  /** How many visits of a level it looks at; absent: none. */
  readonly visits?: number
  readonly evaluate: (level: LevelRecord) => number
}
