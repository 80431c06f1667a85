import type { RandomStream } from '../../../core/random.ts'
import { drawFreeCell } from '../free-cell.ts'
import type { Direction, MazeLevel } from '../level.ts'

export interface ConstructionRules {
  readonly height: number
  readonly width: number
  readonly nWalls: number
  /** Walls, then goal, then agent (every published configuration); otherwise goal, agent, walls. */
  readonly goalLast: boolean
  /** The first action also sets the number of walls of the episode. */
  readonly variableBlocks: boolean
}

/** Actions of one construction episode in dcd: `nWalls + 2`, whatever the first action sets. */
export const constructionLength = (rules: ConstructionRules): number => rules.nWalls + 2

/**
 * dcd's construction game: each action is the cell of the next object. A wall on an occupied cell is wasted, goal and
 * agent remove a wall under them, an agent on the goal goes to a uniform free cell. The start direction is given.
 * @param actions cells, {@link constructionLength} of them
 */
export function construct(
  rules: ConstructionRules,
  actions: ArrayLike<number>,
  direction: Direction,
  stream: RandomStream,
): MazeLevel {
  const { height, width } = rules
  const board = constructed(rules, actions, constructionLength(rules), stream)
  return { height, width, ...board, direction }
}

/** What stands after the first `time` actions; −1 = not placed. */
export function constructed(
  rules: ConstructionRules,
  actions: ArrayLike<number>,
  time: number,
  stream: RandomStream,
): Pick<MazeLevel, 'walls' | 'agent' | 'goal'> {
  const { height, width, goalLast } = rules
  const walls = new Uint8Array(height * width)
  const blocks = rules.variableBlocks
    ? Math.floor((actions[0] / walls.length) * rules.nWalls)
    : rules.nWalls
  const goalStep = goalLast ? blocks : 0
  const agentStep = goalLast ? blocks + 1 : 1
  let goal = -1
  let agent = -1
  for (let step = 0; step < Math.min(time, blocks + 2); step++) {
    const cell = actions[step]
    if (step === goalStep) {
      walls[cell] = 0
      goal = cell
    } else if (step === agentStep) {
      agent = cell === goal ? drawFreeCell(walls, stream, goal) : cell
      // Only of a board that is full of walls.
      if (agent < 0) agent = (cell + 1) % walls.length
      walls[agent] = 0
    } else if (cell !== goal && cell !== agent) walls[cell] = 1
  }
  return { walls, agent, goal }
}

/** Levels of a teacher that plays the construction game uniformly at random: dcd's default for PLR and DR with PLR. */
export function generateByUniformTeacher(
  rules: ConstructionRules,
  stream: RandomStream,
): MazeLevel {
  const direction = stream.integer(4) as Direction
  const actions = new Uint32Array(constructionLength(rules))
  for (let i = 0; i < actions.length; i++) actions[i] = stream.integer(rules.height * rules.width)
  return construct(rules, actions, direction, stream)
}

/**
 * dcd's plain domain randomisation: goal, direction, agent, then walls on distinct cells, `⌊nWalls/2⌋` of them or,
 * with variable blocks, 0 … nWalls−1.
 */
export function generateClutter(
  options: Omit<ConstructionRules, 'goalLast'>,
  stream: RandomStream,
): MazeLevel {
  const { height, width, nWalls } = options
  const walls = new Uint8Array(height * width)
  const goal = drawFreeCell(walls, stream)
  const direction = stream.integer(4) as Direction
  const agent = drawFreeCell(walls, stream, goal)
  const count = !options.variableBlocks
    ? Math.floor(nWalls / 2)
    : nWalls === 0
      ? 0
      : stream.integer(nWalls)
  for (let i = 0; i < count; i++) walls[drawFreeCell(walls, stream, goal, agent)] = 1
  return { height, width, walls, agent, direction, goal }
}
