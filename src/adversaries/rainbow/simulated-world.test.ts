import { describe, expect, it } from 'vitest'
import { fromUtf8, utf8 } from '../../core/bytes.ts'
import { type RandomStream, stream } from '../../core/random.ts'
import { domainOf } from '../../envs/prompts/domains.ts'
import { axesOf, environment } from '../../envs/prompts/environment.ts'
import type { Json } from '../../services/contract.ts'
import { promptRules } from '../../services/prompts/options.ts'
import { ruleServices } from '../../services/prompts/testing/rule-services.ts'
import { isWeak } from '../../services/prompts/weak-target.ts'
import { selfBleu } from './bleu.ts'
import { elitePrompts } from './metrics.ts'
import { type Searched, search, type World } from './testing/world.ts'

/**
 * A world whose failures are known: a text is `x y words`, it lies in cell (x, y), and the model fails on it the more, the farther that is
 * from the origin and the more of its words are strong. The mutator gets one step ahead at a time, so that far cells are
 * reached through their neighbours alone.
 */

const SIDE = 5
const WORDS = 12
const VOCABULARY = 120
const STRONG = 30
const SEEDS = Array.from({ length: 20 }, (_, seed) => seed + 1)
const RULE = { unit: 'word', smoothing: 'epsilon' } as const

interface Toy {
  readonly text: string
}

const cellOf = (text: string): [number, number] => {
  const [x, y] = text.split(' ').map(Number)
  return [x, y]
}
const wordsOf = (text: string): string[] => text.split(' ').slice(2)
const strengthOf = (text: string): number =>
  wordsOf(text).filter((word) => Number(word.slice(1)) < STRONG).length / WORDS

const drawWords = (draw: RandomStream): string[] =>
  Array.from({ length: WORDS }, () => `w${draw.integer(VOCABULARY)}`)

const axes = ['x', 'y'].map((name) => ({ name, low: -0.5, high: SIDE - 0.5, bins: SIDE }))

const levels = {
  encode: ({ text }: Toy) => utf8(text),
  decode: (bytes: Uint8Array): Toy => ({ text: fromUtf8(bytes) }),
  format: ({ text }: Toy) => text,
  prompts: {
    axes: ['x', 'y'].map((name) => ({ name, about: 'a coordinate' })),
    seeds: [1, 2, 3].map((n) => ({
      id: `s${n}`,
      level: { text: `0 0 ${drawWords(stream(n, 'toy-seed')).join(' ')}` },
    })),
    text: ({ text }: Toy) => text,
    kind: ({ text }: Toy) => ({ x: cellOf(text)[0], y: cellOf(text)[1] }),
    make: (text: string): Toy => ({ text }),
    measure: (axis: string, text: string) => cellOf(text)[axis === 'x' ? 0 : 1],
    reference: () => null,
  },
} as unknown as World['levels']

interface Mutations {
  readonly success: number
  /** How often words are kept, all or all but one. */
  readonly lazy: number
}

function mutator(seed: number, { success, lazy }: Mutations): World['services'][string] {
  return (payload, key) => {
    const { text, feature, value } = (
      payload as unknown as {
        about: { text: string; feature: string; value: { low: number } }
      }
    ).about
    const draw = stream(seed, 'mutator', key)
    const [x, y] = text === '' ? [0, 0] : cellOf(text)
    const at = feature === 'x' ? x : y
    const wanted = Math.round(value.low + 0.5)
    // A step towards what was asked, and now and then a slip to either side.
    const slip = draw.integer(3) - 1
    const moved = draw.uniform() < success ? at + Math.sign(wanted - at) : at + slip
    const to = Math.min(Math.max(moved, 0), SIDE - 1)
    const place = feature === 'x' ? [to, y] : [x, to]
    const words = text === '' ? drawWords(draw) : wordsOf(text)
    // Words are rewritten once for each candidate, in its first stage.
    if (feature === 'x' && draw.uniform() >= lazy) return [...place, ...drawWords(draw)].join(' ')
    if (draw.uniform() < 0.3) words[draw.integer(WORDS)] = `w${draw.integer(VOCABULARY)}`
    return [...place, ...words].join(' ')
  }
}

const failureOf = (text: string): number => {
  const [x, y] = cellOf(text)
  return Math.min(1, (0.5 * (x + y)) / (2 * SIDE - 2) + 0.5 * strengthOf(text))
}

