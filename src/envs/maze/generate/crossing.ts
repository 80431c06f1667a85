import type { RandomStream } from '../../../core/random.ts'
import { DX, DY, type MazeLevel } from '../level.ts'
import type { ProceduralSize } from './procedural.ts'

export interface CrossingOptions extends ProceduralSize {
  /** Nominal in the minimax form, exact in MiniGrid's. */
  readonly crossings: number
}

const corners = ({ height, width }: ProceduralSize) =>
  ({ height, width, agent: 0, direction: 0, goal: height * width - 1 }) as const

/**
 * minimax: `crossings` of the odd rows and columns are allotted, but each mask is then shuffled over twice as many
 * places and only its odd ones count, so the number of walls varies. A random monotone walk from corner to corner
 * opens every wall cell that it enters and goes straight on through it.
 */
export function crossingMinimax(options: CrossingOptions, stream: RandomStream): MazeLevel {
  const { height, width, crossings } = options
  const rowLines = Math.floor((height - 1) / 2)
  const columnLines = Math.floor((width - 1) / 2)
  const kinds = stream.shuffle(
    Array.from({ length: rowLines + columnLines }, (_, i) => (i < rowLines ? 0 : 1)),
  )
  let ones = 0
  for (let i = 0; i < crossings; i++) ones += kinds[i]
  // As in the source: the count of column draws goes to the rows and the other way round.
  const rowMask = doubledMask(rowLines, ones, stream)
  const columnMask = doubledMask(columnLines, crossings - ones, stream)
  const walls = new Uint8Array(height * width)
  for (let i = 0; i < walls.length; i++) {
    const row = Math.floor(i / width)
    const column = i % width
    if ((row % 2 === 1 && rowMask[row] === 1) || (column % 2 === 1 && columnMask[column] === 1))
      walls[i] = 1
  }
  openMonotonePath(walls, options, stream)
  return { ...corners(options), walls }
}

function doubledMask(lines: number, count: number, stream: RandomStream): number[] {
  return stream.shuffle(Array.from({ length: lines * 2 }, (_, i) => (i >> 1 < count ? 1 : 0)))
}

function openMonotonePath(
  walls: Uint8Array,
  { height, width }: ProceduralSize,
  stream: RandomStream,
): void {
  let column = 0
  let row = 0
  let direction = 0
  let inWall = false
  for (let step = 0; step < width + height - 2; step++) {
    const drawn = stream.integer(2)
    if (!inWall) direction = drawn
    if (column + DX[direction] >= width || row + DY[direction] >= height) direction = 1 - direction
    column += DX[direction]
    row += DY[direction]
    inWall = walls[row * width + column] === 1
    walls[row * width + column] = 0
  }
}

/**
 * MiniGrid's SimpleCrossing, as in dcd: exactly `crossings` walls, and one opening in each on a random sequence of
 * rooms from corner to corner; walls hide what is behind them.
 */
export function crossingMiniGrid(options: CrossingOptions, stream: RandomStream): MazeLevel {
  const { height, width } = options
  const rivers: { readonly vertical: boolean; readonly at: number }[] = []
  for (let at = 1; at < width - 1; at += 2) rivers.push({ vertical: true, at })
  for (let at = 1; at < height - 1; at += 2) rivers.push({ vertical: false, at })
  const chosen = stream.shuffle(rivers).slice(0, options.crossings)
  const lines = (vertical: boolean): number[] =>
    chosen
      .filter((river) => river.vertical === vertical)
      .map((river) => river.at)
      .sort((a, b) => a - b)
  const columns = lines(true)
  const rows = lines(false)
  const walls = new Uint8Array(height * width)
  for (const row of rows) walls.fill(1, row * width, (row + 1) * width)
  for (const column of columns)
    for (let row = 0; row < height; row++) walls[row * width + column] = 1
  openRooms(walls, { columns: [-1, ...columns, width], rows: [-1, ...rows, height] }, width, stream)
  return { ...corners(options), walls, occlusion: true }
}

function openRooms(
  walls: Uint8Array,
  limits: { readonly columns: readonly number[]; readonly rows: readonly number[] },
  width: number,
  stream: RandomStream,
): void {
  const { columns, rows } = limits
  const between = (from: number, to: number): number => from + 1 + stream.integer(to - from - 1)
  const path = stream.shuffle(
    Array.from({ length: columns.length + rows.length - 4 }, (_, i) => i < columns.length - 2),
  )
  let roomColumn = 0
  let roomRow = 0
  for (const acrossColumn of path) {
    if (acrossColumn) {
      const row = between(rows[roomRow], rows[roomRow + 1])
      walls[row * width + columns[++roomColumn]] = 0
    } else {
      const column = between(columns[roomColumn], columns[roomColumn + 1])
      walls[rows[++roomRow] * width + column] = 0
    }
  }
}
