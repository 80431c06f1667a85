import type { RandomStream } from '../../../core/random.ts'
import type { Bin, Domain, DomainSeed, PromptKind } from '../contract.ts'
import { hasWords, plain } from '../plain-text.ts'
import { type Disturbance, disturb, disturbances, recover } from './disturbances.ts'
import { FACTS } from './qa-facts.ts'

/** Small tasks whose text is disturbed while its meaning stays: an answer that changes is a failure. */

interface CleanTask {
  readonly task: string
  readonly text: string
  readonly answer: string
}

const SUMS = Array.from({ length: 20 }, (_, i): CleanTask => {
  const [a, b] = [3 + ((i * 7) % 40), 2 + ((i * 11) % 30)]
  return { task: 'sums', text: `What is ${a} plus ${b}?`, answer: String(a + b) }
})

const OPPOSITES =
  'hot cold|big small|early late|open shut|old new|full empty|fast slow|wet dry|light dark|loud quiet|hard soft|long short|near far|high low|rich poor|strong weak|young old|left right|up down|first last'
    .split('|')
    .map((pair): CleanTask => {
      const [word, answer] = pair.split(' ')
      return { task: 'opposites', text: `What is the opposite of ${word}?`, answer }
    })

const TASKS: readonly CleanTask[] = [
  ...FACTS.filter((_, i) => i % 4 === 0).map(
    ({ question, answers }): CleanTask => ({ task: 'facts', text: question, answer: answers[0] }),
  ),
  ...SUMS,
  ...OPPOSITES,
]

const NAMES: Readonly<Record<string, string>> = {
  facts: 'a question of fact',
  sums: 'a sum of two numbers',
  opposites: 'the opposite of a word',
}

const texts = TASKS.map(({ text }) => text)
const taskOf = (text: string): CleanTask | null => {
  const found = recover(text, texts)
  return found === null ? null : (TASKS.find((one) => one.text === found.clean) ?? null)
}

const pick = <T>(items: readonly T[], draw: RandomStream): T => items[draw.integer(items.length)]

function rewrite(text: string, axis: string, value: string | Bin, draw: RandomStream): string {
  const found = recover(text, texts)
  const clean = found?.clean ?? pick(texts, draw)
  if (axis === 'task')
    return (
      pick(
        TASKS.filter(({ task }) => task === value),
        draw,
      )?.text ?? text
    )
  const style = found?.style ?? 'typos'
  if (axis === 'style' && typeof value === 'string' && Object.hasOwn(disturbances, value))
    return disturb(clean, value as Disturbance, 1, draw)
  if (axis === 'strength' && typeof value !== 'string')
    return disturb(clean, style, Math.min(Math.max(Math.ceil(value.low), 1), 4), draw)
  return text
}

function classify(text: string): PromptKind | null {
  const found = recover(text, texts)
  const task = taskOf(text)
  if (found === null || task === null || found.style === null) return null
  return { task: task.task, style: found.style, strength: found.strength }
}

const seeds: readonly DomainSeed[] = TASKS.map(({ task, text, answer }, i) => ({
  id: `robustness-${String(i + 1).padStart(3, '0')}`,
  ...{ language: 'en', source: 'agon', text, answer, kind: { task } },
}))

export const robustness: Domain = {
  id: 'robustness',
  about: 'small tasks in disturbed words: the answer is not to change',
  axes: [
    { name: 'task', about: 'what is asked', values: NAMES },
    { name: 'style', about: 'how the text is disturbed', values: disturbances },
    {
      name: 'strength',
      about: 'how often it is disturbed so',
      extent: { low: 0.5, high: 4.5, bins: 4 },
    },
  ],
  seeds,
  cleanStage: 0,
  rewrite,
  classify,
  measure: (axis, text) => (axis === 'strength' ? recover(text, texts)?.strength : undefined),
  answer: (text) => taskOf(text)?.answer ?? null,
  wrongness({ clean }, response, reference) {
    if (clean === undefined || reference === null) return null
    const known = taskOf(clean)?.answer
    // Both right is no change, in whatever words.
    if (known !== undefined && hasWords(response, known) && hasWords(reference, known)) return 0
    return Number(plain(response) !== plain(reference))
  },
}
