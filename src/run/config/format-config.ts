import { fileURLToPath } from 'node:url'
import { stringify } from 'yaml'
import type { PartConfig, RunConfig, ServiceConfig } from '../contract.ts'
import { nearPath, relativePath } from './near-path.ts'
import { builtinParts, type PartKind } from './registry.ts'
import { mapRemoteFiles } from './remote-part.ts'

/**
 * The config as YAML with every default written out. Loading it again, from any folder, gives an equal config: the
 * module of a part of one's own is written beside its id.
 * @param folder where the file will stand: modules and files of the same project are then named as seen from there, so that
 * the whole may be moved
 */
export function formatConfig(config: RunConfig, folder?: string): string {
  const { env, adversary, students, services, ...rest } =
    folder === undefined ? config : seenFrom(config, folder)
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
    ...(services === undefined ? {} : { services: formatServices(services) }),
    ...last,
  }
  return stringify(plain, { aliasDuplicateObjects: false, lineWidth: 0 })
}

function formatServices(
  services: Readonly<Record<string, WrittenPart & Pick<ServiceConfig, 'limits'>>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(services).map(([name, { limits, ...part }]) => [
      name,
      { ...formatPart('service', part), limits },
    ]),
  )
}

function formatPart(
  kind: PartKind,
  { id, module, options }: WrittenPart,
): Readonly<Record<string, unknown>> {
  return builtinParts[kind][id] === module ? { id, ...options } : { id, module, ...options }
}

interface WrittenPart extends Omit<PartConfig, 'module'> {
  /** Where to look for it, in this order. */
  readonly module: string | readonly string[]
}

function seenFrom(config: RunConfig, folder: string) {
  const { env, adversary, students, services, hub, evaluation } = config
  const files = (options: Readonly<Record<string, unknown>>) =>
    env.id === 'remote' ? mapRemoteFiles(options, (path) => nearPath(folder, path)) : options
  const tls =
    hub.tls && Object.entries(hub.tls).map(([name, file]) => [name, nearPath(folder, file)])
  return {
    ...config,
    env: placed('environment', { ...env, options: files(env.options) }, folder),
    adversary: placed('adversary', adversary, folder),
    students: Object.fromEntries(
      Object.entries(students).map(([slot, part]) => [slot, placed('student', part, folder)]),
    ),
    ...(services === undefined
      ? {}
      : {
          services: Object.fromEntries(
            Object.entries(services).map(([name, { limits, ...part }]) => [
              name,
              { ...placed('service', part, folder), limits },
            ]),
          ),
        }),
    evaluation:
      evaluation.env === undefined ? evaluation : { ...evaluation, env: files(evaluation.env) },
    hub: tls === undefined ? hub : { ...hub, tls: Object.fromEntries(tls) },
  }
}

/** The run may be moved with its project, or away from it. */
function placed(kind: PartKind, part: PartConfig, folder: string): WrittenPart {
  if (builtinParts[kind][part.id] === part.module || !part.module.startsWith('file:')) return part
  const beside = relativePath(folder, fileURLToPath(part.module))
  return beside === null ? part : { ...part, module: [beside, part.module] }
}