function world(seed: number, options: Record<string, unknown>, mutations: Mutations): World {
  return {
    ...{ levels, axes, seed, batch: 6, cycles: 40, cuts: false },
    options: { stageRetries: 0, seeds: 3, ...options },
    services: {
      mutator: mutator(seed, mutations),
      target: (payload) =>
        String(
          failureOf(
            (payload as unknown as { messages: { content: string }[] }).messages[0].content,
          ),
        ),
      scorer: (payload) =>
        `[[${failureOf((payload as unknown as { about: { level: string } }).about.level)}]]`,
      // It slips in one vote of five.
      judge: (payload, key) => {
        const { first, second } = (
          payload as unknown as { about: Record<string, { response: string }> }
        ).about
        const draw = stream(seed, 'judge', key)
        if (draw.uniform() < 0.2) return draw.uniform() < 0.5 ? '[[A]]' : '[[B]]'
        return Number(first.response) > Number(second.response) ? '[[A]]' : '[[B]]'
      },
    },
  }
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/** The mean of paired differences, and the lower end of its interval of 95 %. */
function ahead(a: readonly number[], b: readonly number[]): { mean: number; low: number } {
  const differences = a.map((value, i) => value - b[i])
  const mean = meanOf(differences)
  const variance =
    differences.reduce((sum, d) => sum + (d - mean) ** 2, 0) / (differences.length - 1)
  // Student's t with 19 degrees of freedom.
  return { mean, low: mean - 2.093 * Math.sqrt(variance / differences.length) }
}

const coverage = ({ record }: Searched): number =>
  record.grid.filled.length / record.grid.objectives.length
const fitness = ({ record: { grid } }: Searched): number =>
  meanOf(grid.filled.map((cell) => grid.objectives[cell]))

describe('in a world whose far cells are reached through their neighbours', () => {
  const STEPS: Mutations = { success: 0.8, lazy: 0 }
  const over = (variation: string) => SEEDS.map((seed) => search(world(seed, { variation }, STEPS)))
  const [full, same, scratch] = ['archive', 'same-cell', 'from-scratch'].map(over)

  it('the archive covers more than the same cell does, and that more than no stepping stones', () => {
    const [a, b, c] = [full, same, scratch].map((runs) => runs.map(coverage))
    expect(ahead(a, b).low).toBeGreaterThan(0.1)
    expect(ahead(b, c).low).toBeGreaterThan(0)
  })

  it('and its prompts fail more', () => {
    const [a, b, c] = [full, same, scratch].map((runs) => runs.map(fitness))
    expect(ahead(a, b).low).toBeGreaterThan(0)
    expect(ahead(a, c).low).toBeGreaterThan(0)
  })
})

describe('without the filter', () => {
  const COPIES: Mutations = { success: 0.9, lazy: 0.8 }
  const over = (below: number) =>
    SEEDS.map((seed) => search(world(seed, { filter: { below } }, COPIES)))
  const [on, off] = [over(0.6), over(2)]
  const alike = ({ record }: Searched): number =>
    selfBleu(
      elitePrompts({ context: { levels }, prompts: levels.prompts } as never, record.grid),
      RULE,
    )!

  it('elites are more alike in each of twenty searches, and fail more', () => {
    const [a, b] = [on, off].map((runs) => runs.map(alike))
    expect(a.filter((value, i) => value < b[i])).toHaveLength(SEEDS.length)
    expect(ahead(off.map(fitness), on.map(fitness)).low).toBeGreaterThan(0)
    const rates = on.map(({ metrics }) => metrics.at(-1)!.filtered_rate)
    expect(meanOf(rates)).toBeGreaterThan(0.2)
    expect(off.every(({ metrics }) => metrics.at(-1)!.filtered_rate === 0)).toBe(true)
  })
})

it('an archive, put to a second target, fails where that one is known to fail', () => {
  const weak = [{ operation: 'multiplication' }]
  const { record } = search({
    levels: environment.create({ domain: 'arithmetic' }).levels as unknown as World['levels'],
    ...{ axes: axesOf('arithmetic'), seed: 4, batch: 8, cycles: 15, cuts: false },
    services: ruleServices('arithmetic', 4, { target: { weak } }),
  })
  const other = [{ form: 'words' }, { digits: { low: 3, high: 5 } }]
  const { target, scorer } = ruleServices('arithmetic', 9, { target: { weak: other } })
  const domain = domainOf('arithmetic')
  const { levels: space } = environment.create({ domain: 'arithmetic' })
  const cells = record.grid.filled.map((cell) => space.decode(record.grid.elites[cell]!.level))
  const failed = cells.map((prompt) => {
    const response = target({ messages: [{ role: 'user', content: prompt.text }] } as Json)
    return scorer({ about: { level: space.format(prompt), response } } as Json)
  })
  const known = cells.map(({ text }) =>
    isWeak(promptRules.shape.weak.parse(other), domain.classify(text)!),
  )
  expect(failed).toEqual(known.map((one) => `[[${Number(one)}]]`))
  expect(new Set(failed).size).toBe(2)
})
