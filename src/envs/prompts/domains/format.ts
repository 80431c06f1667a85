import type { RandomStream } from '../../../core/random.ts'
import type { Bin, Domain, DomainSeed, PromptKind } from '../contract.ts'
import { lengthOf } from '../plain-text.ts'
import { depthOf, entriesOf, FORMATS, type FormatName } from './structures.ts'

/** Answers of a form that can be checked: nested lists and objects under constraints. */

const MOST_DEPTH = 4
const THINGS =
  'rivers bread bicycles trees songs houses birds boats clocks gardens letters bridges lamps stones roads'.split(
    ' ',
  )

/** In the order in which they are added. */
const CONSTRAINTS: readonly {
  readonly said: string
  holds(response: string, format: FormatName): boolean
}[] = [
  {
    said: 'Give exactly three entries at the top level.',
    holds: (response, format) => entriesOf(response, format) === 3,
  },
  {
    said: 'Write everything in lower case.',
    holds: (response) => response === response.toLowerCase(),
  },
  {
    said: 'Use the word water somewhere.',
    holds: (response) => /\bwater\b/i.test(response),
  },
  {
    said: 'Stay below 300 characters.',
    holds: (response) => lengthOf(response) < 300,
  },
]

interface Order {
  readonly thing: string
  readonly format: FormatName
  readonly depth: number
  readonly constraints: number
}

export const textOf = ({ thing, format, depth, constraints }: Order): string =>
  [
    `Tell me about ${thing}.`,
    `Answer with ${FORMATS[format].said} alone, nested to a depth of exactly ${depth}.`,
    ...CONSTRAINTS.slice(0, constraints).map(({ said }) => said),
  ].join(' ')

/** What a text asks for; null where it names no format, or no depth. */
export function orderOf(text: string): Order | null {
  const format = (Object.keys(FORMATS) as FormatName[]).find((one) =>
    text.includes(FORMATS[one].said),
  )
  const depth = /nested to a depth of exactly (\d)/.exec(text)?.[1]
  if (format === undefined || depth === undefined) return null
  const asked = CONSTRAINTS.filter(({ said }) => text.includes(said))
  const thing = /Tell me about (\w+)\./.exec(text)?.[1] ?? THINGS[0]
  return { thing, format, depth: Number(depth), constraints: asked.length }
}

const within = (value: string | Bin, least: number, most: number): number =>
  typeof value === 'string' ? least : Math.min(Math.max(Math.ceil(value.low), least), most)

function rewrite(text: string, axis: string, value: string | Bin, draw: RandomStream): string {
  const format = (Object.keys(FORMATS) as FormatName[])[draw.integer(4)]
  const before = orderOf(text) ?? { thing: '', format, depth: 1, constraints: 0 }
  // Another thing each time: prompts of one form would be too alike.
  const order = { ...before, thing: THINGS[draw.integer(THINGS.length)] }
  if (axis === 'format' && typeof value === 'string' && Object.hasOwn(FORMATS, value))
    return textOf({ ...order, format: value as FormatName })
  if (axis === 'depth') return textOf({ ...order, depth: within(value, 1, MOST_DEPTH) })
  if (axis === 'constraints')
    return textOf({ ...order, constraints: within(value, 0, CONSTRAINTS.length) })
  return text
}

function classify(text: string): PromptKind | null {
  const order = orderOf(text)
  if (order === null) return null
  const { format, depth, constraints } = order
  return { format, depth, constraints }
}

/** The share of what is asked for that a response does not give; one that is not of the format at all fails wholly. */
function severity(text: string, response: string): number | null {
  const order = orderOf(text)
  if (order === null) return null
  const { format, depth } = order
  const found = depthOf(response.trim(), format)
  if (found === null) return 1
  const asked = CONSTRAINTS.filter(({ said }) => text.includes(said))
  const kept = asked.filter(({ holds }) => holds(response.trim(), format)).length
  const held = kept + Number(found === depth)
  return 1 - (1 + held) / (2 + asked.length)
}

const seeds: readonly DomainSeed[] = (Object.keys(FORMATS) as FormatName[]).flatMap((format, f) =>
  [1, 2, 3, 4].flatMap((depth) =>
    [0, 1, 2, 3, 4].map((constraints): DomainSeed => {
      const thing = THINGS[(f * 7 + depth * 3 + constraints) % THINGS.length]
      return {
        id: `format-${format}-${depth}-${constraints}`,
        ...{ language: 'en', source: 'agon', kind: { format, depth, constraints } },
        text: textOf({ thing, format, depth, constraints }),
      }
    }),
  ),
)

export const format: Domain = {
  id: 'format',
  about: 'answers of a given form: format, depth of nesting, further constraints',
  axes: [
    {
      name: 'format',
      about: 'the format that is asked for',
      values: Object.fromEntries(
        Object.entries(FORMATS).map(([name, { said }]) => [name, `the answer is ${said}`]),
      ),
    },
    {
      name: 'depth',
      about: 'how deep the answer is to be nested',
      extent: { low: 0.5, high: 4.5, bins: 4 },
    },
    {
      name: 'constraints',
      about: 'how many further constraints there are',
      extent: { low: -0.5, high: 4.5, bins: 5 },
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
    const order = orderOf(text)
    return order === null ? null : FORMATS[order.format].example(order.depth)
  },
  wrongness({ text }, response) {
    const off = severity(text, response)
    return off === null ? null : Number(off > 1e-9)
  },
  severity: ({ text }, response) => severity(text, response),
}
