/**
 * Asking others for work that takes time, may fail and may cost money. What is asked and what comes back is opaque here; the limits
 * are kept for any kind of question.
 */

export interface AskLimits {
  /** Calls under way at a time; what is asked beyond them waits, in the order of asking. At least 1. */
  readonly concurrency: number
  /** Seconds until a call that has not been answered is given up. */
  readonly deadlineSeconds: number
  /**
   * How often a question may be sent again after a failure that another try may mend. A failure may say that too much is asked (`slowDown`,
   * `retryAfterSeconds` among its fields): then nobody is asked for a while, and fewer at a time from then on.
   */
  readonly retries: number
  /** Caps of the whole run, each absent where there is none. Calls, those sent again among them. */
  readonly calls?: number
  /** As the answers count them. */
  readonly tokens?: number
  /** In the unit of the answers. */
  readonly money?: number
  /** That calls take, added up over all of them. */
  readonly seconds?: number
}

/** What an answer cost beside one call. */
export interface AskCost {
  readonly tokens?: number
  readonly money?: number
}

/**
 * What was spent. `calls`, `tokens` and `money` are those of the answers, and the same whenever the same questions are answered,
 * in whatever order; `retries` and `seconds` are what the world made of it.
 */
export interface AskSpent {
  /** Answered. */
  readonly calls: number
  /** Sent beside those: again, or in vain. */
  readonly retries: number
  readonly tokens: number
  /** In billionths: sums of whole numbers do not depend on their order. */
  readonly nanoMoney: number
  readonly seconds: number
}

export interface Asker<Question, Answer> {
  /**
   * Resolves with the answer, once it is this question's turn and it was answered.
   * @param signal takes the question back
   * @throws AgonError `service/cap` before a call that a cap does not allow; `service/deadline` and what the call failed with, after
   * the last retry
   */
  ask(question: Question, signal?: AbortSignal): Promise<Answer>
  /** Counts an answer of an earlier call that was kept, and is not asked for again. */
  recall(answer: Answer): void
  spent(): AskSpent
  /**
   * Goes back to the counts of a cut. What was spent since then is spent: its calls and their costs still count against the caps
   * until the same answers are given or recalled again.
   */
  restore(spent: AskSpent): void
  /** Nothing is asked from now on: all that waits, and all that is under way, ends with `reason`. */
  close(reason: Error): void
}
