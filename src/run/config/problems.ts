import { AgonError } from '../../core/errors.ts'

/** One thing wrong with a config, as data: what `--json` prints and what a message is made of. */
export interface ConfigProblem {
  /** `file.yaml:12:3`, `--set env.width=x`, or the file's name where no line is meant. */
  readonly place: string
  /** Dotted path of the key or value; empty for the whole file. */
  readonly path: string
  readonly message: string
  readonly nearest?: string
  /** The values that would have been taken, where they can be listed. */
  readonly allowed?: readonly string[]
  /** Where a module threw it. */
  readonly origin?: string
  /** What was thrown; stays in this process. */
  readonly cause?: unknown
}

export type ConfigPath = readonly (string | number)[]

export const pathText = (path: ConfigPath): string => path.join('.')

/** More problems than anybody mends in one go are counted: 26 000 lines help nobody, and no wire carries them. */
const TOLD = 20
/** A key may be as long as its file. */
const LONGEST = 200

function sentence({ path, message, nearest }: ConfigProblem): string {
  const what = path === '' ? message : `${clipped(path, LONGEST)}: ${message}`
  return nearest === undefined ? what : `${what}; did you mean '${nearest}'?`
}

/**
 * The problems of one config as one error, so that a file is mended in one go; past the first twenty, how many there are.
 * @param source what was read, for the error's place when problems lie in several places
 */
export function configError(
  problems: readonly ConfigProblem[],
  source: string,
  code = 'config/invalid',
): AgonError {
  const [first] = problems
  const told = problems.slice(0, TOLD).map(({ cause: _, ...problem }) => problem)
  const remedy = 'every key is explained by `agon help run` and in docs/config.md'
  if (problems.length === 1)
    return new AgonError(code, sentence(first), {
      place: clipped(first.place, LONGEST),
      remedy,
      fields: { problems: told },
      ...(first.origin === undefined ? {} : { origin: first.origin }),
      ...(first.cause === undefined ? {} : { cause: first.cause }),
    })
  const lines = told.map(
    (problem) =>
      `\n  ${clipped(problem.place, LONGEST)}: ${sentence(problem)}${problem.origin === undefined ? '' : `, at ${problem.origin}`}`,
  )
  const more = problems.length - told.length
  const rest = more === 0 ? '' : `\n  and ${more} more`
  return new AgonError(
    code,
    `the config has ${problems.length} problems:${lines.join('')}${rest}\n `,
    {
      place: source,
      remedy,
      fields: { problems: told, ...(more === 0 ? {} : { more }) },
    },
  )
}

/**
 * Text of a value in a message: short, on one line, never the whole of a large structure.
 * @param written its characters in the file, which a number may have lost
 */
export function shown(value: unknown, written: string | null = null): string {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'object' && value !== null) return 'a mapping'
  const text = typeof value === 'string' ? `'${value}'` : (written ?? String(value))
  return clipped(text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' '), 60)
}

const clipped = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 3)}…`
