import { isDeepStrictEqual } from 'node:util'
import { AgonError, toErrorRecord } from '../../core/errors.ts'
import type { PartConfig } from '../contract.ts'
import type { Mapping } from './mapping.ts'
import { type ConfigPath, type ConfigProblem, pathText } from './problems.ts'
import {
  type Definitions,
  foundModule,
  loadDefinition,
  type PartKind,
  partModule,
} from './registry.ts'
import { check, type Place } from './schema-problems.ts'

/** A part as written: `id`, perhaps `module`, and its options. */
export interface PartSource {
  readonly id: string
  /** Paths or URLs of where it was found; the first one at which there is a file counts. */
  readonly module?: string | readonly string[]
  readonly [option: string]: unknown
}

export type ResolvedPart<K extends PartKind> =
  | {
      readonly part: PartConfig
      readonly definition: Definitions[K]
      readonly problems: readonly []
    }
  | { readonly part: null; readonly definition: null; readonly problems: readonly ConfigProblem[] }

const RESERVED_KEYS: readonly string[] = ['id', 'module']

/** Finds a part's module and fills in its options; whatever is wrong comes back as problems at their places. */
export async function resolvePart<K extends PartKind>(
  kind: K,
  source: PartSource,
  path: ConfigPath,
  place: Place,
  baseDir: string,
): Promise<ResolvedPart<K>> {
  const { id, module, ...written } = source
  let url: string
  let definition: Definitions[K]
  try {
    url = module === undefined ? partModule(kind, id, baseDir) : foundModule(module, baseDir)
    definition = await loadDefinition(kind, url)
  } catch (error) {
    return failed([atPath(error, [...path, module === undefined ? 'id' : 'module'], place)])
  }
  try {
    const { value, problems } = check(definition.options, written, place, path, RESERVED_KEYS)
    if (problems.length > 0) return failed(problems)
    const options = readAgain(definition, value as Mapping, id)
    return { part: { id, module: url, options }, definition, problems: [] }
  } catch (error) {
    return failed([atPath(error, path, place)])
  }
}

const failed = (
  problems: readonly ConfigProblem[],
): { part: null; definition: null; problems: readonly ConfigProblem[] } => ({
  part: null,
  definition: null,
  problems,
})

/**
 * What a resolved config holds must read back as itself, or a resumed run would be another run. The second reading also
 * has its keys in the order in which every later one has them, whatever a transform added at the end.
 */
function readAgain(
  definition: { readonly options: Definitions[PartKind]['options'] },
  options: Mapping,
  id: string,
): Mapping {
  const again = definition.options.safeParse(options)
  if (!again.success || !isDeepStrictEqual(again.data, options))
    throw new AgonError(
      'config/unstable',
      `the options of '${id}' change when they are read a second time`,
      {
        remedy: 'make the result of a transform a valid input that stays as it is',
      },
    )
  return again.data as Mapping
}

/** A thrown error as a problem of the config at `path`. */
export function atPath(error: unknown, path: ConfigPath, place: Place): ConfigProblem {
  const { message, fields, remedy, place: inner, origin } = toErrorRecord(error)
  const near = typeof fields?.nearest === 'string' ? { nearest: fields.nearest } : {}
  const allowed = Array.isArray(fields?.allowed) ? { allowed: fields.allowed.map(String) } : {}
  const where = inner === undefined || inner.startsWith('file:') ? '' : `${inner}: `
  const advice = remedy === undefined ? '' : ` (${remedy})`
  return {
    place: place(path),
    path: pathText(path),
    message: `${where}${message.split('\n')[0]}${advice}`,
    ...near,
    ...allowed,
    ...(origin === undefined || origin === inner ? {} : { origin }),
    cause: error,
  }
}
