import type { RandomStream } from '../../core/random.ts'
import type { TypedArray } from '../../core/tensor.ts'
import { createMaze, type MazeLevel, type MazeOptions } from '../maze/index.ts'
import { allocateObservations } from '../step-buffers.ts'

/** Facing up. */
const UP = 3
const TURN_RIGHT = 1

/** Cells that the agent sees in the middle of a T-maze, whichever way it faces: at most so far away in rows and columns. */
const reach = (view: number): number => view - 1

/**
 * A T-maze on a board of this size: three open cells in a row, walls as far as the agent can see, the goal left or right of
 * the agent, and anything beyond.
 */
export function sampleTMaze(
  { height, width, view }: Pick<MazeOptions, 'height' | 'width' | 'view'>,
  stream: RandomStream,
): MazeLevel {
  const row = 1 + stream.integer(height - 1)
  const column = 1 + stream.integer(width - 2)
  const agent = row * width + column
  const goal = stream.integer(2) === 0 ? agent - 1 : agent + 1
  const walls = new Uint8Array(height * width).fill(1)
  for (let cell = 0; cell < walls.length; cell++)
    if (!inWindow({ agent, width }, view, cell)) walls[cell] = stream.integer(2)
  walls.fill(0, agent - 1, agent + 2)
  return { height, width, walls, agent, direction: UP, goal }
}

function inWindow(
  { agent, width }: Pick<MazeLevel, 'agent' | 'width'>,
  view: number,
  cell: number,
): boolean {
  const rows = Math.abs(Math.floor(cell / width) - Math.floor(agent / width))
  const columns = Math.abs((cell % width) - (agent % width))
  return rows <= reach(view) && columns <= reach(view)
}

/** Why a maze is no T-maze, or null. */
export function tMazeFault(maze: MazeLevel, view: number): string | null {
  const { agent, goal, width, walls, direction, memory, occlusion } = maze
  const column = agent % width
  if (direction !== UP) return 'the agent of a T-maze faces up'
  if (agent < width || column === 0 || column === width - 1)
    return 'the agent of a T-maze has a cell above it and one on either side'
  if (Math.abs(goal - agent) !== 1) return 'the goal of a T-maze is beside the agent'
  if (memory !== undefined || occlusion === true) return 'a T-maze has neither cue nor occlusion'
  for (let cell = 0; cell < walls.length; cell++) {
    const open = Math.abs(cell - agent) <= 1
    if (open ? walls[cell] !== 0 : walls[cell] === 0 && inWindow(maze, view, cell))
      return `a T-maze has three open cells in a row and walls ${reach(view)} cells around the agent`
  }
  return null
}

/**
 * The maze that is stepped: the wrong side ends the episode as the right one does, and the way up is closed by a cell that,
 * like the other two, nobody gets to see.
 */
export function playedTMaze(maze: MazeLevel): MazeLevel {
  const { agent, goal, width } = maze
  const walls = maze.walls.slice()
  walls[agent - width] = 0
  return { ...maze, walls, memory: { distractor: 2 * agent - goal, cue: agent - width } }
}

/** What every T-maze shows, by direction: a board on which the goal is out of sight. */
export function tMazeImages(options: MazeOptions): readonly TypedArray[] {
  const side = 4 * options.view
  const agent = 2 * options.view * side + 2 * options.view
  const walls = new Uint8Array(side * side).fill(1)
  walls.fill(0, agent - 1, agent + 2)
  walls[0] = 0
  const maze = createMaze(options)
  const env = maze.vector({ slots: 1, autoReset: 'none' })
  const images: TypedArray[] = []
  const out = {
    ...{
      rewards: new Float32Array(1),
      terminated: new Uint8Array(1),
      truncated: new Uint8Array(1),
    },
    observations: allocateObservations(maze.spec, 1),
  }
  const level = { height: side, width: side, walls, agent, direction: UP, goal: 0 } as const
  env.reset([0], [level], out.observations)
  for (let turn = 0; turn < 4; turn++) {
    images[out.observations.direction[0] as number] = out.observations.image.slice()
    env.step(Int32Array.of(TURN_RIGHT), out)
  }
  return images
}
