import type { Axis } from '../../adversaries/grid/contract.ts'

/** `retest-<name>.json`: the best levels of an archive, played again with fresh seeds. */
export interface RetestFile {
  readonly format: 1
  readonly objective: string
  readonly axes: readonly Axis[]
  /** What was played again: its file name or address, and the digest of its graph and card; null where others run it. */
  readonly policy: { readonly name: string; readonly sha256: string | null }
  readonly repeats: number
  readonly seed: number
  /** Means over the levels that were scored again. */
  readonly archived: number | null
  readonly fresh: number | null
  /** 95 %, of the mean over levels. */
  readonly interval: readonly [number, number] | null
  /** Share of levels whose fresh mean is above 0, and whose interval is. */
  readonly above: number | null
  readonly surely: number | null
  /** In falling order of what they were worth in the archive. */
  readonly levels: readonly RetestedLevel[]
}

export interface RetestedLevel {
  readonly id: string
  readonly cell: readonly number[]
  /** Of the archive: a maximum over few attempts, and so too high on average. */
  readonly archived: number
  /** Mean over the repeats that were scored; null where none was. */
  readonly fresh: number | null
  /** 95 %, normal approximation; null of fewer than two. */
  readonly interval: readonly [number, number] | null
  readonly scored: number
  /** Means of what it is made of. */
  readonly values: Readonly<Record<string, number>>
}
