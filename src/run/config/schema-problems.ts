import type { ZodType, z } from 'zod'
import { nearest } from '../../core/nearest.ts'
import { inputShape } from './describe-options.ts'
import { isMapping, type Mapping } from './mapping.ts'
import { type ConfigPath, type ConfigProblem, pathText, shown } from './problems.ts'

type Issue = z.core.$ZodIssue
/** Where a path of the value that was checked lies in what the user wrote. */
export interface Place {
  (path: ConfigPath, what?: 'key' | 'value'): string
  /** The characters of the scalar there, where they are known. */
  readonly written?: (path: ConfigPath) => string | null
}

/** `value` after the schema, or every problem it has. */
export type Checked<T> =
  | { readonly value: T; readonly problems: readonly [] }
  | { readonly value: undefined; readonly problems: readonly ConfigProblem[] }

/**
 * Parses `value` with `schema`. Unknown keys are problems even where the schema would drop them silently, because a
 * misspelt option that does nothing is the worst kind of config error.
 * @param prefix path of `value` in the config
 * @param besides keys that the caller takes out of the mapping itself, offered as nearest keys too
 */
export function check<T>(
  schema: ZodType<T>,
  value: unknown,
  place: Place,
  prefix: ConfigPath = [],
  besides: readonly string[] = [],
): Checked<T> {
  const unknown = unknownKeys(inputShape(schema), value, prefix, place, besides)
  const parsed = schema.safeParse(value, { reportInput: true, error: unsaid })
  if (parsed.success && unknown.length === 0) return { value: parsed.data, problems: [] }
  const told = new Set(unknown.map(({ path }) => path))
  const issues = parsed.success
    ? []
    : parsed.error.issues.filter((issue) => issue.code !== 'unrecognized_keys')
  const problems = narrowest(issues).map((issue) => {
    const path = [...prefix, ...(issue.path as ConfigPath)]
    const written = place.written?.(path) ?? null
    return { place: place(path), path: pathText(path), ...explain(issue, written) }
  })
  // A misspelt key often leaves a required one missing; only the misspelling is worth telling.
  const follows = ({ path, message }: ConfigProblem): boolean =>
    message.startsWith('is missing') &&
    unknown.some(
      (problem) => problem.nearest !== undefined && path === sibling(problem.path, problem.nearest),
    )
  return {
    value: undefined,
    problems: [
      ...unknown,
      ...problems.filter((problem) => !follows(problem) && !told.has(problem.path)),
    ],
  }
}

/** The library's own sentences are not shown: what an option's author did not say is said by {@link explain}. */
const unsaid = (): string => ''

/**
 * One problem a value. A bound that follows from a type (whole numbers end at 2^53) is no news beside the narrower one
 * of the option, and what fails a second check of the same value follows from the first.
 */
function narrowest(issues: readonly Issue[]): readonly Issue[] {
  const told = new Map<string, Issue>()
  for (const issue of issues) {
    const path = pathText(issue.path as ConfigPath)
    const before = told.get(path)
    if (before === undefined || isNarrower(issue, before)) told.set(path, issue)
  }
  return [...told.values()]
}

function isNarrower(issue: Issue, than: Issue): boolean {
  if (issue.code === 'too_big' && than.code === 'too_big') return issue.maximum < than.maximum
  if (issue.code === 'too_small' && than.code === 'too_small') return issue.minimum > than.minimum
  return false
}

const sibling = (path: string, name: string): string =>
  path.includes('.') ? `${path.slice(0, path.lastIndexOf('.'))}.${name}` : name

function unknownKeys(
  shape: Mapping,
  value: unknown,
  path: ConfigPath,
  place: Place,
  besides: readonly string[] = [],
): ConfigProblem[] {
  const { properties, additionalProperties: rest } = shape
  if (!isMapping(value) || (!isMapping(properties) && rest !== false))
    return inItems(shape, value, path, place)
  const known = isMapping(properties) ? properties : {}
  const names = [...Object.keys(known), ...besides]
  return Object.entries(value).flatMap(([key, inner]) => {
    const at = [...path, key]
    if (Object.hasOwn(known, key) && isMapping(known[key]))
      return unknownKeys(known[key], inner, at, place)
    if (rest === true || isMapping(rest))
      return isMapping(rest) ? unknownKeys(rest, inner, at, place) : []
    return [{ place: place(at, 'key'), path: pathText(at), ...unknownKey(key, names) }]
  })
}

function unknownKey(key: string, names: readonly string[]): { readonly message: string } & Hint {
  const found = hint(key, names)
  const known =
    found.nearest === undefined && names.length <= 24 ? `; there are ${names.join(', ')}` : ''
  return { message: `is not a known key${known}`, ...found }
}

