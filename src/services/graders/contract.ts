/**
 * What the experiment asks a grader once a cycle, when every slot has reported, and what it makes of the answer. Both
 * are JSON: the payloads of an `Ask` and its `Answer`.
 */

export interface GradeQuestion {
  readonly cycle: number
  readonly outcomes: readonly GradedOutcome[]
}

export interface GradedOutcome {
  readonly slot: string
  readonly task: string
  readonly repeat: number
  /** Of the attempt, by name. */
  readonly artefacts: Readonly<Record<string, string>>
  /** Canonical bytes of the task's level as base64; null where it is not known. */
  readonly level: string | null
}

export interface GradeAnswer {
  /** One for each outcome, in any order. */
  readonly statistics: readonly GradeStatistic[]
}

export interface GradeStatistic {
  readonly slot: string
  readonly task: string
  readonly repeat: number
  /** Merged into the extras of the outcome's episodes, which the adversary sees. */
  readonly extras: Readonly<Record<string, number>>
  /** For journal and metrics alone. */
  readonly sealed: Readonly<Record<string, number>>
}
