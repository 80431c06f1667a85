/** What of a session tells whether the other side takes what waits for it. */
export interface Taking {
  /** Whether role messages wait for the other side's receipt. */
  readonly waiting: boolean
  /** Rises whenever the stream drained or a receipt came. */
  readonly progress: number
}

/** `taking` as long as there is progress or nothing waits, `stalled` when there was none for too many beats. */
export type Verdict = 'taking' | 'stalled' | 'stalled again'

/**
 * Notices another side that beats but takes nothing. Called once a heartbeat; after `most` of them without progress it is
 * stalled, and stalled again if another `most` pass, be it on another stream, without any progress since.
 */
export function watchStall(taking: Taking, most: number): () => Verdict {
  let seen = -1
  let beats = 0
  let before = false
  return () => {
    if (!taking.waiting || taking.progress !== seen) {
      seen = taking.progress
      beats = 0
      before = false
      return 'taking'
    }
    beats += 1
    if (beats < most) return 'taking'
    beats = 0
    const verdict = before ? 'stalled again' : 'stalled'
    before = true
    return verdict
  }
}
