import { z } from 'zod'
import { actionSpecFault } from '../core/action-space.ts'
import type { PolicyCard } from './contract.ts'

const tensorSpec = z
  .strictObject({
    dtype: z
      .enum(['float32', 'float64', 'int32', 'int64', 'uint8', 'bool'])
      .describe('Type of the elements'),
    shape: z
      .array(z.int().min(1))
      .readonly()
      .describe('Shape of one row, without the batch axis; [] for one number a row'),
    low: z.number().optional().describe('Smallest value that occurs, where it is known'),
    high: z.number().optional().describe('Largest value that occurs, where it is known'),
  })
  .readonly()

/**
 * Bounds of real numbers. An infinity stands for none: `-.inf` in YAML, and null in JSON, which has no infinities.
 */
const bounds = (none: number) =>
  z
    .array(
      z
        .preprocess((bound) => (bound === none ? null : bound), z.number().nullable())
        .transform((bound) => bound ?? none),
    )
    .readonly()

/** The fields of `policy.yaml`; the sentences here are the ones of docs/policies.md. */
const moments = z
  .strictObject({
    count: z.number().min(0).describe('Rows seen'),
    mean: z.array(z.number()).min(1).readonly().describe('Of each element'),
    variance: z.array(z.number().min(0)).min(1).readonly().describe('Of each element'),
  })
  .readonly()

const cardFields = z.strictObject({
  format: z.literal(1).describe('Version of this file’s layout'),
  agon: z.string().min(1).describe('Version of Agon that wrote it, or `0` for a file made by hand'),
  environment: z
    .strictObject({
      id: z.string().min(1).describe('Environment it was trained on: `maze`'),
      profile: z
        .string()
        .min(1)
        .describe('Profile of that environment, which fixes what observations and actions mean'),
    })
    .readonly(),
  observations: z
    .record(z.string().min(1), tensorSpec)
    .readonly()
    .describe('Inputs of the graph that the environment fills, by name'),
  actions: z
    .discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('discrete').describe('Actions are the whole numbers 0 … count − 1'),
        count: z.int().min(1).describe('How many actions there are'),
      }),
      z.strictObject({
        kind: z.literal('multi-discrete').describe('Several choices at once'),
        counts: z
          .array(z.int().min(1))
          .min(1)
          .readonly()
          .describe('How many choices each component has'),
      }),
      z.strictObject({
        kind: z.literal('box').describe('Real numbers'),
        shape: z.array(z.int().min(1)).length(1).readonly().describe('[n]: numbers of an action'),
        low: bounds(Number.NEGATIVE_INFINITY).describe(
          'Smallest of each number; -.inf where there is none',
        ),
        high: bounds(Number.POSITIVE_INFINITY).describe(
          'Largest of each number; .inf where there is none',
        ),
      }),
    ])
    .readonly(),
  state: z
    .record(z.string().min(1), tensorSpec)
    .readonly()
    .default({})
    .describe('Recurrent state by name: input `x`, output `x_out`; zeros when an episode starts'),
  decode: z
    .enum(['sample', 'argmax'])
    .describe('How logits become an action: drawn with `noise`, or the likeliest'),
  distribution: z
    .literal('beta')
    .optional()
    .describe('Of real numbers: `beta` between their bounds; drawn from normals without it'),
  mask: z
    .boolean()
    .optional()
    .describe('Whether the graph takes the input `mask`, which says what actions are allowed'),
  names: z
    .record(z.string().min(1), z.string().min(1))
    .readonly()
    .optional()
    .describe('What a graph made elsewhere calls its inputs and outputs: `logits: masked_logits`'),
  normalisation: z
    .record(z.string(), z.string())
    .readonly()
    .default({})
    .describe('What the graph does to raw observations, for people: `image: ÷ 10`'),
  statistics: z
    .strictObject({
      observations: z
        .record(z.string(), moments)
        .readonly()
        .optional()
        .describe('By observation, element by element; they are in the graph'),
      discountedReturn: moments
        .optional()
        .describe('What rewards were divided by the deviation of'),
    })
    .readonly()
    .optional()
    .describe('Running statistics that it was trained with'),
  training: z
    .record(z.string(), z.union([z.string(), z.number()]))
    .readonly()
    .default({})
    .describe('Where it comes from: algorithm, seed, gradient updates'),
})

/** `policy.yaml`. Observations, state, `noise` and `mask` are inputs of one graph, so no two may share a name. */
export const cardSchema = cardFields.superRefine((card, context) => {
  const { observations, state, names = {} } = card
  const clash = (path: string[], message: string): void =>
    context.addIssue({ code: 'custom', path, message })
  const fault = actionSpecFault(card.actions)
  if (fault !== null) clash(['actions'], fault)
  if (card.distribution !== undefined && card.actions.kind !== 'box')
    clash(['distribution'], 'is of real numbers, and the actions are choices')
  for (const name of Object.keys(state))
    if (Object.hasOwn(observations, name)) clash(['state', name], 'is an observation too')
  const taken = card.mask === true ? ['noise', 'mask'] : ['noise']
  for (const [field, specs] of Object.entries({ observations, state }))
    for (const name of taken)
      if (Object.hasOwn(specs, name)) clash([field, name], 'is an input of its own')
  const known = [
    ...taken,
    ...Object.keys(observations),
    ...Object.keys(state).flatMap((name) => [name, `${name}_out`]),
    ...['action', 'log_prob', 'logits', 'value'],
  ]
  for (const name of Object.keys(names))
    if (!known.includes(name)) clash(['names', name], 'is no input or output of this policy')
}) satisfies z.ZodType<PolicyCard, unknown>
