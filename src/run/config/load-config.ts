import { readFile } from 'node:fs/promises'
import { basename, dirname, extname, resolve } from 'node:path'
import { fromUtf8 } from '../../core/bytes.ts'
import { AgonError } from '../../core/errors.ts'
import type { RunConfig } from '../contract.ts'
import { NAME_PATTERN } from './config.schema.ts'
import { isMapping } from './mapping.ts'
import { applyOverride, isOverride, type Override, parseOverride } from './overrides.ts'
import { type ConfigPath, type ConfigProblem, configError } from './problems.ts'
import { resolveConfig } from './resolve-config.ts'
import type { Place } from './schema-problems.ts'
import { readYaml, type YamlSource } from './yaml-source.ts'

export interface LoadOptions {
  /** `a.b=c`, applied in order after the file. */
  readonly set?: readonly string[]
  /** Replaces the file's seed (`--seed`). */
  readonly seed?: number
}

/**
 * Reads a YAML config, applies overrides, validates it and fills in every default.
 * @throws AgonError `config/missing`, or `config/invalid` with file, line and column of every problem
 */
export async function loadConfig(path: string, options: LoadOptions = {}): Promise<RunConfig> {
  let bytes: Uint8Array
  try {
    bytes = await readFile(path)
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    const why = code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`
    throw new AgonError('config/missing', why, {
      place: path,
      remedy: 'give the path of a YAML config, such as recipes/maze-dr-quick.yaml',
      cause,
    })
  }
  return parseConfig(bytes, path, options)
}

/** {@link loadConfig} for bytes at hand; `path` names them and is where relative modules start from. */
export async function parseConfig(
  bytes: Uint8Array,
  path: string,
  { set = [], seed }: LoadOptions = {},
): Promise<RunConfig> {
  const { source, problems } = readYaml(decode(bytes, path), path)
  if (source === null) throw configError(problems, path)
  const overrides = readOverrides(seed === undefined ? set : [...set, `seed=${seed}`], path)
  const plain = overrides.reduce<unknown>(applyOverride, source.plain)
  const name = basename(path, extname(path))
  return resolveConfig(plain, {
    baseDir: dirname(resolve(path)),
    source: path,
    place: placeOf(source, overrides),
    ...(NAME_PATTERN.test(name) ? { name } : {}),
  })
}

function decode(bytes: Uint8Array, path: string): string {
  try {
    return fromUtf8(bytes)
  } catch {
    throw configError([{ place: path, path: '', message: 'is not UTF-8 text' }], path)
  }
}

/** @throws AgonError `config/invalid` naming the override that is not one */
export function readOverrides(set: readonly string[], source: string): readonly Override[] {
  const parsed = set.map(parseOverride)
  const problems: ConfigProblem[] = parsed.flatMap((one) => (isOverride(one) ? [] : [one]))
  if (problems.length > 0) throw configError(problems, source)
  return parsed.filter(isOverride)
}

/** A value set from the command line is blamed there, everything else in the file. */
function placeOf(source: YamlSource, overrides: readonly Override[]): Place {
  const within = (inner: ConfigPath, outer: ConfigPath): boolean =>
    outer.every((segment, i) => String(inner[i]) === String(segment))
  return (path, what) => {
    const blamed = overrides.findLast(
      (override) =>
        within(path, override.path) ||
        (path.length > 0 && within(override.path, path) && !isMapping(valueAt(source.plain, path))),
    )
    return blamed === undefined ? source.place(path, what) : `--set ${blamed.text}`
  }
}

function valueAt(value: unknown, path: ConfigPath): unknown {
  return path.reduce<unknown>(
    (inner, key) => (isMapping(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined),
    value,
  )
}
