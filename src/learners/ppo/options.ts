import { z } from 'zod'
import { layerOptions } from './layer-options.ts'
import { EPISODIC_PROFILES, PROFILES, withProfile } from './profiles.ts'
import { stateSpaceOptions } from './state-space-options.ts'

const count = (fallback: number, about: string) =>
  z.int().min(1).default(fallback).describe(`${about} Default ${fallback}.`)
const positive = (fallback: number, about: string) =>
  z.number().positive().default(fallback).describe(`${about} Default ${fallback}.`)
const coefficient = (fallback: number, about: string) =>
  z.number().min(0).default(fallback).describe(`${about} Default ${fallback}.`)
const fraction = (fallback: number, about: string) =>
  z.number().min(0).max(1).default(fallback).describe(`${about} Default ${fallback}.`)

/** Those in which students and builders differ. */
interface NetworkSizes {
  readonly filters: number
  readonly embedding: number
}

const networkOptions = ({ filters, embedding }: NetworkSizes) =>
  z
    .strictObject({
      core: z
        .enum(['lstm', 'gru', 's5', 'none'])
        .default('lstm')
        .describe(
          'What joins the steps: a recurrent cell, or s5, layers of state spaces; none is one dense layer without memory. Default lstm.',
        ),
      hidden: count(256, 'Units of the core.'),
      s5: stateSpaceOptions.optional().describe('Of a core s5. Default: its defaults there.'),
      filters: count(filters, 'Convolution filters for image observations.'),
      kernel: count(3, 'Edge of the convolution kernel (stride 1, no padding).'),
      encoder: z
        .enum(['nature', 'impala'])
        .optional()
        .describe(
          'Layers for images instead of that convolution: of Mnih et al. 2015 or the residual ones of Espeholt et al. 2018. Default: the one convolution.',
        ),
      layers: z
        .array(layerOptions)
        .min(1)
        .optional()
        .describe('Layers of your own for images, in order. Default none.'),
      channels: z
        .enum(['first', 'last', 'auto'])
        .optional()
        .describe(
          'Where images have their channels. Default auto: first where the first axis is at most half as long as each of the others.',
        ),
      embedding: count(
        embedding,
        'Features of an embedded integer observation such as the direction.',
      ),
      headHidden: count(32, 'Hidden units of the actor head and of the critic head.'),
      activation: z
        .enum(['tanh', 'relu'])
        .default('tanh')
        .describe(
          'Activation of the heads and of a core without memory. Default tanh; relu in jaxued.',
        ),
      inits: z
        .enum(['minimax', 'jaxued', 'dcd'])
        .default('minimax')
        .describe('Whose initial weights to use. Default: the profile.'),
      actorInit: z
        .enum(['orthogonal', 'constant'])
        .default('orthogonal')
        .describe(
          'Last actor layer: orthogonal with gain 0.01, or every weight 0.01 as minimax has it. Default orthogonal.',
        ),
      distribution: z
        .enum(['gaussian', 'beta'])
        .optional()
        .describe(
          'How real numbers are drawn: from normals with deviations of their own, clipped to the bounds by the environment, or from Beta distributions between the bounds. Default gaussian.',
        ),
      scale: z
        .record(z.string(), z.number().positive())
        .default({})
        .describe(
          'Divisor of raw values per observation name. Default: the upper bound of byte observations, 255 without one.',
        ),
    })
    .superRefine(({ core, s5, encoder, layers }, context) => {
      if (s5 !== undefined && core !== 's5')
        context.addIssue({
          code: 'custom',
          path: ['s5'],
          message: `belongs to network.core s5, and the core is ${core}: leave one of them out`,
        })
      if (encoder !== undefined && layers !== undefined)
        context.addIssue({
          code: 'custom',
          path: ['layers'],
          message: `stands instead of network.encoder ${encoder}: leave one of them out`,
        })
    })
    .prefault({})
    .describe('The network; its inputs follow the environment.')

const rollout = z
  .strictObject({
    envs: count(32, 'Environments a cycle learns from: tasks the student asks for.'),
    steps: count(256, 'Steps per environment and cycle.'),
    carry: z
      .enum(['fresh', 'continue'])
      .optional()
      .describe(
        'Whether every cycle begins with fresh episodes and zero state, or episodes and recurrent state go on from cycle to cycle where the adversary repeats no level. Default fresh.',
      ),
  })
  .prefault({})
  .describe('The size of one cycle.')

const choice = (about: string) =>
  z.enum(['running', 'none']).default('none').describe(`${about} Default none.`)

const normalise = z
  .strictObject({
    observations: choice(
      'Observations of float32: running mean and deviation of each element, clipped at ±10; the policy file does it itself.',
    ),
    rewards: choice(
      'Rewards that are learned from: divided by the running deviation of the discounted return, clipped at ±10.',
    ),
  })
  .optional()
  .describe('Running statistics that observations and rewards are normalised by. Default none.')

const normaliseRewards = z
  .strictObject({
    rewards: choice(
      'What levels pay: divided by the running deviation of all that was paid, clipped at ±10.',
    ),
  })
  .optional()
  .describe('Running statistics that what is paid is normalised by. Default none.')