function inItems(
  { items, additionalProperties: rest }: Mapping,
  value: unknown,
  path: ConfigPath,
  place: Place,
): ConfigProblem[] {
  if (Array.isArray(value) && isMapping(items))
    return value.flatMap((inner, i) => unknownKeys(items, inner, [...path, i], place))
  if (isMapping(value) && isMapping(rest))
    return Object.entries(value).flatMap(([key, inner]) =>
      unknownKeys(rest, inner, [...path, key], place),
    )
  return []
}

interface Hint {
  readonly nearest?: string
  readonly allowed?: readonly string[]
}

/** The nearest candidate, where one is near, and the candidates themselves, where there are few enough to list. */
export function hint(word: unknown, candidates: readonly string[]): Hint {
  const found = typeof word === 'string' ? nearest(word, candidates) : undefined
  return {
    ...(found === undefined ? {} : { nearest: found }),
    ...(candidates.length === 0 || candidates.length > 60 ? {} : { allowed: candidates }),
  }
}

const ARTICLES: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  nan: 'a number',
  string: 'text',
  boolean: 'true or false',
  object: 'a mapping',
  record: 'a mapping',
  array: 'a list',
  tuple: 'a list',
}

/** @param written the characters of the value in the file */
function explain(issue: Issue, written: string | null): { readonly message: string } & Hint {
  const input = issue.input
  const given = shown(input, written)
  // Checks written by an option's author carry their own sentence.
  if (issue.message !== '') return { message: issue.message.split('\n')[0] }
  switch (issue.code) {
    case 'invalid_type': {
      const expected = ARTICLES[issue.expected] ?? issue.expected
      if (input === undefined) return { message: `is missing; it must be ${expected}` }
      return { message: `must be ${expected}, not ${given}` }
    }
    case 'invalid_value': {
      const values = issue.values.map(String)
      const missing = input === undefined ? 'is missing; it ' : ''
      const got = input === undefined ? '' : `, not ${given}`
      return {
        message: `${missing}must be one of ${values.join(', ')}${got}`,
        ...hint(input, values),
      }
    }
    case 'too_small':
    case 'too_big':
      return { message: boundMessage(issue, given) }
    case 'not_multiple_of':
      return { message: `must be a multiple of ${issue.divisor}, not ${given}` }
    case 'invalid_format':
      return { message: `${formMessage(issue)}, not ${given}` }
    case 'invalid_union':
      return explainUnion(issue, input, written)
    case 'invalid_key':
    case 'invalid_element':
      return issue.issues[0] === undefined
        ? { message: 'is not taken' }
        : explain(issue.issues[0], null)
    default:
      return { message: input === undefined ? 'is missing' : `cannot be ${given}` }
  }
}

/** Never the pattern itself. */
function formMessage(issue: Extract<Issue, { code: 'invalid_format' }>): string {
  if ('prefix' in issue) return `must begin with '${issue.prefix}'`
  if ('suffix' in issue) return `must end with '${issue.suffix}'`
  if ('includes' in issue) return `must contain '${issue.includes}'`
  return issue.format === 'regex'
    ? 'must have the form that its description names'
    : `must be of the form '${issue.format}'`
}

function boundMessage(
  issue: Extract<Issue, { code: 'too_small' | 'too_big' }>,
  given: string,
): string {
  const small = issue.code === 'too_small'
  const bound = small ? issue.minimum : issue.maximum
  const [closed, open] = small ? ['at least', 'more than'] : ['at most', 'less than']
  const word = issue.inclusive === false ? open : closed
  if (issue.origin === 'string') return `must have ${word} ${bound} characters`
  if (issue.origin === 'array' || issue.origin === 'set')
    return `must have ${word} ${bound} entries`
  return `must be ${word} ${bound}, not ${given}`
}

function explainUnion(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  input: unknown,
  written: string | null,
): { readonly message: string } & Hint {
  const inner = issue.errors.flatMap(([first]) => (first === undefined ? [] : [first]))
  // One branch that fits the type of what was written tells more than all branches that do not.
  const deep = inner.find(
    ({ code, path }) => path.length > 0 || !['invalid_type', 'invalid_value'].includes(code),
  )
  if (deep !== undefined) {
    const colon = deep.code === 'invalid_key' ? ':' : ''
    const where = deep.path.length === 0 ? '' : `${pathText(deep.path as ConfigPath)}${colon} `
    const { message, ...rest } = explain(deep, deep.path.length === 0 ? written : null)
    return { message: `${where}${message}`, ...rest }
  }
  const wanted = inner.map((one) =>
    one.code === 'invalid_value'
      ? one.values.map(String).join(' or ')
      : one.code === 'invalid_type'
        ? (ARTICLES[one.expected] ?? one.expected)
        : '',
  )
  const values = inner.flatMap((one) =>
    one.code === 'invalid_value' ? one.values.map(String) : [],
  )
  const got = input === undefined ? 'is missing; it must' : 'must'
  const not = input === undefined ? '' : `, not ${shown(input, written)}`
  return { message: `${got} be ${wanted.join(' or ')}${not}`, ...hint(input, values) }
}
