import { AgonError } from '../../core/errors.ts'

/** 0 right (+1, 0), 1 down (0, +1), 2 left (−1, 0), 3 up (0, −1). */
export type Direction = 0 | 1 | 2 | 3

/** Column and row steps of the four directions. */
export const DX = [1, 0, -1, 0] as const
export const DY = [0, 1, 0, -1] as const

/**
 * The free parameters of a maze. Only the interior: a ring of wall around it is implied. A cell is the index
 * `row · width + column`, origin top left. Immutable; `walls` is never written after the level was made.
 */
export interface MazeLevel {
  readonly height: number
  readonly width: number
  /** uint8 `[height · width]`, row-major, 1 = wall. */
  readonly walls: Uint8Array
  /** Cell where the agent starts. */
  readonly agent: number
  readonly direction: Direction
  readonly goal: number
  /** Step limit of an episode in this level; absent: the environment's `maxSteps`. */
  readonly maxSteps?: number
  /** True where walls hide what is behind them (the MiniGrid test levels); absent: they do not. */
  readonly occlusion?: true
  /** The memory maze: a second goal that ends the episode without reward, and a cue in the true goal's colour. */
  readonly memory?: MemoryCells
}

/** Both cells block the way. Of the two goals the one with the lower index is red, the other green. */
export interface MemoryCells {
  readonly distractor: number
  readonly cue: number
}

/** Interiors are at most this high or wide. */
export const MAX_SIDE = 1024
export const MAX_STEP_LIMIT = 1_000_000_000

/** What is wrong with a level, and where: `row 3, column 7`, both counted from 1. */
export interface Defect {
  readonly message: string
  readonly place: string
}

export const cellPlace = (cell: number, width: number): string =>
  `row ${Math.floor(cell / width) + 1}, column ${(cell % width) + 1}`

const isSide = (side: number): boolean => Number.isInteger(side) && side >= 1 && side <= MAX_SIDE

/** The first reason why a level cannot be attempted, or null. */
export function findDefect(level: MazeLevel): Defect | null {
  const { height, width, walls, agent, direction, goal, maxSteps, memory } = level
  if (!isSide(height) || !isSide(width))
    return { message: `a maze of ${height} × ${width} is out of bounds`, place: 'size' }
  const cells = height * width
  if (walls.length !== cells)
    return { message: `${walls.length} wall cells for ${height} × ${width}`, place: 'size' }
  if (![0, 1, 2, 3].includes(direction))
    return { message: `direction ${direction} is not 0 to 3`, place: 'direction' }
  if (maxSteps !== undefined && !isStepLimit(maxSteps))
    return { message: `maxSteps ${maxSteps} is not a positive integer`, place: 'maxSteps' }
  const objects: (readonly [string, number])[] = [
    ['agent', agent],
    ['goal', goal],
  ]
  if (memory !== undefined) objects.push(['distractor', memory.distractor], ['cue', memory.cue])
  return findMisplaced(objects, walls, width)
}

export const isStepLimit = (steps: number): boolean =>
  Number.isInteger(steps) && steps >= 1 && steps <= MAX_STEP_LIMIT

function findMisplaced(
  objects: readonly (readonly [string, number])[],
  walls: Uint8Array,
  width: number,
): Defect | null {
  for (let i = 0; i < objects.length; i++) {
    const [name, cell] = objects[i]
    if (!(Number.isInteger(cell) && cell >= 0 && cell < walls.length))
      return { message: `the ${name} is outside the maze`, place: name }
    const place = cellPlace(cell, width)
    if (walls[cell] !== 0) return { message: `the ${name} is on a wall`, place }
    for (let j = 0; j < i; j++)
      if (objects[j][1] === cell)
        return { message: `the ${name} and the ${objects[j][0]} share a cell`, place }
  }
  return null
}

/** @throws AgonError `level/invalid` with the row and column in `place` */
export function assertWellFormed(level: MazeLevel): void {
  const defect = findDefect(level)
  if (defect === null) return
  throw new AgonError('level/invalid', defect.message, {
    place: defect.place,
    remedy: 'agent and goal need two different free cells inside the maze',
  })
}
