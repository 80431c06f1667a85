import { z } from 'zod'
import { axisOf, axisOption } from '../grid/axes.ts'
import type { GridSpec } from '../grid/contract.ts'

const service = (name: string, about: string) =>
  z.string().min(1).max(32).default(name).describe(`${about} Default ${name}.`)

/** How a text is made by a model: the published settings. */
const generation = (maxTokens: number) =>
  z
    .strictObject({
      temperature: z.number().min(0).max(10).default(0.7).describe('Default 0.7.'),
      topP: z.number().gt(0).max(1).default(0.95).describe('Nucleus mass. Default 0.95.'),
      maxTokens: z
        .int()
        .min(1)
        .max(100_000)
        .default(maxTokens)
        .describe(`Most tokens of an answer. Default ${maxTokens}.`),
    })
    .prefault({})

export const rainbowOptions = z.strictObject({
  axes: z
    .array(axisOption)
    .min(1)
    .max(6)
    .describe(
      'What kinds of prompts there are, in the order in which a text is rewritten for them: axes of the environment’s domain.',
    ),
  seeds: z
    .int()
    .min(0)
    .max(1_000_000)
    .default(256)
    .describe(
      'The first so many candidates have the seeds of the domain as parents, in their order, as far as there are some; 0: they are written from nothing, one for each cell. Default 256.',
    ),
  temperature: z
    .number()
    .positive()
    .max(1000)
    .default(0.1)
    .describe('t of the draw of target cells, ∝ exp(−fitness / t). Default 0.1.'),
  filter: z
    .strictObject({
      below: z
        .number()
        .min(0)
        .max(2)
        .default(0.6)
        .describe(
          'A candidate goes on where its BLEU against its parent is below this; above 1 all do. Default 0.6.',
        ),
      unit: z
        .enum(['word', 'character'])
        .default('word')
        .describe('Of what n-grams are: one threshold is two filters. Default word.'),
      smoothing: z
        .enum(['epsilon', 'method4'])
        .default('epsilon')
        .describe('For orders without a match: 0.1, or NLTK’s method 4. Default epsilon.'),
    })
    .prefault({})
    .describe('Drops candidates that are too like their parents.'),
  descriptor: z
    .enum(['measured', 'prescribed'])
    .default('measured')
    .describe(
      'Where a candidate lies on axes of numbers: where the text is found to lie, or where it was to be. Default measured.',
    ),
  stageRetries: z
    .int()
    .min(0)
    .max(10)
    .default(2)
    .describe(
      'How often the rewriting for an axis of numbers is asked again where the text misses its bin. Default 2.',
    ),
  replace: z
    .enum(['judge', 'oracle', 'score'])
    .default('judge')
    .describe(
      'Who stands in a cell is decided by a judge between two responses (judge), by a judge between the answer and that of an oracle (oracle), or by the higher fitness (score, an ablation). Default judge.',
    ),
  replaceEqual: z
    .boolean()
    .default(false)
    .describe('Under `oracle`: whether fitness 1 replaces fitness 1. Default false.'),
  votes: z
    .int()
    .min(1)
    .max(64)
    .default(4)
    .describe('Calls of the judge in a comparison. Default 4.'),
  majority: z
    .enum(['strict', 'half'])
    .default('strict')
    .describe(
      'Votes that it takes: more than half of those that count, or half as in Ferret’s baseline. Default strict.',
    ),
  swap: z
    .boolean()
    .default(true)
    .describe('Whether the judge is asked in both orders. Default true.'),
  askAgain: z
    .boolean()
    .default(true)
    .describe(
      'Whether votes without a label are asked once more where too few count: in vain with a judge whose answers never differ. Default true.',
    ),
  earlyExit: z
    .boolean()
    .default(false)
    .describe(
      'Whether the votes are asked one after the other until nothing can change the verdict; the share of flipped orders is then of fewer pairs. Default false.',
    ),
  judgeSees: z
    .enum(['responses', 'prompts'])
    .default('responses')
    .describe('Whether a model as a judge is shown the prompts too. Default responses.'),
  variation: z
    .enum(['archive', 'same-cell', 'from-scratch'])
    .default('archive')
    .describe(
      'Candidates come from elites rewritten towards other cells; towards their own; or from nothing (the last two are ablations). Default archive.',
    ),
  mutatorSampling: generation(256).describe('How the mutator writes.'),
  judgeSampling: generation(8).describe('How the judge answers.'),
  mutator: service('mutator', 'The service that rewrites texts.'),
  judge: service('judge', 'The service that compares responses.'),
  scorer: service('scorer', 'The service that gives the fitness, except under `oracle`.'),
  oracle: service('oracle', 'The service whose answers are taken as right under `oracle`.'),
  wording: z
    .string()
    .min(1)
    .max(4096)
    .optional()
    .describe(
      'A YAML file of what models are told, in place of Agon’s own; read when the first cycle begins, from the working directory.',
    ),
  diversityEvery: z
    .int()
    .min(0)
    .max(1_000_000)
    .default(10)
    .describe(
      'Cycles between measurements of self-BLEU, which compares all elites with each other; 0: never. Default 10.',
    ),
})

export type RainbowOptions = z.output<typeof rainbowOptions>

/** The grid of fitness. */
export const rainbowGrid = ({ axes }: Pick<RainbowOptions, 'axes'>): GridSpec => ({
  axes: axes.map(axisOf),
  objective: 'fitness',
  offset: 0,
})
