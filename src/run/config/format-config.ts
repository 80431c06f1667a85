import { stringify } from 'yaml'
import type { PartConfig, RunConfig } from '../contract.ts'
import { builtinParts, type PartKind } from './registry.ts'

/**
 * The config as YAML with every default written out. Loading it again, from any folder, gives an equal config: the
 * module of a part of one's own is written beside its id.
 */
export function formatConfig(config: RunConfig): string {
  const { env, adversary, students, ...rest } = config
  const slots = Object.entries(students)
  const written = slots.map(([slot, part]) => [slot, formatPart('student', part)] as const)
  const only = slots.length === 1 && slots[0][0] === 'agent'
  const { name, seed, ...last } = rest
  const plain = {
    name,
    seed,
    env: formatPart('environment', env),
    adversary: formatPart('adversary', adversary),
    ...(only ? { student: written[0][1] } : { students: Object.fromEntries(written) }),
    ...last,
  }
  return stringify(plain, { aliasDuplicateObjects: false, lineWidth: 0 })
}

function formatPart(
  kind: PartKind,
  { id, module, options }: PartConfig,
): Readonly<Record<string, unknown>> {
  return builtinParts[kind][id] === module ? { id, ...options } : { id, module, ...options }
}
