import type { RandomStream } from '../../../core/random.ts'
import { drawFreeCell } from '../free-cell.ts'
import { type Direction, DX, DY, type MazeLevel } from '../level.ts'
import type { ProceduralSize } from './procedural.ts'

/** minimax: randomised depth-first search over the even cells; goal, agent on any open cell, then direction. */
export function perfectMazeMinimax(size: ProceduralSize, stream: RandomStream): MazeLevel {
  const { height, width } = size
  const walls = carveDepthFirst(size, stream)
  const goal = drawFreeCell(walls, stream)
  const agent = drawFreeCell(walls, stream, goal)
  return { height, width, walls, agent, direction: stream.integer(4) as Direction, goal }
}

function carveDepthFirst({ height, width }: ProceduralSize, stream: RandomStream): Uint8Array {
  const walls = new Uint8Array(height * width).fill(1)
  const startColumn = 2 * stream.integer((width + 1) / 2)
  const startRow = 2 * stream.integer((height + 1) / 2)
  const stack = [startRow * width + startColumn]
  walls[stack[0]] = 0
  const open: number[] = []
  while (stack.length > 0) {
    const cell = stack[stack.length - 1]
    const column = cell % width
    const row = Math.floor(cell / width)
    open.length = 0
    for (let direction = 0; direction < 4; direction++) {
      const x = column + 2 * DX[direction]
      const y = row + 2 * DY[direction]
      if (x < 0 || y < 0 || x >= width || y >= height || walls[y * width + x] === 0) continue
      open.push(direction)
    }
    if (open.length === 0) {
      stack.pop()
      continue
    }
    const direction = open[stream.integer(open.length)]
    const step = DY[direction] * width + DX[direction]
    walls[cell + step] = 0
    walls[cell + 2 * step] = 0
    stack.push(cell + 2 * step)
  }
  return walls
}

/** dcd: a random spanning tree (Kruskal over shuffled edges); agent and goal on two corners, facing right. */
export function perfectMazeKruskal(size: ProceduralSize, stream: RandomStream): MazeLevel {
  const { height, width } = size
  const corners = [0, width - 1, (height - 1) * width, height * width - 1]
  const first = stream.integer(4)
  const second = (first + 1 + stream.integer(3)) % 4
  const walls = carveSpanningTree(size, stream)
  return { height, width, walls, agent: corners[first], direction: 0, goal: corners[second] }
}

function carveSpanningTree({ height, width }: ProceduralSize, stream: RandomStream): Uint8Array {
  const walls = new Uint8Array(height * width).fill(1)
  // An edge is the cell between two even cells, which lie left and right of it or above and below it.
  const edges: number[] = []
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const cell = row * width + column
      if (row % 2 === 0 && column % 2 === 0) walls[cell] = 0
      else if (row % 2 === 0 || column % 2 === 0) edges.push(cell)
    }
  }
  stream.shuffle(edges)
  const parent = new Int32Array(walls.length)
  for (let i = 0; i < parent.length; i++) parent[i] = i
  for (const edge of edges) {
    const step = Math.floor(edge / width) % 2 === 0 ? 1 : width
    const a = findRoot(parent, edge - step)
    const b = findRoot(parent, edge + step)
    if (a === b) continue
    parent[a] = b
    walls[edge] = 0
  }
  return walls
}

function findRoot(parent: Int32Array, cell: number): number {
  let root = cell
  while (parent[root] !== root) {
    parent[root] = parent[parent[root]]
    root = parent[root]
  }
  return root
}
