import { z } from 'zod'
import type { RandomStream } from '../../core/random.ts'
import type { LevelSpace } from '../contract.ts'
import { defineEnvironment } from '../define-environment.ts'
import { chosenOperator } from '../operators.ts'
import { specWithoutSteps } from '../steppable.ts'
import { unknownSuite } from '../unknown-suite.ts'
import type { Lesson, ProblemKind } from './contract.ts'
import { lessonLevels } from './lesson-levels.ts'
import { drawProblem } from './problems.ts'

const weight = z.number().positive().max(1e9).default(1)
const line = z.string().min(1).max(2000)

const problem = z.strictObject({
  operation: z.enum(['addition', 'subtraction', 'multiplication']),
  form: z.enum(['digits', 'words', 'story']).default('digits'),
  digits: z.int().min(1).max(4).default(2),
  steps: z.int().min(1).max(3).default(1),
  weight,
})

const options = z.strictObject({
  problems: z
    .array(problem)
    .max(1000)
    .default([])
    .describe(
      'Kinds of sums, differences and products, each with operation, form (digits, words, story), digits (1 to 4), steps (1 to 3) and weight: how often it is drawn.',
    ),
  facts: z
    .array(z.strictObject({ prompt: line, answer: line, weight }))
    .max(100_000)
    .default([])
    .describe('Questions with their answers, each with its weight.'),
})

type Options = z.output<typeof options>

const PROBLEMS = 'lessons/problems'
const FACTS = 'lessons/facts'
const OPERATORS = ['redraw'] as const

const nameOf = ({ operation, form, digits, steps }: ProblemKind): string =>
  `${operation}-${form}-${digits}-${steps}`

function sampler({ problems, facts }: Options): (stream: RandomStream) => Lesson {
  const all = [
    ...problems.map((kind) => ({
      share: kind.weight,
      draw: (s: RandomStream) => drawProblem(kind, s),
    })),
    ...facts.map(({ prompt, answer, weight: share }) => ({
      share,
      draw: () => ({ prompt, answer }),
    })),
  ]
  let total = 0
  const ends = all.map(({ share }) => {
    total += share
    return total
  })
  return (stream) => {
    const at = stream.uniform() * total
    const found = ends.findIndex((end) => at < end)
    return all[found < 0 ? all.length - 1 : found].draw(stream)
  }
}

function levelsOf(given: Options): LevelSpace<Lesson> {
  const sample = sampler(given)
  return {
    ...lessonLevels,
    sample,
    operators: OPERATORS,
    mutate: (_, stream, asked) => ({
      level: sample(stream),
      operator: chosenOperator(asked, OPERATORS),
    }),
    features: ({ prompt, answer }) => ({
      prompt_length: prompt.length,
      answer_length: answer.length,
    }),
  }
}

/** Text that language models learn from: levels are a question with its answer, drawn by weight. */
export const environment = defineEnvironment<Options, Lesson>({
  id: 'lessons',
  options: options.refine(({ problems, facts }) => problems.length + facts.length > 0, {
    error: 'names neither problems nor facts: there is nothing to learn',
    path: ['problems'],
  }),
  create(given) {
    const { problems, facts } = given
    const suites = [
      ...(problems.length > 0 ? [PROBLEMS] : []),
      ...(facts.length > 0 ? [FACTS] : []),
    ]
    return {
      spec: specWithoutSteps({ id: 'lessons', profile: 'text', seat: 'pupil' }),
      levels: levelsOf(given),
      suites,
      suite(id) {
        if (!suites.includes(id)) throw unknownSuite(id, suites)
        if (id === PROBLEMS)
          return {
            id,
            about: 'problems of each kind, drawn anew',
            entries: problems.map((kind) => ({
              name: nameOf(kind),
              level: (stream) => drawProblem(kind, stream),
            })),
          }
        return {
          id,
          about: 'each question once',
          entries: facts.map(({ prompt, answer }, i) => ({
            name: `fact-${i + 1}`,
            level: () => ({ prompt, answer }),
          })),
        }
      },
      solvedAbove: 0.5,
      returnRange: [0, 1],
    }
  },
})
