import type { RandomStream } from '../../../core/random.ts'
import { numberWords, readNumberWords } from '../../worded/number-words.ts'
import { OPERATION_WORDS, SIGNS } from '../../worded/operations.ts'
import type { Bin, Domain, DomainSeed, PromptKind } from '../contract.ts'

/** Sums, differences and products, whose answers are counted exactly. */

const OPERATIONS = ['addition', 'subtraction', 'multiplication'] as const
type Operation = (typeof OPERATIONS)[number]
const FORMS = ['digits', 'words', 'story'] as const
type Form = (typeof FORMS)[number]
const MOST_STEPS = 3
const MOST_DIGITS = 4

/** Numbers that are worked through from the left, each whole and not negative. */
interface Problem {
  readonly operation: Operation
  readonly numbers: readonly number[]
  readonly form: Form
}

export function textOf({ operation, numbers, form }: Problem): string {
  if (form === 'digits') return `What is ${numbers.join(` ${SIGNS[operation]} `)}?`
  if (form === 'words')
    return `What is ${numbers.map(numberWords).join(` ${OPERATION_WORDS[operation]} `)}?`
  const [first, ...rest] = numbers
  switch (operation) {
    case 'addition':
      return `Ana has ${first} marbles. ${rest.map((n) => `She finds ${n} more.`).join(' ')} How many marbles does she have?`
    case 'subtraction':
      return `Ana has ${first} marbles. ${rest.map((n) => `She gives away ${n} of them.`).join(' ')} How many marbles does she have?`
    case 'multiplication': {
      const things = ['shelves', 'boxes', 'bags', 'beads']
      const held = rest.map((n, i) => `Each of the ${things[i]} holds ${n} ${things[i + 1]}.`)
      return `There are ${first} ${things[0]}. ${held.join(' ')} How many ${things[rest.length]} are there?`
    }
  }
}

/** The problem of a text, wherever in it that stands; null where there is none that can be read. */
export function problemOf(text: string): Problem | null {
  const story = storyOf(text)
  if (story !== null) return story
  const found = /\d+(?: ?[-+*×x−] ?\d+)+/.exec(text)?.[0].replace(/[×x]/g, '*').replace('−', '-')
  if (found !== undefined) {
    const operations = OPERATIONS.filter((one) => found.includes(SIGNS[one]))
    const numbers = found.split(/[-+*]/).map((part) => Number(part.trim()))
    if (operations.length === 1) return { operation: operations[0], numbers, form: 'digits' }
    return null
  }
  for (const operation of OPERATIONS) {
    const body = text.replace(/^.*?\b(?:is|of)\b/i, '').replace(/[?.!]/g, ' ')
    const parts = body.split(new RegExp(`\\b${OPERATION_WORDS[operation]}\\b`, 'i'))
    const numbers = parts.map(readNumberWords)
    if (parts.length > 1 && numbers.every((n) => n !== null))
      return { operation, numbers: numbers as number[], form: 'words' }
  }
  return null
}

function storyOf(text: string): Problem | null {
  const first = /\b(?:has|are) (\d+) (?:marbles|shelves)/.exec(text)?.[1]
  if (first === undefined) return null
  const all = (pattern: RegExp): number[] => [...text.matchAll(pattern)].map(([, n]) => Number(n))
  const rest: readonly (readonly [Operation, readonly number[]])[] = [
    ['addition', all(/finds (\d+) more/g)],
    ['subtraction', all(/gives away (\d+) of them/g)],
    ['multiplication', all(/holds (\d+) \w+/g)],
  ]
  const told = rest.filter(([, numbers]) => numbers.length > 0)
  if (told.length !== 1) return null
  const [[operation, numbers]] = told
  return { operation, numbers: [Number(first), ...numbers], form: 'story' }
}

/** Exact, as long as it is below 2⁵³: at most four numbers of four digits are. */
export function resultOf({ operation, numbers }: Problem): number {
  const [first, ...rest] = numbers
  return rest.reduce((so, n) => {
    if (operation === 'addition') return so + n
    return operation === 'subtraction' ? so - n : so * n
  }, first)
}

const digitsOf = ({ numbers }: Problem): number => Math.max(...numbers.map((n) => String(n).length))

const drawNumber = (digits: number, draw: RandomStream): number => {
  const low = digits === 1 ? 2 : 10 ** (digits - 1)
  return low + draw.integer(10 ** digits - low)
}

function drawProblem(
  operation: Operation,
  digits: number,
  steps: number,
  form: Form,
  draw: RandomStream,
): Problem {
  const numbers = Array.from({ length: steps + 1 }, () => drawNumber(digits, draw))
  // What is taken away is taken from the largest, so that nothing is owed in a story.
  if (operation === 'subtraction') numbers.sort((a, b) => b - a)
  return { operation, numbers, form }
}

