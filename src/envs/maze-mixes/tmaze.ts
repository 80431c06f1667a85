import { z } from 'zod'
import type { TypedArray } from '../../core/tensor.ts'
import { defineEnvironment } from '../define-environment.ts'
import { createMaze, drawLevel, type MazeOptions, mazeOptions } from '../maze/index.ts'
import type { HiddenEnvironment } from '../posterior-probe.ts'
import { builtByNobody } from './built-by-nobody.ts'
import type { MarkedMaze } from './marked-maze.ts'
import { mixEnvironment } from './mix.ts'
import { playedTMaze, sampleTMaze, tMazeFault, tMazeImages } from './t-maze.ts'

const options = z.strictObject({
  tMazes: z.number().min(0).max(1).default(0.5).describe('Chance that a level is a T-maze.'),
  maze: mazeOptions
    .prefault({})
    .superRefine((maze, context) => {
      builtByNobody(maze, context)
      for (const [field, message] of conflicts(maze))
        context.addIssue({ code: 'custom', path: [field], message })
    })
    .describe('The mazes, and the board of the T-mazes: options of the environment `maze`.'),
})
export type TMazeOptions = z.output<typeof options>

/** What would show which T-maze it is, or leaves no room for one. */
function conflicts({
  observation,
  observePosition,
  height,
  width,
  maxSteps,
}: MazeOptions): (readonly [string, string])[] {
  const found: (readonly [string, string])[] = []
  if (observation === 'map') found.push(['observation', 'a map would show what a T-maze hides'])
  if (observePosition) found.push(['observePosition', 'it would tell T-mazes apart'])
  if (height < 2 || width < 3) found.push(['height', 'a T-maze needs a board of 2 × 3'])
  if (maxSteps < 2) found.push(['maxSteps', 'a T-maze takes two steps: to turn and to move'])
  return found
}

export function createTMaze({ tMazes, maze }: TMazeOptions): HiddenEnvironment<MarkedMaze> {
  const images = tMazeImages(maze)
  return mixEnvironment({
    id: 'tmaze',
    mazes: createMaze(maze),
    view: maze.view,
    mark: {
      name: 't_maze',
      share: tMazes,
      sample: (stream) => sampleTMaze(maze, stream),
      mutate: (_, stream) => ({ level: sampleTMaze(maze, stream), operator: 'redraw' }),
      fault: (level) => tMazeFault(level, maze.view),
      // To turn and to move; the right side pays 1 whenever it is reached.
      features: (_, plain) => ({ ...plain, min_actions: 2, optimal_return: 1 }),
      draw: (level) => drawLevel(level),
    },
    rules: {
      played: playedTMaze,
      hide(lane, out: Readonly<Record<string, TypedArray>>) {
        const image = images[out.direction[lane] as number] as Uint8Array
        ;(out.image as Uint8Array).set(image, lane * image.length)
      },
      paid: (reward) => (reward > 0 ? 1 : -1),
    },
    suite: {
      ...{ suite: 't-mazes', entry: 'TMaze' },
      about: 'T-mazes: nobody solves more than half of them, but by chance.',
    },
    returnRange: [-1, 1],
    resample: (level, stream) =>
      stream.integer(2) === 0 ? level : { ...level, goal: 2 * level.agent - level.goal },
  })
}

/** Mazes among T-mazes whose goal is hidden (ReMiDi): a first move to the wrong side is punished, and nothing tells the sides apart. */
export const environment = defineEnvironment<TMazeOptions, MarkedMaze>({
  id: 'tmaze',
  options,
  create: createTMaze,
})
