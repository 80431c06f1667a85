import { DX, DY, type MazeLevel } from './level.ts'

/** 1 where the agent cannot go: walls, and the cells of a memory maze that block the way. */
export function blockedCells(level: MazeLevel): Uint8Array {
  const blocked = level.walls.slice()
  if (level.memory !== undefined) {
    blocked[level.memory.distractor] = 1
    blocked[level.memory.cue] = 1
  }
  return blocked
}

/** The cell one step from `cell`, or −1 outside. */
function neighbour(level: MazeLevel, cell: number, direction: number): number {
  const column = (cell % level.width) + DX[direction]
  const row = Math.floor(cell / level.width) + DY[direction]
  if (column < 0 || row < 0 || column >= level.width || row >= level.height) return -1
  return row * level.width + column
}

/** 4-neighbour moves from agent to goal, the goal's cell included; 0 if the goal cannot be reached. */
export function shortestPath(level: MazeLevel): number {
  const seen = blockedCells(level)
  const queue = new Int32Array(seen.length)
  const distance = new Int32Array(seen.length)
  queue[0] = level.agent
  seen[level.agent] = 1
  let filled = 1
  for (let at = 0; at < filled; at++) {
    for (let direction = 0; direction < 4; direction++) {
      const next = neighbour(level, queue[at], direction)
      if (next < 0 || seen[next] !== 0) continue
      distance[next] = distance[queue[at]] + 1
      if (next === level.goal) return distance[next]
      seen[next] = 1
      queue[filled++] = next
    }
  }
  return 0
}

/**
 * Fewest turns and forward moves until the goal is entered: breadth-first over the 4·h·w poses.
 * Null if the goal cannot be reached.
 */
export function minActions(level: MazeLevel): number | null {
  const blocked = blockedCells(level)
  // A pose is cell · 4 + direction; −1 = not seen.
  const distance = new Int32Array(blocked.length * 4).fill(-1)
  const queue = new Int32Array(blocked.length * 4)
  queue[0] = level.agent * 4 + level.direction
  distance[queue[0]] = 0
  let filled = 1
  for (let at = 0; at < filled; at++) {
    const pose = queue[at]
    const direction = pose & 3
    const ahead = neighbour(level, pose >> 2, direction)
    if (ahead === level.goal) return distance[pose] + 1
    const cell = pose - direction
    for (let action = 0; action < 3; action++) {
      let next = cell + ((direction + (action === 0 ? 3 : 1)) & 3)
      if (action === 2) {
        if (ahead < 0 || blocked[ahead] !== 0) continue
        next = ahead * 4 + direction
      }
      if (distance[next] >= 0) continue
      distance[next] = distance[pose] + 1
      queue[filled++] = next
    }
  }
  return null
}

export function countWalls(level: MazeLevel): number {
  let count = 0
  for (const wall of level.walls) count += wall
  return count
}

/**
 * Reward of reaching the goal with the `step`-th action (from 1) of an episode of at most `maxSteps`:
 * `1 − 0.9·step/maxSteps`, or 1 without the time penalty.
 */
export const goalReward = (step: number, maxSteps: number, timePenalty: boolean): number =>
  timePenalty ? 1 - (0.9 * step) / maxSteps : 1

/**
 * V* of the initial pose, the first term of perfect regret: `γ^(n−1) · reward(n)` with n = {@link minActions};
 * 0 where the goal cannot be reached within `maxSteps`. JaxUED's own table is one step more pessimistic:
 * `γ^n · reward(n + 1)`.
 */
export function optimalReturn(
  level: MazeLevel,
  rules: { readonly maxSteps: number; readonly timePenalty: boolean; readonly discount: number },
): number {
  const steps = minActions(level)
  const maxSteps = level.maxSteps ?? rules.maxSteps
  if (steps === null || steps > maxSteps) return 0
  return rules.discount ** (steps - 1) * goalReward(steps, maxSteps, rules.timePenalty)
}
