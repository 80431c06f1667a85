import { z } from 'zod'
import { elementCount } from '../../core/tensor.ts'
import { defineEnvironment } from '../define-environment.ts'
import { createMaze, drawLevel, mazeOptions } from '../maze/index.ts'
import type { HiddenEnvironment } from '../posterior-probe.ts'
import { builtByNobody } from './built-by-nobody.ts'
import type { MarkedMaze } from './marked-maze.ts'
import { mixEnvironment } from './mix.ts'

const options = z.strictObject({
  blindfolds: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe('Chance that the agent of a level wears a blindfold.'),
  maze: mazeOptions
    .prefault({})
    .superRefine(builtByNobody)
    .describe('The mazes: options of the environment `maze`.'),
})
export type BlindfoldOptions = z.output<typeof options>

/** What an image shows under a blindfold; integer observations are 0. */
const DARK = 10

export function createBlindfold({
  blindfolds,
  maze,
}: BlindfoldOptions): HiddenEnvironment<MarkedMaze> {
  const mazes = createMaze(maze)
  const widths = Object.entries(mazes.spec.observations).map(
    ([name, { shape }]) => [name, elementCount(shape)] as const,
  )
  return mixEnvironment({
    id: 'blindfold',
    mazes,
    view: maze.view,
    mark: {
      name: 'blindfold',
      share: blindfolds,
      sample: (stream) => mazes.levels.sample(stream),
      mutate: (level, stream) => mazes.levels.mutate(level, stream),
      fault: () => null,
      features: (_, plain) => plain,
      draw: (level) => drawLevel(level),
    },
    rules: {
      played: (level) => level,
      hide(lane, out) {
        for (const [name, width] of widths) {
          const seen = out[name] as Uint8Array
          seen.fill(name === 'image' ? DARK : 0, lane * width, (lane + 1) * width)
        }
      },
      paid: (reward) => reward,
    },
    suite: {
      ...{ suite: 'blindfolded', entry: 'Blindfolded' },
      about: 'Mazes under a blindfold.',
    },
    returnRange: [0, 1],
    resample: (_, stream) => mazes.levels.sample(stream),
  })
}

/** Mazes of which some show nothing at all (ReMiDi). */
export const environment = defineEnvironment<BlindfoldOptions, MarkedMaze>({
  id: 'blindfold',
  options,
  create: createBlindfold,
})
