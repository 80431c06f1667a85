import type { RandomStream } from '../../../core/random.ts'
import { drawFreeCell } from '../free-cell.ts'
import type { Direction, MazeLevel } from '../level.ts'

export interface WallOptions {
  readonly height: number
  readonly width: number
  /** At most height · width − 2. */
  readonly nWalls: number
  readonly replacement: boolean
  readonly sampleNWalls: boolean
}

/**
 * The generator of minimax and JaxUED: wall draws over all cells, then the agent on a free cell, its direction, then
 * the goal on another free cell. With replacement 60 draws on 13 × 13 leave 50.6 walls on average.
 */
export function generateWalls(options: WallOptions, stream: RandomStream): MazeLevel {
  const { height, width } = options
  const walls = new Uint8Array(height * width)
  if (options.nWalls > 0) {
    // The draws beyond the sampled count are replaced by the first one, so at least one wall stands.
    const count = options.sampleNWalls
      ? Math.max(1, stream.integer(options.nWalls))
      : options.nWalls
    if (options.replacement) for (let i = 0; i < count; i++) walls[stream.integer(walls.length)] = 1
    else drawDistinctWalls(walls, count, stream)
  }
  const agent = drawFreeCell(walls, stream)
  const direction = stream.integer(4) as Direction
  const goal = drawFreeCell(walls, stream, agent)
  return { height, width, walls, agent, direction, goal }
}

/** Partial Fisher–Yates over the cells. */
function drawDistinctWalls(walls: Uint8Array, count: number, stream: RandomStream): void {
  const cells = new Uint32Array(walls.length)
  for (let i = 0; i < cells.length; i++) cells[i] = i
  for (let i = 0; i < count; i++) {
    const j = i + stream.integer(cells.length - i)
    walls[cells[j]] = 1
    cells[j] = cells[i]
  }
}
