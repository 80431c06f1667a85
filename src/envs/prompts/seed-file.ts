import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { AgonError } from '../../core/errors.ts'
import type { PromptSeed } from '../level-contract.ts'
import type { Domain, Prompt, PromptKind } from './contract.ts'
import { makePrompt } from './prompt-levels.ts'

const MOST = 100_000

/** A record of a file of seeds: as `agon stress export` writes it, or a test of promptfoo. */
interface Written {
  readonly id?: unknown
  readonly prompt?: unknown
  readonly kind?: unknown
  readonly vars?: { readonly prompt?: unknown }
}

/**
 * Seeds of a user's own: JSON lines with `prompt` and perhaps `id` and `kind`, or a YAML file of promptfoo whose tests have `vars.prompt`.
 * @throws AgonError `level/invalid`, `env/seeds`
 */
export function readSeeds(domain: Domain, path: string): PromptSeed<Prompt>[] {
  const records = recordsOf(path)
  if (records.length === 0 || records.length > MOST)
    throw wrong(path, `it has ${records.length} prompts; there may be 1 to ${MOST}`)
  return records.map((record, i) => {
    const text = record.prompt ?? record.vars?.prompt
    if (typeof text !== 'string') throw wrong(path, `record ${i + 1} has no prompt`)
    const kind = { ...domain.classify(text), ...kindOf(domain, record.kind) }
    const id = typeof record.id === 'string' ? record.id : `own-${i + 1}`
    return {
      id,
      level: makePrompt(domain, text, kind, domain.cleanStage === undefined ? [] : [text]),
    }
  })
}

function recordsOf(path: string): readonly Written[] {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    throw wrong(path, 'the file cannot be read', cause)
  }
  try {
    if (!/\.ya?ml$/i.test(path))
      return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [JSON.parse(line)]))
    const { tests } = (parse(text) ?? {}) as { readonly tests?: readonly Written[] }
    return Array.isArray(tests) ? tests : []
  } catch (cause) {
    throw wrong(path, (cause as Error).message.split('\n')[0], cause)
  }
}

/** Of what a record says of its kind, the axes that the domain has. */
function kindOf({ axes }: Domain, kind: unknown): PromptKind {
  if (typeof kind !== 'object' || kind === null) return {}
  const known = axes.flatMap(({ name }) => {
    const value = (kind as Record<string, unknown>)[name]
    return typeof value === 'string' || typeof value === 'number' ? [[name, value] as const] : []
  })
  return Object.fromEntries(known)
}

const wrong = (path: string, message: string, cause?: unknown): AgonError =>
  new AgonError('env/seeds', message, {
    place: path,
    remedy:
      'give JSON lines with `prompt`, or a YAML file of promptfoo whose tests have vars.prompt',
    ...(cause === undefined ? {} : { cause }),
  })
