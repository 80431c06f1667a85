import type { RandomStream } from '../../core/random.ts'
import { numberWords } from '../worded/number-words.ts'
import { OPERATION_WORDS, SIGNS } from '../worded/operations.ts'
import type { Lesson, Operation, ProblemKind } from './contract.ts'

/** Sums, differences and products as people put them, and their results. */

/** A problem of a kind, worked through from the left. Numbers of one digit are 2 to 9, and none is taken from a smaller one at first. */
export function drawProblem(kind: ProblemKind, draw: RandomStream): Lesson {
  const { operation, digits, steps } = kind
  const low = digits === 1 ? 2 : 10 ** (digits - 1)
  const numbers = Array.from({ length: steps + 1 }, () => low + draw.integer(10 ** digits - low))
  if (operation === 'subtraction') numbers.sort((a, b) => b - a)
  return { prompt: worded(kind, numbers), answer: String(resultOf(operation, numbers)) }
}

function resultOf(operation: Operation, [first, ...rest]: readonly number[]): number {
  return rest.reduce((so, n) => {
    if (operation === 'addition') return so + n
    return operation === 'subtraction' ? so - n : so * n
  }, first)
}

function worded({ operation, form }: ProblemKind, numbers: readonly number[]): string {
  if (form === 'digits') return `What is ${numbers.join(` ${SIGNS[operation]} `)}?`
  if (form === 'words')
    return `What is ${numbers.map(numberWords).join(` ${OPERATION_WORDS[operation]} `)}?`
  const [first, ...rest] = numbers
  const told = (sentence: (n: number, i: number) => string): string => rest.map(sentence).join(' ')
  switch (operation) {
    case 'addition':
      return `Ana has ${first} marbles. ${told((n) => `She finds ${n} more.`)} How many marbles does she have?`
    case 'subtraction':
      return `Ana has ${first} marbles. ${told((n) => `She gives away ${n} of them.`)} How many marbles does she have?`
    case 'multiplication': {
      const things = ['shelves', 'boxes', 'bags', 'beads']
      const held = told((n, i) => `Each of the ${things[i]} holds ${n} ${things[i + 1]}.`)
      return `There are ${first} ${things[0]}. ${held} How many ${things[rest.length]} are there?`
    }
  }
}
