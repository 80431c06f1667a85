/**
 * The ground of one level, in metres. x grows to the right, y upwards; an edge joins each vertex to the next. Immutable.
 */
export interface Terrain {
  /** float64 `[200]`, ascending. */
  readonly x: Float64Array
  /** float64 `[200]`. */
  readonly y: Float64Array
  /** Rectangles in order of creation, float64 `[n, 4]`: left, bottom, right, top. */
  readonly boxes: Float64Array
  /** How many obstacles of each kind there are. */
  readonly counts: ObstacleCounts
}

export interface ObstacleCounts {
  readonly stumps: number
  readonly stairs: number
  readonly pits: number
}

/** Where a terrain takes its numbers from, one after another. */
export interface TerrainDraws {
  /** In [low, high). */
  uniform(low: number, high: number): number
  /** A whole number in [low, high). */
  integer(low: number, high: number): number
  /** In [0, 1). */
  random(): number
}
