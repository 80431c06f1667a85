import { defineEnvironment } from '../define-environment.ts'
import { joinProbes } from '../join-probes.ts'
import { createMaze, type MazeLevel, PROFILES } from '../maze/index.ts'
import { overlapProbes } from '../overlap-probes.ts'
import type { HiddenEnvironment } from '../posterior-probe.ts'
import { posteriorProbes } from '../posterior-probes.ts'
import { type HiddenGoalOptions, hiddenGoalOptions } from './options.ts'
import { resampleGoal } from './resample-goal.ts'
import { HiddenGoalVectorEnv } from './vector-env.ts'

export function createHiddenGoal({ maze }: HiddenGoalOptions): HiddenEnvironment<MazeLevel> {
  // The game of a builder is left out: options refuse it.
  const { building: _, ...mazes } = createMaze(maze)
  const planes = maze.observation === 'view' && PROFILES[maze.profile].image === 'channel-first'
  const made: HiddenEnvironment<MazeLevel> = {
    ...mazes,
    spec: { ...mazes.spec, id: 'hidden-goal' },
    vector: (options) => new HiddenGoalVectorEnv(mazes, planes, options),
    resample: (level, stream, taken = []) => resampleGoal(level, stream, taken, maze.solvableOnly),
    ...joinProbes(
      'hidden-goal',
      overlapProbes(() => made),
      posteriorProbes(() => made),
    ),
  }
  return made
}

/** Mazes in which the agent is blind to the goal: it sees walls, and finds the goal by walking into it. */
export const environment = defineEnvironment<HiddenGoalOptions, MazeLevel>({
  id: 'hidden-goal',
  options: hiddenGoalOptions,
  create: createHiddenGoal,
})
