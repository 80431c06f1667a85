import type { Axis, GridFigures, GridSpec } from '../../../adversaries/grid/contract.ts'

/** What a search over levels came to, as the page shows it. */
export interface SearchData {
  /** Where the run has stages. */
  readonly stage?: string
  readonly spec: GridSpec
  readonly found: FoundSearch
  /** By falling objective, each with its level drawn where that can be. */
  readonly elites: readonly DrawnElite[]
  /** For maps over two axes that are places in a picture. */
  readonly backdrops: readonly AxisBackdrop[]
  /** What random levels found at the same cost; null where there are too few to compare. */
  readonly beside: BesideRandom | null
  /** Its best levels played again with fresh seeds, by one policy after the other. */
  readonly retests: readonly ShownRetest[]
  /** Of the games that were played on its levels; null where none were looked at. */
  readonly weaknesses: ShownWeaknesses | null
}

/** The fold of a history. */
export interface FoundSearch {
  readonly attempts: number
  readonly scored: number
  /** Cells of the grid. */
  readonly cells: number
  readonly figures: GridFigures
  /** For each axis of categories, its figures by category. */
  readonly parts: readonly AxisFigures[]
  readonly elites: readonly FoundElite[]
}

export interface AxisFigures {
  readonly axis: string
  readonly rows: readonly { readonly name: string; readonly figures: GridFigures }[]
}

export interface FoundElite {
  readonly id: string
  /** Index on each axis. */
  readonly cell: readonly number[]
  readonly objective: number
  readonly values: Readonly<Record<string, number>>
  readonly descriptor: Readonly<Record<string, number | string>>
  readonly cycle: number
  readonly emitter: string
  /** From the attempt itself to the oldest known ancestor, by first parents. */
  readonly lineage: readonly Ancestor[]
  /** Of its tasks; null where one did not finish. */
  readonly returns: readonly (number | null)[]
  readonly level: Uint8Array
}

export interface Ancestor {
  readonly id: string
  readonly operator: string
  readonly objective: number | null
}

export interface DrawnElite extends Omit<FoundElite, 'level'> {
  readonly picture?: string
  /** Its text form in the run directory, where that was written. */
  readonly file?: string
}

export interface AxisBackdrop {
  /** Indices of the axes across and up. */
  readonly axes: readonly [number, number]
  readonly picture: string
  /** Values at the left and the right edge, at the bottom and at the top. */
  readonly x: readonly [number, number]
  readonly y: readonly [number, number]
}

/** A search and random levels after as many attempts. */
export interface BesideRandom {
  /** What the random levels are. */
  readonly random: string
  /** Of each of the two. */
  readonly attempts: number
  readonly searched: GridFigures
  readonly randomly: GridFigures
  /** Cells that only the one or the other has an elite in. */
  readonly only: { readonly searched: number; readonly randomly: number }
  /** Of the cells that both have: where the search's elite is better, and where it is not as good. */
  readonly better: number
  readonly worse: number
  /** Cells in which the search is furthest ahead, furthest first. */
  readonly ahead: readonly AheadCell[]
}

export interface AheadCell {
  readonly cell: readonly number[]
  readonly id: string
  readonly searched: number
  /** Null where random levels found nothing. */
  readonly randomly: number | null
}

export interface ShownRetest extends FreshValue {
  readonly policy: string
  readonly repeats: number
  /** Mean of the same levels in the search's grid. */
  readonly archived: number | null
  readonly levels: Readonly<Record<string, FreshValue>>
}

/** A mean over fresh attempts; null where nothing was scored. */
export interface FreshValue {
  readonly fresh: number | null
  /** 95 %. */
  readonly interval: readonly [number, number] | null
}

/** What both teams of the games on a search's levels showed. */
export interface ShownWeaknesses {
  readonly games: number
  readonly teams: readonly [left: string, right: string]
  readonly rows: readonly ShownWeakness[]
}

export interface ShownWeakness {
  readonly id: string
  readonly sentence: string
  readonly threshold: string
  /** Of each team: moments, and the games that had one. */
  readonly sightings: readonly [number, number]
  readonly games: readonly [number, number]
  /** Games that had one, by their titles, the first few. */
  readonly where: readonly string[]
}

export type { Axis }
