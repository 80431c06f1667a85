import { isMapping, type Mapping } from './mapping.ts'
import { type ConfigPath, type ConfigProblem, configError } from './problems.ts'
import { readYaml } from './yaml-source.ts'

/** One `--set a.b=c`. */
export interface Override {
  /** As the user wrote it. */
  readonly text: string
  readonly path: ConfigPath
  readonly value: unknown
  /** The characters of the scalar at a path within `value`. */
  readonly written: (path: ConfigPath) => string | null
}

const RESERVED = new Set(['__proto__', 'constructor', 'prototype'])

/** `a.b=c` → path and value; the value is YAML, so `true`, `3`, `[a, b]` and `{x: 1}` have their types. */
export function parseOverride(text: string): Override | ConfigProblem {
  const place = `--set ${text}`
  const equals = text.indexOf('=')
  const path = text.slice(0, Math.max(0, equals)).split('.')
  if (equals <= 0 || path.some((segment) => segment.trim() === ''))
    return { place, path: '', message: 'must have the form key=value, such as budget.cycles=100' }
  const reserved = path.find((segment) => RESERVED.has(segment))
  if (reserved !== undefined)
    return { place, path: path.join('.'), message: `'${reserved}' is not a known key` }
  const { source, problems } = readYaml(text.slice(equals + 1), place)
  if (source === null) return { ...problems[0], place, path: path.join('.') }
  return { text, path, value: source.plain, written: source.written }
}

const isOverride = (parsed: Override | ConfigProblem): parsed is Override => 'value' in parsed

/** @throws AgonError `config/invalid` naming the override that is not one */
export function readOverrides(set: readonly string[], source: string): readonly Override[] {
  const parsed = set.map(parseOverride)
  const problems: ConfigProblem[] = parsed.flatMap((one) => (isOverride(one) ? [] : [one]))
  if (problems.length > 0) throw configError(problems, source)
  return parsed.filter(isOverride)
}

/**
 * `config` with one value replaced; mappings on the way are made where they are missing. A part written as a plain
 * string (`env: maze`) becomes `{ id: maze }` first. A budget has one unit, so setting one drops the others; so do
 * stages, each with its own.
 */
export function applyOverride(
  config: unknown,
  { path, value }: Pick<Override, 'path' | 'value'>,
): unknown {
  const unit = path.at(-2) === 'budget' && (path.length === 2 || isStageKey(path))
  return setIn(unit ? setIn(config, path.slice(0, -1), {}) : config, path, value)
}

/** `stages.<n>.budget.<unit>`. */
const isStageKey = (path: ConfigPath): boolean => path.length === 4 && path[0] === 'stages'

function setIn(target: unknown, path: ConfigPath, value: unknown): unknown {
  const [head, ...rest] = path
  if (Array.isArray(target) && /^\d+$/.test(String(head)) && Number(head) < target.length)
    return target.map((item, i) =>
      i === Number(head) ? (rest.length === 0 ? value : setIn(item, rest, value)) : item,
    )
  const mapping: Mapping = isMapping(target)
    ? target
    : typeof target === 'string'
      ? { id: target }
      : {}
  const inner = Object.hasOwn(mapping, head) ? mapping[head] : undefined
  return { ...mapping, [head]: rest.length === 0 ? value : setIn(inner, rest, value) }
}
