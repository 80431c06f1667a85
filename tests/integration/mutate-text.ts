import type { RandomStream } from 'agon/core'

/** What is written in the place of a token: the values and marks that readers of text get wrong. */
const TOKENS = [
  '0',
  '-1',
  '1',
  '2',
  '7',
  '64',
  '1e3',
  '1e309',
  '-1e309',
  '.nan',
  '.inf',
  'NaN',
  '0x10',
  '0o17',
  '4294967296',
  '9007199254740993',
  '99999999999999999999',
  '1.5',
  '-0',
  'true',
  'null',
  '~',
  "''",
  '""',
  '[]',
  '{}',
  '[1, 2]',
  '{ id: maze }',
  '{ id: dr }',
  'maze',
  'dr',
  'plr',
  'accel',
  'ppo',
  'agent',
  'random:0',
  'random:5',
  'maze/dcd',
  'maze/minimax-train',
  'dcd',
  'jaxued',
  './gone.ts',
  '/',
  '..',
  '&a x',
  '*a',
  '<<',
  '!!binary aGk=',
  '!x y',
  '%YAML 9',
  '---',
  '...',
  '|',
  '>',
  '? [a]',
  '"\\u0000"',
  '__proto__',
  'constructor',
  'toString',
  'id',
  'module',
  'seed',
  'budget',
  'student',
  'students',
  'cycles',
  'envSteps',
  'é😀\u2028',
  'G',
  '>',
  '#',
  '^v',
  'size: 3x3',
  'maxSteps: 0',
  'occlusion: on',
  '\t',
  '\r',
  '\u0000',
] as const

const TOKEN = /[^\s:,{}[\]]+/g

type Mutation = (text: string, random: RandomStream, corpus: readonly string[]) => string

const pick = <T>(items: readonly T[], random: RandomStream): T =>
  items[random.integer(items.length)]

function splice(text: string, from: number, length: number, by: string): string {
  return text.slice(0, from) + by + text.slice(from + length)
}

const at = (text: string, random: RandomStream): number => random.integer(text.length + 1)

function onLines(change: (lines: string[], at: number, random: RandomStream) => void): Mutation {
  return (text, random) => {
    const lines = text.split('\n')
    change(lines, random.integer(lines.length), random)
    return lines.join('\n')
  }
}

const replaceToken: Mutation = (text, random) => {
  const found = [...text.matchAll(TOKEN)]
  if (found.length === 0) return pick(TOKENS, random)
  const token = pick(found, random)
  return splice(text, token.index, token[0].length, pick(TOKENS, random))
}

const swapTokens: Mutation = (text, random) => {
  const found = [...text.matchAll(TOKEN)]
  if (found.length < 2) return text
  const [a, b] = [pick(found, random), pick(found, random)].sort((x, y) => x.index - y.index)
  return a === b
    ? text
    : splice(splice(text, b.index, b[0].length, a[0]), a.index, a[0].length, b[0])
}

/** A typing error inside a word. */
const misspell: Mutation = (text, random) => {
  const letter = String.fromCharCode(97 + random.integer(26))
  return splice(text, at(text, random), random.integer(2), random.integer(2) === 0 ? letter : '')
}

const changeNumber: Mutation = (text, random) => {
  const found = [...text.matchAll(/\d+/g)]
  if (found.length === 0) return text
  const digits = pick(found, random)
  return splice(
    text,
    digits.index,
    digits[0].length,
    String(random.integer(10 ** (1 + random.integer(4)))),
  )
}

const MUTATIONS: readonly Mutation[] = [
  replaceToken,
  swapTokens,
  misspell,
  changeNumber,
  changeNumber,
  (text, random) => splice(text, at(text, random), 0, String.fromCharCode(random.integer(256))),
  (text, random) => splice(text, at(text, random), random.integer(20), ''),
  (text, random) => splice(text, at(text, random), 0, pick(TOKENS, random)),
  (text, random, corpus) =>
    text.slice(0, at(text, random)) + pick(corpus, random).slice(at(text, random)),
  onLines((lines, i) => lines.splice(i, 1)),
  onLines((lines, i) => lines.splice(i, 0, lines[i])),
  onLines((lines, i, random) => {
    const j = random.integer(lines.length)
    const kept = lines[i]
    lines[i] = lines[j]
    lines[j] = kept
  }),
  onLines((lines, i, random) => {
    lines[i] = pick([' ', '  ', '\t', '- '], random) + lines[i]
  }),
  onLines((lines, i) => {
    lines[i] = lines[i].replace(/^ {1,2}/, '')
  }),
]

/** One text of the corpus, changed one to four times; a function of the stream alone. */
export function mutateText(corpus: readonly string[], random: RandomStream): string {
  let text = pick(corpus, random)
  for (let times = 1 + random.integer(4); times > 0; times--)
    text = pick(MUTATIONS, random)(text, random, corpus)
  return text
}