const updateOptions = (entropy: number) =>
  z
    .strictObject({
      learningRate: positive(1e-4, 'Adam step size.'),
      anneal: z
        .enum(['none', 'linear'])
        .default('none')
        .describe('Learning rate over gradient updates. Default none; linear to 0 in jaxued.'),
      annealUpdates: count(30_000, 'Gradient updates over which linear annealing reaches 0.'),
      discount: fraction(0.995, 'Discount per step.'),
      gaeLambda: fraction(0.98, 'Decay of advantage estimates; 0.95 in dcd.'),
      clip: positive(0.2, 'Clip range of the policy ratio and of the value step.'),
      valueClip: z
        .boolean()
        .default(true)
        .describe('Clipped value loss; false takes a Huber loss instead. Default true.'),
      entropyCoefficient: coefficient(
        entropy,
        `Weight of the entropy bonus; ${entropy === 0.001 ? 0.01 : 0} in dcd.`,
      ),
      valueCoefficient: coefficient(0.5, 'Weight of the value loss.'),
      maxGradNorm: positive(0.5, 'Global norm to which gradients are clipped.'),
      adamBeta1: z
        .number()
        .min(0)
        .lt(1)
        .default(0.9)
        .describe('Adam first moment decay. Default 0.9.'),
      adamBeta2: z
        .number()
        .min(0)
        .lt(1)
        .default(0.999)
        .describe('Adam second moment decay. Default 0.999.'),
      adamEpsilon: positive(1e-5, 'Adam denominator offset.'),
      epochs: count(5, 'Passes over a rollout.'),
      minibatches: count(1, 'Parts of whole environment columns per pass.'),
      bootstrap: z
        .enum(['value', 'none'])
        .default('value')
        .describe(
          'End of the rollout: value of the next observation, or none (tail taken as terminal). Default value; none in dcd.',
        ),
      timeLimit: z
        .enum(['terminal', 'bootstrap'])
        .optional()
        .describe(
          'An episode that is cut from outside: taken as an end, or what its last observation is worth follows. Default terminal, as in all three profiles.',
        ),
      normalise: z
        .enum(['minibatch', 'rollout', 'none'])
        .default('minibatch')
        .describe(
          'Advantages: per minibatch with population deviation, or once per rollout with sample deviation. Default minibatch; rollout in dcd.',
        ),
      groups: z
        .record(z.string(), z.number().min(0))
        .default({})
        .describe(
          'Learning-rate multiplier per parameter group or tensor; 0 freezes it. Default none.',
        ),
    })
    .prefault({})
    .describe('The update.')

const profile = z
  .enum(['minimax', 'jaxued', 'dcd'])
  .default('minimax')
  .describe('Which reference code decides edge rules and initial weights. Default minimax.')

const shards = count(2, 'Parts a batch is cut into; more threads than parts stay idle.')

/** Every hyper-parameter of the PPO student; defaults are minimax's domain-randomisation column. */
export const ppoOptions = z.preprocess(
  (input) => withProfile(PROFILES, input),
  z
    .strictObject({
      profile,
      network: networkOptions({ filters: 16, embedding: 5 }),
      rollout,
      normalise,
      ppo: updateOptions(0.001),
      uncertainty: z
        .boolean()
        .optional()
        .describe(
          'Whether episodes tell how undecided the policy was, for the scores policy-entropy, least-confidence and min-margin. Default false.',
        ),
      critics: z
        .int()
        .min(1)
        .max(64)
        .optional()
        .describe(
          'Heads that estimate the value, from first weights of their own; advantages are those of their mean, and with several the score value-disagreement can be had. Default 1.',
        ),
      shards,
    })
    .superRefine(({ rollout, ppo, uncertainty, critics = 1 }, context) => {
      if (critics > 1 && rollout.carry === 'continue')
        context.addIssue({
          code: 'custom',
          path: ['critics'],
          message:
            'their disagreement is summed within one cycle, and rollout.carry continue lets episodes go on from cycle to cycle: leave one of them out',
        })
      if (uncertainty === true && rollout.carry === 'continue')
        context.addIssue({
          code: 'custom',
          path: ['uncertainty'],
          message:
            'is summed within one cycle, and rollout.carry continue lets episodes go on from cycle to cycle: leave one of them out',
        })
      if (rollout.envs >= 1 && ppo.minibatches > rollout.envs)
        context.addIssue({
          code: 'custom',
          path: ['ppo', 'minibatches'],
          message: `must be at most rollout.envs, ${rollout.envs}, not ${ppo.minibatches}: a part has one environment at least`,
        })
    }),
)

export type PpoOptions = z.output<typeof ppoOptions>

/**
 * Those of a builder, which plays whole episodes and is paid in the last step; defaults are the teacher's of minimax's PAIRED
 * column.
 */
export const episodicOptions = z.preprocess(
  (input) => withProfile(EPISODIC_PROFILES, input),
  z.strictObject({
    profile,
    network: networkOptions({ filters: 128, embedding: 10 }),
    normalise: normaliseRewards,
    ppo: updateOptions(0.05),
    shards,
  }),
)

export type EpisodicOptions = z.output<typeof episodicOptions>
