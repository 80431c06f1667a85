import { z } from 'zod'
import { type MazeOptions, mazeOptions } from '../maze/index.ts'

/** Generators under which, walls and agent given, the goal is as likely in any free cell as in any other. */
const GENERATORS = ['walls', 'uniform-teacher', 'clutter']

function hasPrior({ generator, building }: MazeOptions, context: z.RefinementCtx): void {
  if (!GENERATORS.includes(generator))
    context.addIssue({
      ...{ code: 'custom', path: ['generator'] },
      message: `where ${generator} puts the goal is not drawn again: use ${GENERATORS.join(', ')}`,
    })
  if (building !== undefined)
    context.addIssue({
      ...{ code: 'custom', path: ['building'] },
      message: 'nobody builds levels of this environment',
    })
}

export const hiddenGoalOptions = z.strictObject({
  maze: mazeOptions
    .prefault({})
    .superRefine(hasPrior)
    .describe('The mazes: options of the environment `maze`.'),
})

export type HiddenGoalOptions = z.output<typeof hiddenGoalOptions>
