import { AgonError } from '../../../core/errors.ts'
import { suggestion } from '../../../core/nearest.ts'
import type { MazeLevel } from '../level.ts'
import { parseLevel } from '../text.ts'
import { PUBLISHED_MAZES, type PublishedMaze } from './published-mazes.ts'

/** A published maze and its levels: one per candidate goal, in row-major order of the goals. */
export interface FixedMaze {
  readonly name: string
  readonly levels: readonly MazeLevel[]
}

function levelsOf({ rows, cue }: PublishedMaze): MazeLevel[] {
  const map = rows.join('\n')
  const goals: number[] = []
  for (let at = map.indexOf('G'); at >= 0; at = map.indexOf('G', at + 1)) goals.push(at)
  return goals.map((goal) => {
    const open = map.replaceAll('G', '.')
    const level = parseLevel(`${open.slice(0, goal)}G${open.slice(goal + 1)}`)
    if (cue === undefined) return level
    // Positions in the text count one line end per row.
    const other = goals.find((candidate) => candidate !== goal)!
    const distractor = other - Math.floor(other / (level.width + 1))
    return { ...level, memory: { distractor, cue } }
  })
}

/**
 * The published maze of this name.
 * @throws AgonError `level/unknown` with the nearest name
 */
export function fixedMaze(name: string): FixedMaze {
  const found = PUBLISHED_MAZES.find((maze) => maze.name === name)
  if (found === undefined)
    throw new AgonError('level/unknown', `there is no maze '${name}'`, {
      remedy: suggestion(
        name,
        PUBLISHED_MAZES.map((maze) => maze.name),
      ),
    })
  return { name, levels: levelsOf(found) }
}
