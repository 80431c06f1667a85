import type { MazeLevel } from './level.ts'

const FLOOR = '#f7f5f0'
const WALL = '#3b4252'
const GREEN = '#3a9d5d'
const RED = '#c8453b'
const AGENT = '#d9480f'

/** What a frame of an episode adds to the level: the agent's pose now and the square that it sees. */
export interface Frame {
  readonly cell: number
  readonly direction: number
  readonly view: number
}

/** A self-contained `<svg>` of the maze with its wall ring; 10 units a cell. */
export function drawLevel(level: MazeLevel, frame?: Frame): string {
  const { height, width, memory } = level
  const redFirst = memory !== undefined && level.goal < memory.distractor
  const goalColour = redFirst ? RED : GREEN
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-10 -10 ${width * 10 + 20} ${height * 10 + 20}" role="img" aria-label="maze ${height} by ${width}">`,
    `<rect x="-10" y="-10" width="${width * 10 + 20}" height="${height * 10 + 20}" fill="${WALL}"/>`,
    `<rect width="${width * 10}" height="${height * 10}" fill="${FLOOR}"/>`,
    `<path d="${wallPath(level)}" fill="${WALL}"/>`,
    square(level, level.goal, goalColour),
  ]
  if (memory !== undefined) {
    parts.push(square(level, memory.distractor, redFirst ? GREEN : RED))
    const x = (memory.cue % width) * 10 + 5
    const y = Math.floor(memory.cue / width) * 10 + 5
    parts.push(`<circle cx="${x}" cy="${y}" r="3.5" fill="${goalColour}"/>`)
  }
  if (frame !== undefined) parts.push(viewSquare(level, frame))
  parts.push(agentArrow(level, frame?.cell ?? level.agent, frame?.direction ?? level.direction))
  return `${parts.join('')}</svg>`
}

/** One subpath per run of walls in a row. */
function wallPath({ height, width, walls }: MazeLevel): string {
  let path = ''
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      if (walls[row * width + column] === 0) continue
      const start = column
      while (column + 1 < width && walls[row * width + column + 1] !== 0) column++
      path += `M${start * 10} ${row * 10}h${(column - start + 1) * 10}v10H${start * 10}z`
    }
  }
  return path
}

function square({ width }: MazeLevel, cell: number, colour: string): string {
  const x = (cell % width) * 10 + 1
  const y = Math.floor(cell / width) * 10 + 1
  return `<rect x="${x}" y="${y}" width="8" height="8" rx="1" fill="${colour}"/>`
}

/** Drawn facing right, then turned. */
function agentArrow({ width }: MazeLevel, cell: number, direction: number): string {
  const x = (cell % width) * 10 + 5
  const y = Math.floor(cell / width) * 10 + 5
  return `<path d="M4 0L-3 3.5L-1.5 0L-3 -3.5z" fill="${AGENT}" transform="translate(${x} ${y}) rotate(${direction * 90})"/>`
}

function viewSquare({ width }: MazeLevel, { cell, direction, view }: Frame): string {
  const x = (cell % width) * 10 + 5
  const y = Math.floor(cell / width) * 10 + 5
  return `<rect x="-5" y="${-view * 5}" width="${view * 10}" height="${view * 10}" fill="${AGENT}" fill-opacity="0.14" transform="translate(${x} ${y}) rotate(${direction * 90})"/>`
}
