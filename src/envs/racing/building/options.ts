import { z } from 'zod'

/** What may be said of the level-building game. */
export const buildingFields = z.strictObject({
  says: z
    .enum(['cells', 'numbers'])
    .default('cells')
    .describe(
      'How a builder says where a control point is: a cell of the sketch, or x and y from 0 to 1 and whether to skip.',
    ),
  skip: z
    .boolean()
    .default(false)
    .describe('Whether a step may place no control point, once four are placed.'),
})

export type BuildingOptions = z.output<typeof buildingFields>
