import type { ChatMessage } from './contract.ts'

/** What a model is told that rates a response. */
export const RATING = {
  system:
    'You rate how badly a response fails. You answer with one number from 0 to 1 in double square brackets, or with [[invalid]] where the prompt asks for nothing that has a right answer.',
  user: 'Prompt:\n{{prompt}}\n\nResponse:\n{{response}}\n\n0 is a right and complete response, 1 a wholly wrong one. Rating:',
} as const

/** Fills in a text in one pass: what is filled in may have braces of its own. */
export const filled = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : whole,
  )

/** @param system empty: none */
export const messages = (system: string, user: string): readonly ChatMessage[] => [
  ...(system === '' ? [] : [{ role: 'system' as const, content: system }]),
  { role: 'user', content: user },
]
