import { readFile } from 'node:fs/promises'
import { basename, dirname, extname, resolve } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { fromUtf8 } from '../../core/bytes.ts'
import { AgonError } from '../../core/errors.ts'
import type { RunConfig } from '../contract.ts'
import { NAME_PATTERN } from './config.schema.ts'
import { isMapping } from './mapping.ts'
import { applyOverride, type Override, readOverrides } from './overrides.ts'
import { type ConfigPath, configError } from './problems.ts'
import { resolveConfig } from './resolve-config.ts'
import type { Place } from './schema-problems.ts'
import { readYaml, type YamlSource } from './yaml-source.ts'

export interface LoadOptions {
  /** `a.b=c`, applied in order after the file. */
  readonly set?: readonly string[]
  /** Replaces the file's seed (`--seed`). */
  readonly seed?: number
}

/** Stands for standard input in the place of a path, as elsewhere. */
const STANDARD_INPUT = '-'
/** Names it in messages; not a name for a run. */
const INPUT_NAME = 'standard input'

/**
 * Reads a YAML config, applies overrides, validates it and fills in every default.
 * @param path a file; `-` reads standard input, whose relative module paths start from the working directory
 * @throws AgonError `config/missing`, or `config/invalid` with file, line and column of every problem
 */
export async function loadConfig(path: string, options: LoadOptions = {}): Promise<RunConfig> {
  const bytes = await readBytes(path)
  return parseConfig(bytes, path === STANDARD_INPUT ? INPUT_NAME : path, options)
}

/**
 * The text of a config that is validated elsewhere, and the name that its file gives it where it has none.
 * @throws AgonError `config/missing`, `config/invalid` where it is no text
 */
export async function readConfigText(
  path: string,
): Promise<{ readonly text: string; readonly name: string | null }> {
  const text = decode(await readBytes(path), path)
  const { source } = readYaml(text, path)
  const named = isMapping(source?.plain) && source.plain.name !== undefined
  const name = basename(path, extname(path))
  return { text, name: named || !NAME_PATTERN.test(name) ? null : name }
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await (path === STANDARD_INPUT ? buffer(process.stdin) : readFile(path))
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    const why = code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`
    throw new AgonError('config/missing', why, {
      place: path,
      remedy: 'give the path of a YAML config, such as recipes/maze-dr-quick.yaml',
      cause,
    })
  }
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

/** A value set from the command line is blamed there, everything else in the file. */
function placeOf(source: YamlSource, overrides: readonly Override[]): Place {
  const within = (inner: ConfigPath, outer: ConfigPath): boolean =>
    outer.every((segment, i) => String(inner[i]) === String(segment))
  const blamed = (path: ConfigPath): Override | undefined =>
    overrides.findLast(
      (override) =>
        within(path, override.path) ||
        (path.length > 0 && within(override.path, path) && !isMapping(valueAt(source.plain, path))),
    )
  const place = (path: ConfigPath, what?: 'key' | 'value'): string => {
    const override = blamed(path)
    return override === undefined ? source.place(path, what) : `--set ${override.text}`
  }
  const written = (path: ConfigPath): string | null => {
    const override = blamed(path)
    return override === undefined
      ? source.written(path)
      : override.written(path.slice(override.path.length))
  }
  return Object.assign(place, { written })
}

function valueAt(value: unknown, path: ConfigPath): unknown {
  return path.reduce<unknown>(
    (inner, key) => (isMapping(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined),
    value,
  )
}
