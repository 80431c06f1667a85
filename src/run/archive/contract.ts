import type { AttemptStatus, Axis } from '../../adversaries/grid/contract.ts'

/** `archive/archive.json` of a run: what its search has found, the best of each kind of level. */
export interface ArchiveFile {
  readonly format: 1
  /** What was to be large: `cross-play`, `optimal`. */
  readonly objective: string
  readonly axes: readonly Axis[]
  /** Candidates, and those of them that were scored. */
  readonly attempts: number
  readonly scored: number
  readonly cells: number
  readonly filled: number
  /** Their share. */
  readonly coverage: number
  /** Σ (objective − offset) over elites. */
  readonly qdScore: number
  readonly offset: number
  /** Of the elites' objectives; null where there are none. */
  readonly mean: number | null
  readonly max: number | null
  /** By cell, the last axis fastest. */
  readonly elites: readonly ArchiveElite[]
}

export interface ArchiveElite {
  /** Index on each axis. */
  readonly cell: readonly number[]
  readonly id: string
  readonly objective: number
  /** What it was made of. */
  readonly values: Readonly<Record<string, number>>
  readonly descriptor: Readonly<Record<string, number | string>>
  readonly cycle: number
  readonly emitter: string
  readonly operator: string
  readonly parents: readonly string[]
  /** Whether its cell was empty before it. */
  readonly status: AttemptStatus
  /** Of its tasks in their order; null where one did not finish. */
  readonly returns: readonly (number | null)[]
  /** File of the level in its text form, beside this one. */
  readonly level: string
}
