import { AgonError } from '../../../core/errors.ts'

/** A language model as a command names it, and as a config writes its service. */
export interface NamedModel {
  /** For people and for files. */
  readonly name: string
  readonly service: Readonly<Record<string, unknown>>
}

const FORM = /^(openai|scripted|recorded):(.+)$/

/** Whether a word names a language model: `openai:gpt-4o-mini@http://127.0.0.1:8000/v1`, `scripted:rules.yaml`, `recorded:file`. */
export const isModelAddress = (word: string): boolean => FORM.test(word)

/** @throws AgonError `usage/value` */
export function parseModelAddress(word: string): NamedModel {
  const [, provider, rest] = FORM.exec(word) ?? []
  if (provider === undefined) throw noModel(word)
  if (provider === 'scripted') return modelOf(rest, { provider, script: rest })
  if (provider === 'recorded') return modelOf(rest, { provider, recording: rest })
  const at = rest.lastIndexOf('@http')
  const model = at < 0 ? rest : rest.slice(0, at)
  if (model === '') throw noModel(word)
  const baseUrl = at < 0 ? {} : { baseUrl: rest.slice(at + 1) }
  return modelOf(model, { provider, model, ...baseUrl })
}

const modelOf = (path: string, service: NamedModel['service']): NamedModel => ({
  name: path.replace(/^.*\//, '').replace(/\.ya?ml$/i, ''),
  service: { id: 'language-model', ...service },
})

const noModel = (word: string): AgonError =>
  new AgonError('usage/value', `'${word}' names no language model`, {
    remedy: 'name one: openai:MODEL@http://host:port/v1, scripted:FILE or recorded:FILE',
  })
