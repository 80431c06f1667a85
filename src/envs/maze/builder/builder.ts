import { AgonError } from '../../../core/errors.ts'
import type { RandomStream } from '../../../core/random.ts'
import { drawFreeCell } from '../free-cell.ts'
import type { Direction, MazeLevel } from '../level.ts'

/**
 * The level-building game of minimax as pure functions: a teacher names one cell at a time, first walls, then the
 * goal, then the agent. The record of actions is the state; what is placed follows from it.
 */
export interface BuilderRules {
  readonly height: number
  readonly width: number
  readonly nWalls: number
  /**
   * `fixed`: always `nWalls` wall steps (every PAIRED configuration). `first-action`: an extra first action `a` sets
   * `round(nWalls·a/cells)` wall steps. `first-wall`: that action is also the first wall. Steps beyond are ignored.
   */
  readonly budget: 'fixed' | 'first-action' | 'first-wall'
  /** Whether a wall may be placed on a used cell (and is wasted); otherwise it goes to a uniform unused cell. */
  readonly replaceWalls: boolean
  /** Whether the last action chooses the start direction; otherwise it is drawn at the start. */
  readonly chooseDirection: boolean
}

export interface BuilderState {
  /** Actions so far by step; the last element is the scaled direction. */
  readonly record: Int32Array
  readonly time: number
}

/** Steps of an episode: `nWalls + 2` with a fixed budget. */
export const builderLength = ({ nWalls, budget, chooseDirection }: BuilderRules): number =>
  nWalls + (budget === 'first-action' ? 3 : 2) + (chooseDirection ? 1 : 0)

/** A direction as an action among `cells` ≥ 4 cells; {@link decodeDirection} reads it back. */
export const encodeDirection = (direction: Direction, cells: number): number =>
  Math.ceil((direction / 4) * cells)

export const decodeDirection = (action: number, cells: number): Direction =>
  // Boards of fewer cells have fewer directions, and none beyond the last.
  Math.min(3, Math.floor((4 * action) / cells)) as Direction

export function startBuilder(rules: BuilderRules, stream: RandomStream): BuilderState {
  const length = builderLength(rules)
  const record = new Int32Array(length + (rules.chooseDirection ? 0 : 1))
  if (!rules.chooseDirection) {
    const direction = stream.integer(4) as Direction
    record[record.length - 1] = encodeDirection(direction, rules.height * rules.width)
  }
  return { record, time: 0 }
}

/** Steps at which walls begin, and goal and agent are placed. */
function schedule(rules: BuilderRules, record: Int32Array) {
  if (rules.budget === 'fixed')
    return { firstWall: 0, goal: rules.nWalls, agent: rules.nWalls + 1 } as const
  const firstWall = rules.budget === 'first-action' ? 1 : 0
  const walls = roundHalfEven((rules.nWalls * record[0]) / (rules.height * rules.width))
  return { firstWall, goal: firstWall + walls, agent: firstWall + walls + 1 } as const
}

/** Numpy's and JAX's rounding. */
function roundHalfEven(value: number): number {
  const rounded = Math.round(value)
  return value % 1 === 0.5 && rounded % 2 === 1 ? rounded - 1 : rounded
}

/**
 * One action, a cell. An agent put on the goal goes to a uniform unused cell instead.
 * @throws AgonError `builder/action`, `builder/over`
 */
export function stepBuilder(
  rules: BuilderRules,
  state: BuilderState,
  action: number,
  stream: RandomStream,
): BuilderState {
  const cells = rules.height * rules.width
  const length = builderLength(rules)
  if (state.time >= length) throw new AgonError('builder/over', `all ${length} steps are taken`)
  if (!(Number.isInteger(action) && action >= 0 && action < cells))
    throw new AgonError('builder/action', `action ${action} is not a cell 0 to ${cells - 1}`)
  const record = state.record.slice()
  const { time } = state
  const choosesDirection = rules.chooseDirection && time === length - 1
  record[choosesDirection ? record.length - 1 : time] = action
  if (!choosesDirection && clashes(rules, state, action))
    record[time] = drawUnused(rules, state, action, stream)
  return { record, time: time + 1 }
}

function clashes(rules: BuilderRules, { record, time }: BuilderState, action: number): boolean {
  const { firstWall, goal, agent } = schedule(rules, record)
  if (time === agent && record[goal] === action) return true
  if (rules.replaceWalls || time < firstWall) return false
  return record.subarray(firstWall, time).includes(action)
}

function drawUnused(
  rules: BuilderRules,
  { record, time }: BuilderState,
  action: number,
  stream: RandomStream,
): number {
  const used = new Uint8Array(rules.height * rules.width)
  const { firstWall, goal, agent } = schedule(rules, record)
  for (let step = firstWall; step < time; step++) used[record[step]] = 1
  const cell = drawFreeCell(used, stream)
  if (cell >= 0) return cell
  // A board without an unused cell: an agent may go anywhere but to the goal.
  const next = (action + 1) % used.length
  return time === agent && next === record[goal] ? action : next
}

/** What stands so far; −1 = not placed. Walls under goal and agent are erased. */
export function builtSoFar(rules: BuilderRules, { record, time }: BuilderState) {
  const { height, width } = rules
  const walls = new Uint8Array(height * width)
  const { firstWall, goal: goalStep, agent: agentStep } = schedule(rules, record)
  for (let step = firstWall; step < Math.min(goalStep, time); step++) walls[record[step]] = 1
  const goal = time > goalStep ? record[goalStep] : -1
  const agent = time > agentStep ? record[agentStep] : -1
  if (goal >= 0) walls[goal] = 0
  if (agent >= 0) walls[agent] = 0
  const direction = decodeDirection(record[record.length - 1], height * width)
  return { walls, goal, agent, direction }
}

/** The level of a finished episode. */
export function builtLevel(rules: BuilderRules, state: BuilderState): MazeLevel {
  const length = builderLength(rules)
  if (state.time < length)
    throw new AgonError('builder/unfinished', `${state.time} of ${length} steps are taken`)
  const { height, width } = rules
  return { height, width, ...builtSoFar(rules, state) }
}