const stepsOf = ({ numbers }: Problem): number => numbers.length - 1

const within = (value: string | Bin, least: number, most: number): number => {
  if (typeof value === 'string') return least
  return Math.min(Math.max(Math.ceil(value.low), least), most)
}

function rewrite(text: string, axis: string, value: string | Bin, draw: RandomStream): string {
  const before =
    problemOf(text) ??
    drawProblem(OPERATIONS[draw.integer(3)], 1 + draw.integer(2), 1, 'digits', draw)
  const { operation, form } = before
  const [digits, steps] = [Math.min(digitsOf(before), MOST_DIGITS), stepsOf(before)]
  switch (axis) {
    case 'operation': {
      const asked = OPERATIONS.find((one) => one === value) ?? operation
      // The same numbers as far as they go, so that only what is asked for changes.
      if (asked === 'subtraction')
        return textOf({
          ...before,
          operation: asked,
          numbers: before.numbers.toSorted((a, b) => b - a),
        })
      return textOf({ ...before, operation: asked })
    }
    case 'digits':
      return textOf(drawProblem(operation, within(value, 1, MOST_DIGITS), steps, form, draw))
    case 'form':
      return textOf({ ...before, form: FORMS.find((one) => one === value) ?? form })
    case 'steps':
      return textOf(drawProblem(operation, digits, within(value, 1, MOST_STEPS), form, draw))
    default:
      return text
  }
}

function classify(text: string): PromptKind | null {
  const problem = problemOf(text)
  if (problem === null) return null
  const { operation, form } = problem
  return { operation, digits: digitsOf(problem), form, steps: stepsOf(problem) }
}

/** The last number of a response; null where there is none. */
export function lastNumber(text: string): number | null {
  const found = text.replace(/(\d),(?=\d{3}\b)/g, '$1').match(/-?\d+(?:\.\d+)?/g)
  return found === null ? null : Number(found.at(-1))
}

/** How far off a response is: 0 at the exact result, towards 1 the further away, 1 where there is no number. */
function severity(text: string, response: string): number | null {
  const problem = problemOf(text)
  if (problem === null) return null
  const [right, given] = [resultOf(problem), lastNumber(response)]
  if (given === null) return 1
  const off = Math.abs(given - right) / Math.max(1, Math.abs(right))
  return off / (1 + off)
}

const wrongness = (text: string, response: string): number | null => {
  const off = severity(text, response)
  return off === null ? null : Number(off > 0)
}

const seeds: readonly DomainSeed[] = OPERATIONS.flatMap((operation, o) =>
  FORMS.flatMap((form, f) =>
    [1, 2, 3].flatMap((digits) =>
      [1, 2, 3].map((steps): DomainSeed => {
        const numbers = Array.from({ length: steps + 1 }, (_, i) => {
          const low = digits === 1 ? 2 : 10 ** (digits - 1)
          return low + ((37 * (i + 1) + 11 * o + 17 * f + 29 * steps) % (10 ** digits - low))
        })
        if (operation === 'subtraction') numbers.sort((a, b) => b - a)
        const problem: Problem = { operation, numbers, form }
        return {
          id: `arithmetic-${operation}-${form}-${digits}-${steps}`,
          ...{ language: 'en', source: 'agon', text: textOf(problem) },
          kind: { operation, digits, form, steps },
          answer: String(resultOf(problem)),
        }
      }),
    ),
  ),
)

export const arithmetic: Domain = {
  id: 'arithmetic',
  about: 'sums, differences and products in digits, words and stories',
  axes: [
    {
      name: 'operation',
      about: 'what is done with the numbers',
      values: {
        addition: 'numbers are added',
        subtraction: 'numbers are taken away',
        multiplication: 'numbers are multiplied',
      },
    },
    {
      name: 'digits',
      about: 'digits of the longest number',
      extent: { low: 0.5, high: 4.5, bins: 4 },
    },
    {
      name: 'form',
      about: 'how the problem is put',
      values: {
        digits: 'numbers in digits, with signs between them',
        words: 'numbers and signs in words',
        story: 'a short story with numbers in digits',
      },
    },
    {
      name: 'steps',
      about: 'how often something is added, taken away or multiplied',
      extent: { low: 0.5, high: 3.5, bins: 3 },
    },
  ],
  seeds,
  rewrite,
  classify,
  measure(axis, text) {
    const found = classify(text)?.[axis]
    return typeof found === 'number' ? found : undefined
  },
  answer(text) {
    const problem = problemOf(text)
    return problem === null ? null : String(resultOf(problem))
  },
  wrongness: ({ text }, response) => wrongness(text, response),
  severity: ({ text }, response) => severity(text, response),
}
