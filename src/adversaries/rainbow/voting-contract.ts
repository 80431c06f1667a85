/** What one call of a judge says: which of two, in the order in which they stand in its question; null: it abstains. */
export type Ballot = 'first' | 'second' | null

/** A call of the judge: where the candidate stands, and which of several calls of that order it is. */
export interface Vote {
  /** Distinct within a comparison, so that no cache takes two votes as one. */
  readonly sample: number
  readonly candidateFirst: boolean
}

export interface CastVote extends Vote {
  readonly ballot: Ballot
}
