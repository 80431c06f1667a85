import { z } from 'zod'
import { AgonError } from '../../../core/errors.ts'

/** Text as whole numbers, a character each. What the vocabulary lacks becomes token 0. */
export interface Tokenizer {
  /** By token; 0 stands for what is none of the others. */
  readonly tokens: readonly string[]
  encode(text: string): number[]
  /** What a token is in a text; of token 0 the sign for an unknown character. */
  decode(token: number): string
}

const UNKNOWN = '�'

const fileSchema = z.strictObject({
  format: z.literal(1),
  kind: z.literal('characters'),
  tokens: z
    .array(z.string().min(1))
    .min(2)
    .refine((tokens) => new Set(tokens).size === tokens.length, 'has a token twice')
    .refine(
      (tokens) => tokens.slice(1).every((one) => [...one].length === 1),
      'has a token of several characters',
    ),
})

/** @param characters those that there are beside the unknown one, in the order of their tokens */
export function characterTokenizer(characters: readonly string[]): Tokenizer {
  const tokens = [UNKNOWN, ...characters]
  const numbers = new Map(tokens.map((token, i) => [token, i]))
  return {
    tokens,
    encode: (text) => Array.from(text, (character) => numbers.get(character) ?? 0),
    decode: (token) => tokens[token] ?? UNKNOWN,
  }
}

/** A line break and the printable characters of ASCII. */
export const PLAIN_CHARACTERS: readonly string[] = [
  '\n',
  ...Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)),
]

/** `tokenizer.json`. */
export function formatTokenizer({ tokens }: Tokenizer): string {
  return `${JSON.stringify({ format: 1, kind: 'characters', tokens })}\n`
}

/** @throws AgonError `model/tokenizer` */
export function parseTokenizer(text: string, place = 'tokenizer.json'): Tokenizer {
  const refuse = (why: string, cause?: unknown): AgonError =>
    new AgonError('model/tokenizer', `the tokenizer cannot be read: ${why}`, {
      place,
      remedy: 'take the tokenizer.json that was written with the model: docs/language-models.md',
      cause,
    })
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw refuse((cause as Error).message, cause)
  }
  const checked = fileSchema.safeParse(json)
  if (checked.success) return characterTokenizer(checked.data.tokens.slice(1))
  const { path, message } = checked.error.issues[0]
  throw refuse(`${[...path, ''].join('.')} ${message}`.trim())
}
