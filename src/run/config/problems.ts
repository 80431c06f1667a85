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
}

export type ConfigPath = readonly (string | number)[]

export const pathText = (path: ConfigPath): string => path.join('.')

function sentence({ path, message, nearest }: ConfigProblem): string {
  const what = path === '' ? message : `${path}: ${message}`
  return nearest === undefined ? what : `${what}; did you mean '${nearest}'?`
}

/**
 * All problems of one config as one error, so that a file is mended in one go.
 * @param source what was read, for the error's place when problems lie in several places
 */
export function configError(
  problems: readonly ConfigProblem[],
  source: string,
  code = 'config/invalid',
): AgonError {
  const [first] = problems
  const remedy = 'every key is explained by `agon help run` and in docs/config.md'
  if (problems.length === 1)
    return new AgonError(code, sentence(first), {
      place: first.place,
      remedy,
      fields: { problems },
    })
  const lines = problems.map((problem) => `\n  ${problem.place}: ${sentence(problem)}`)
  return new AgonError(code, `the config has ${problems.length} problems:${lines.join('')}\n `, {
    place: source,
    remedy,
    fields: { problems },
  })
}

/** Text of a value in a message: short, on one line, never the whole of a large structure. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'object' && value !== null) return 'a mapping'
  const text = typeof value === 'string' ? `'${value}'` : String(value)
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
  return line.length <= 60 ? line : `${line.slice(0, 57)}…`
}
