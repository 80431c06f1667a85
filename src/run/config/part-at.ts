import { isMapping } from './mapping.ts'
import { moduleSchema } from './parts.schema.ts'
import type { ConfigPath, ConfigProblem } from './problems.ts'
import type { PartKind } from './registry.ts'
import { type PartSource, resolvePart } from './resolve-parts.ts'
import type { Place } from './schema-problems.ts'

export const isPartSource = (written: unknown): written is PartSource =>
  isMapping(written) &&
  typeof written.id === 'string' &&
  written.id !== '' &&
  (written.module === undefined || moduleSchema.safeParse(written.module).success)

/** A part whose own shape is wrong has been reported by the top level already. */
export async function partAt<K extends Exclude<PartKind, 'service'>>(
  kind: K,
  written: unknown,
  path: ConfigPath,
  place: Place,
  baseDir: string,
  problems: ConfigProblem[],
) {
  if (!isPartSource(written)) return null
  const resolved = await resolvePart(kind, written, path, place, baseDir)
  problems.push(...resolved.problems)
  return resolved.part === null ? null : resolved
}
