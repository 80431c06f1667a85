/** Which levels of a run are asked for. */
export interface LevelQuery {
  /** The gradient update, from 1; absent with `cycle`: the newest row. */
  readonly update?: number
  readonly cycle?: number
  /** Absent: what the adversary keeps, or what was attempted where it keeps none. */
  readonly view?: Exclude<LevelView, 'kept'>
  readonly slot?: string
  /** What they are ordered by, highest first; absent: the score where there is one. */
  readonly top?: string
  /** Absent: all. */
  readonly limit?: number
}

/** By stage, whose archive it takes over; of a run without stages: empty. */
export type StageSources = Readonly<Record<string, string | undefined>>

/** What the adversary kept after the cycle, what was attempted in it, or what of that a gradient was taken on. */
export type LevelView = 'kept' | 'attempted' | 'trained'

export interface LevelSelection {
  readonly dir: string
  readonly cycle: number
  /** Gradient updates of the run after the cycle. */
  readonly updates: number
  readonly stage?: string
  readonly view: LevelView
  /** As `--top` names it; absent: in the order of the tasks. */
  readonly top?: string
  /** Before the limit. */
  readonly of: number
  readonly levels: readonly SelectedLevel[]
  /** What to know of them, a sentence each. */
  readonly notes: readonly string[]
}

export interface SelectedLevel {
  /** The adversary's id for it, else `<cycle>.<place in the batch>`. */
  readonly name: string
  /** The slots that attempted it, or whose archive it is in; of an archive that all share: none. */
  readonly slots: readonly string[]
  readonly kind: 'new' | 'replay' | 'edit'
  readonly operator: string
  readonly parents: readonly string[]
  readonly generation: number
  /** Whether a gradient was taken on it in this cycle. */
  readonly trained: boolean
  /** Cycle of the first attempt, as far as the log tells. */
  readonly since: number
  /** SHA-256 of the canonical bytes, 16 digits: the same level has the same in every run. */
  readonly digest: string
  readonly level: Uint8Array
  /** Its first parent, and so on back to the generated one, as far as the log tells. */
  readonly ancestry: readonly AncestorLevel[]
  readonly scored?: string
  /** Null: no episode was finished. */
  readonly score?: number | null
  /** Of the attempt, where there was one in this cycle. */
  readonly attempt?: Attempt
}

export interface AncestorLevel {
  readonly name: string
  readonly operator: string
  /** Of its first attempt. */
  readonly since: number
  readonly level: Uint8Array
}

export interface Attempt {
  readonly seed: number
  readonly episodes: number
  /** Means over the finished episodes; null where there are none. */
  readonly return: number | null
  readonly solved: number | null
  readonly length: number | null
}
