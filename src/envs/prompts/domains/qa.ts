import type { RandomStream } from '../../../core/random.ts'
import type { Bin, Domain, DomainSeed, PromptKind } from '../contract.ts'
import { hasWords, lengthOf } from '../plain-text.ts'
import { FACTS, type Fact, TOPICS, WORDS } from './qa-facts.ts'

/** Questions of fact: topic, interrogative word and length, as in the paper; facts and their answers are Agon's own. */

const BEFORE = [
  '',
  'Now: ',
  'Tell me: ',
  'A quick question: ',
  'I would like to know: ',
  'Here is one for the quiz: ',
]
const AFTER = [
  '',
  ' Well?',
  ' Please.',
  ' I forgot.',
  ' In a word?',
  ' Just a word or two.',
  ' We were wondering at home.',
]

const bare = (question: string): string => question.slice(0, -1).toLowerCase()

/** The fact that a text asks for, in whatever frame. */
export function factOf(text: string): Fact | null {
  const asked = text.toLowerCase()
  return FACTS.find(({ question }) => asked.includes(bare(question))) ?? null
}

const pick = <T>(items: readonly T[], draw: RandomStream): T => items[draw.integer(items.length)]

/** The question in a frame that gives it the length; in the nearest where none does. */
function framed({ question }: Fact, { low, high }: Bin, draw: RandomStream): string {
  const texts = BEFORE.flatMap((before) => AFTER.map((after) => `${before}${question}${after}`))
  const middle = (low + high) / 2
  const fitting = texts.filter((text) => lengthOf(text) >= low && lengthOf(text) < high)
  if (fitting.length > 0) return pick(fitting, draw)
  return texts.reduce((best, text) =>
    Math.abs(lengthOf(text) - middle) < Math.abs(lengthOf(best) - middle) ? text : best,
  )
}

function rewrite(text: string, axis: string, value: string | Bin, draw: RandomStream): string {
  const fact = factOf(text) ?? pick(FACTS, draw)
  switch (axis) {
    case 'topic': {
      const topical = FACTS.filter(({ topic }) => topic === value)
      const same = topical.filter(({ word }) => word === fact.word)
      return topical.length === 0 ? text : pick(same, draw).question
    }
    case 'word': {
      const found = FACTS.filter(({ topic, word }) => topic === fact.topic && word === value)
      return found.length === 0 ? text : pick(found, draw).question
    }
    case 'length':
      return typeof value === 'string' ? text : framed(fact, value, draw)
    default:
      return text
  }
}

function classify(text: string): PromptKind | null {
  const fact = factOf(text)
  if (fact === null) return null
  return { topic: fact.topic, word: fact.word, length: lengthOf(text) }
}

const seeds: readonly DomainSeed[] = FACTS.map(({ topic, word, question, answers }, i) => ({
  id: `qa-${String(i + 1).padStart(3, '0')}`,
  ...{ language: 'en', source: 'agon', text: question, answer: answers[0] },
  kind: { topic, word, length: lengthOf(question) },
}))

export const qa: Domain = {
  id: 'qa',
  about: 'questions of fact by topic, interrogative word and length',
  axes: [
    { name: 'topic', about: 'what the question is about', values: TOPICS },
    {
      name: 'word',
      about: 'the interrogative word that the question begins with',
      values: Object.fromEntries(
        WORDS.map((word) => [word, `the question asks ${word.toLowerCase()}`]),
      ),
    },
    {
      name: 'length',
      about: 'characters of the question',
      extent: { low: 24, high: 96, bins: 10 },
    },
  ],
  seeds,
  rewrite,
  classify,
  measure: (axis, text) => (axis === 'length' ? lengthOf(text) : undefined),
  answer: (text) => factOf(text)?.answers[0] ?? null,
  wrongness({ text }, response) {
    const fact = factOf(text)
    if (fact === null) return null
    return Number(!fact.answers.some((answer) => hasWords(response, answer)))
  },
}
