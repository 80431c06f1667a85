/** A closed line, piece by piece: piece i goes from point i to the next, the last one back to the first. */
export interface CentreLine {
  /** Metres, float64 `[n]`. */
  readonly x: Float64Array
  readonly y: Float64Array
  /** Radians, float64 `[n]`: across the road, to the left of where the line goes. */
  readonly across: Float64Array
}

/** Convex polygons of 3 or 4 corners. */
export interface Shapes {
  readonly count: number
  /** Metres, float64 `[count, 8]`: x and y of each corner, counter-clockwise. */
  readonly corners: Float64Array
  /** uint8 `[count]`: how many corners. */
  readonly sides: Uint8Array
  /** Float64 `[count, 3]`: x, y and radius of a circle around it. */
  readonly circles: Float64Array
}

/** The road of a level. */
export interface Track {
  /** Tiles and kerbs, in the order in which they are painted. */
  readonly shapes: Shapes
  /** uint8 `[shapes]`: 0, 1 or 2 for a tile, 3 for a white kerb, 4 for a red one (`kinds.ts`). */
  readonly kinds: Uint8Array
  /** Int32 `[tiles]`: the shape of each tile. */
  readonly tiles: Int32Array
  readonly line: CentreLine
  /** The place and angle in which a car is put; it looks along its own y. */
  readonly start: { readonly x: number; readonly y: number; readonly angle: number }
}
