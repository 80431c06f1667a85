import { AgonError } from '../../core/errors.ts'
import type { LevelSpace } from '../level-contract.ts'
import { textLevels } from '../text-levels.ts'
import type { Domain, Prompt, PromptKind } from './contract.ts'
import { lengthOf } from './plain-text.ts'

/** Most characters of a prompt. */
const MOST = 8000
/** Parts the prompts of a file. */
const RULE = '==='
/** Stands where nothing is known of a prompt, so that its text can begin with any line. */
const NOTHING = '-'

type Form = Pick<
  LevelSpace<Prompt>,
  'key' | 'encode' | 'decode' | 'format' | 'parse' | 'parseFile' | 'validate'
>

/**
 * Prompts as people write them: `key: value` for each axis, `answer` and `clean` as JSON where there are such, a blank line, and the text
 * itself, which may have blank lines of its own.
 */
export function promptLevels(domain: Domain): Form {
  const form = textLevels<Prompt>({
    format: (prompt) => formatPrompt(domain, prompt),
    read: (text) => readPrompt(domain, text),
    validate: (prompt) => faultOf(domain, prompt),
  })
  return {
    ...form,
    parseFile: (text) =>
      text
        .split(new RegExp(`^${RULE}\\s*$`, 'm'))
        .filter((part) => part.trim() !== '')
        .map((part, i) => ({ name: `prompt-${i + 1}`, level: form.parse(part) })),
  }
}

function formatPrompt({ axes }: Domain, { text, kind, answer, clean }: Prompt): string {
  const lines = [
    ...axes.flatMap(({ name }) => (kind[name] === undefined ? [] : [`${name}: ${kind[name]}`])),
    ...(answer === undefined ? [] : [`answer: ${JSON.stringify(answer)}`]),
    ...(clean === undefined ? [] : [`clean: ${JSON.stringify(clean)}`]),
  ]
  return [...(lines.length === 0 ? [NOTHING] : lines), '', text].join('\n')
}

const invalid = (message: string, place: string): AgonError =>
  new AgonError('level/invalid', message, {
    place,
    remedy: 'write `axis: value` lines, a blank line, and the prompt',
  })

function readPrompt({ axes }: Domain, written: string): Prompt {
  const text = written.replaceAll('\r\n', '\n')
  const end = text.indexOf('\n\n')
  if (end < 0) throw invalid('there is no blank line before the prompt', 'line 1')
  const kind: Record<string, number | string> = {}
  const known: { answer?: string; clean?: string } = {}
  const header = text.slice(0, end).split('\n')
  for (const [i, line] of header.entries()) {
    if (line === NOTHING) continue
    const [, key, value] = /^([A-Za-z_]+): (.*)$/.exec(line) ?? []
    const axis = axes.find(({ name }) => name === key)
    if (key === 'answer' || key === 'clean') known[key] = jsonText(value, `line ${i + 1}, ${key}`)
    else if (axis === undefined)
      throw invalid(`'${line.slice(0, 80)}' names no axis of the domain`, `line ${i + 1}`)
    else kind[axis.name] = axis.values === undefined ? Number(value) : value
  }
  return { text: text.slice(end + 2), kind, ...known }
}

function jsonText(value: string, place: string): string {
  try {
    const read: unknown = JSON.parse(value)
    if (typeof read === 'string') return read
  } catch {
    // Said below.
  }
  throw invalid('this is no text in JSON', place)
}

function faultOf({ axes }: Domain, { text, kind }: Prompt): string | null {
  if (text.trim() === '') return 'the prompt is empty'
  if (text !== text.trim()) return 'blanks stand around the prompt'
  if (lengthOf(text) > MOST) return `the prompt has more than ${MOST} characters`
  if (/[\p{Surrogate}\0]/u.test(text)) return 'the prompt is no well-formed text'
  for (const { name, values } of axes) {
    const value = kind[name]
    if (value === undefined) continue
    if (values === undefined ? !Number.isFinite(value) : !Object.hasOwn(values, String(value)))
      return `'${value}' is no ${name}`
  }
  return null
}

/** A prompt of this text. @throws AgonError `level/invalid` */
export function makePrompt(
  domain: Domain,
  given: string,
  kind: PromptKind,
  stages: readonly string[],
): Prompt {
  const text = given.replaceAll('\r\n', '\n').trim()
  const clean = domain.cleanStage === undefined ? undefined : stages[domain.cleanStage]?.trim()
  const answer = domain.answer(clean ?? text)
  const prompt: Prompt = {
    ...{ text, kind },
    ...(answer === null ? {} : { answer }),
    ...(clean === undefined || clean === '' ? {} : { clean }),
  }
  const fault = faultOf(domain, prompt)
  if (fault !== null) throw invalid(fault, 'the prompt')
  return prompt
}
