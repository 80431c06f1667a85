import { AGENT_OBJECT, COLOUR_OF, OBJECT_OF } from './cell-code.ts'
import { hideBehindWalls } from './occlusion.ts'
import type { ImageLayout } from './profiles.ts'

/**
 * The egocentric square, V × V: the agent at the bottom centre, looking up. View cell (r, c), r = 0 farthest, is the
 * world cell `agent + (V−1−r)·forward + (c−⌊V/2⌋)·right`.
 */
export interface ViewRules {
  readonly view: number
  readonly layout: ImageLayout
  readonly seeAgent: boolean
}

/**
 * Offsets from the agent's position to the view's cells, int32 `[4 directions, V²]`: row by row for `row-first`, column
 * by column otherwise.
 */
export function viewOffsets(view: number, stride: number, rowFirst: boolean): Int32Array {
  const offsets = new Int32Array(4 * view * view)
  const steps = [1, stride, -1, -stride]
  for (let direction = 0; direction < 4; direction++) {
    const forward = steps[direction]
    const right = steps[(direction + 1) & 3]
    for (let r = 0; r < view; r++) {
      for (let c = 0; c < view; c++) {
        const at = rowFirst ? r * view + c : c * view + r
        offsets[direction * view * view + at] = (view - 1 - r) * forward + (c - (view >> 1)) * right
      }
    }
  }
  return offsets
}

/** What writing a view needs, for grids of one stride. */
export interface ViewTables {
  readonly layout: ImageLayout
  readonly seeAgent: boolean
  readonly view: number
  /** {@link viewOffsets} in the order of the layout. */
  readonly offsets: Int32Array
  /** Where the agent's own cell stands in that order. */
  readonly own: number
}

export function viewTables({ view, layout, seeAgent }: ViewRules, stride: number): ViewTables {
  const rowFirst = layout === 'row-first'
  const own = rowFirst ? (view - 1) * view + (view >> 1) : (view >> 1) * view + view - 1
  return { layout, seeAgent, view, own, offsets: viewOffsets(view, stride, rowFirst) }
}

/** Writes the image of an agent at `position` of `codes`, `3·V²` bytes from `at`; walls hide nothing. */
export function writeView(
  tables: ViewTables,
  codes: Uint8Array,
  position: number,
  direction: number,
  image: Uint8Array,
  at: number,
): void {
  const { offsets, own } = tables
  const cells = tables.view * tables.view
  const planes = tables.layout === 'channel-first'
  const pixel = planes ? 1 : 3
  const channel = planes ? cells : 1
  const from = direction * cells
  let to = at
  for (let i = from; i < from + cells; i++) {
    const code = codes[position + offsets[i]]
    image[to] = OBJECT_OF[code]
    image[to + channel] = COLOUR_OF[code]
    image[to + 2 * channel] = 0
    to += pixel
  }
  if (!tables.seeAgent) return
  image[at + own * pixel] = AGENT_OBJECT
  image[at + own * pixel + 2 * channel] = direction
}

/** The square copied aside, where walls can hide what is behind them; owns its buffers. */
export interface OccludedView {
  /** Cells of the grid, row by row. */
  readonly offsets: Int32Array
  readonly square: Uint8Array
  readonly lit: Uint8Array
  /** For the square itself: a grid of stride V with an agent that looks up. */
  readonly tables: ViewTables
}

export function occludedView(rules: ViewRules, stride: number): OccludedView {
  const { view } = rules
  return {
    offsets: viewOffsets(view, stride, true),
    square: new Uint8Array(view * view),
    lit: new Uint8Array(view * view),
    tables: viewTables({ ...rules, seeAgent: false }, view),
  }
}

/** As {@link writeView}, but hidden cells read as unseen `(0, 0, 0)`. */
export function writeOccludedView(
  occluded: OccludedView,
  seeAgent: boolean,
  codes: Uint8Array,
  position: number,
  direction: number,
  image: Uint8Array,
  at: number,
): void {
  const { offsets, square, lit, tables } = occluded
  const { view, own, layout } = tables
  for (let i = 0; i < square.length; i++)
    square[i] = codes[position + offsets[direction * square.length + i]]
  hideBehindWalls(square, lit, view)
  const up = 3
  writeView(tables, square, (view - 1) * view + (view >> 1), up, image, at)
  if (!seeAgent) return
  const channelFirst = layout === 'channel-first'
  image[channelFirst ? at + own : at + 3 * own] = AGENT_OBJECT
  image[channelFirst ? at + 2 * square.length + own : at + 3 * own + 2] = direction
}
