import type { RandomStream } from '../../../core/random.ts'
import { drawFreeCell } from '../free-cell.ts'
import type { Direction, MazeLevel } from '../level.ts'
import type { ProceduralSize } from './procedural.ts'

/** Walls on the middle row and column. Both sides are odd. */
function crossWalls({ height, width }: ProceduralSize): Uint8Array {
  const walls = new Uint8Array(height * width)
  for (let column = 0; column < width; column++) walls[(height >> 1) * width + column] = 1
  for (let row = 0; row < height; row++) walls[row * width + (width >> 1)] = 1
  return walls
}

/** minimax: two doors in each wall, one per half; goal then agent off the cross (not in a door), then direction. */
export function fourRoomsMinimax(size: ProceduralSize, stream: RandomStream): MazeLevel {
  const { height, width } = size
  const cross = crossWalls(size)
  const walls = cross.slice()
  const middleRow = height >> 1
  const middleColumn = width >> 1
  for (const from of [0, middleColumn + 1])
    walls[middleRow * width + from + stream.integer(middleColumn)] = 0
  for (const from of [0, middleRow + 1])
    walls[(from + stream.integer(middleRow)) * width + middleColumn] = 0
  const goal = drawFreeCell(cross, stream)
  const agent = drawFreeCell(cross, stream, goal)
  return { height, width, walls, agent, direction: stream.integer(4) as Direction, goal }
}

/** MiniGrid, as in dcd: one door per wall segment; agent, direction, then goal on any free cell; walls hide. */
export function fourRoomsMiniGrid(size: ProceduralSize, stream: RandomStream): MazeLevel {
  const { height, width } = size
  const walls = crossWalls(size)
  const middleRow = height >> 1
  const middleColumn = width >> 1
  const openColumn = (from: number): void => {
    walls[(from + stream.integer(middleRow)) * width + middleColumn] = 0
  }
  const openRow = (from: number): void => {
    walls[middleRow * width + from + stream.integer(middleColumn)] = 0
  }
  openColumn(0)
  openRow(0)
  openRow(middleColumn + 1)
  openColumn(middleRow + 1)
  const agent = drawFreeCell(walls, stream)
  const direction = stream.integer(4) as Direction
  const goal = drawFreeCell(walls, stream, agent)
  return { height, width, walls, agent, direction, goal, occlusion: true }
}
