import type { z } from 'zod'
import type { MazeOptions } from '../maze/index.ts'

/** Mixes have no building game: an option of one would say nothing. */
export function builtByNobody({ building }: MazeOptions, context: z.RefinementCtx): void {
  if (building !== undefined)
    context.addIssue({
      ...{ code: 'custom', path: ['building'] },
      message: 'nobody builds levels of this environment',
    })
}
