import { z } from 'zod'

/** What may be said of the level-building game; a profile has the rest. */
export const buildingFields = z.strictObject({
  budget: z
    .enum(['fixed', 'first-action', 'first-wall'])
    .default('fixed')
    .describe(
      'minimax: always nWalls walls, or as many as an extra first action says, or as the first wall says.',
    ),
  replaceWalls: z
    .boolean()
    .default(true)
    .describe(
      'minimax: whether a wall on a used cell is wasted; otherwise it goes to a uniform unused cell.',
    ),
  chooseDirection: z
    .boolean()
    .default(false)
    .describe(
      'minimax: whether the last action chooses the start direction; otherwise it is drawn.',
    ),
  steps: z
    .int()
    .min(3)
    .max(10_000)
    .default(50)
    .describe('jaxued: steps of a game; goal, direction and agent, then toggled walls.'),
  noise: z
    .int()
    .min(0)
    .max(10_000)
    .optional()
    .describe('Uniforms that the builder sees at each step; 50 in minimax and dcd, 16 in jaxued.'),
})

export type BuildingOptions = z.output<typeof buildingFields>
