import { fileURLToPath } from 'node:url'
import { stringify } from 'yaml'
import type { PartConfig, RunConfig, ServiceConfig } from '../contract.ts'
import { stageRun } from '../stages/stage-files.ts'
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
  const { stages, ...whole } = config
  const plain = stages === undefined ? written(whole, folder) : writtenStages(config, folder)
  return stringify(plain, { aliasDuplicateObjects: false, lineWidth: 0 })
}

type Part = Readonly<Record<string, unknown>>
interface Written
  extends Omit<RunConfig, 'env' | 'adversary' | 'students' | 'services' | 'stages'> {
  readonly env: Part
  readonly adversary: Part
  readonly student?: Part
  readonly students?: Readonly<Record<string, Part>>
  readonly services?: Readonly<Record<string, unknown>>
}

function written(config: RunConfig, folder: string | undefined): Written {
  const { env, adversary, students, services, ...rest } =
    folder === undefined ? config : seenFrom(config, folder)
  const slots = Object.entries(students)
  const written = slots.map(([slot, part]) => [slot, formatPart('student', part)] as const)
  const only = slots.length === 1 && slots[0][0] === 'agent'
  const { name, seed, ...last } = rest
  return {
    name,
    seed,
    env: formatPart('environment', env),
    adversary: formatPart('adversary', adversary),
    ...(only ? { student: written[0][1] } : { students: Object.fromEntries(written) }),
    ...(services === undefined ? {} : { services: formatServices(services) }),
    ...last,
  }
}

/** Every stage in full; at the top level only what no stage has of its own. */
function writtenStages(config: RunConfig, folder: string | undefined) {
  const { stages = [] } = config
  const wholes = stages.map((_, i) => written(stageRun(config, i), folder))
  const { name, seed, env: _, adversary: __, student: ___, students: ____, ...first } = wholes[0]
  const { evaluation, budget: _____, dataset: ______, ...rest } = first
  const { workers, device } = evaluation
  const own = stages.map(({ name, from, dataset }, i) => {
    const { env, adversary, student, students, budget } = wholes[i]
    const { workers: _, device: __, ...measured } = wholes[i].evaluation
    const cast = student === undefined ? { students } : { student }
    const sources = from === undefined ? {} : { from }
    const left = dataset === undefined ? {} : { dataset }
    return { name, env, adversary, ...cast, evaluation: measured, budget, ...left, ...sources }
  })
  const machine = { workers, ...(device === undefined ? {} : { device }) }
  return { name, seed, evaluation: machine, ...rest, stages: own }
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
  const { env, adversary, students, policies, services, hub, evaluation } = config
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
    ...(policies === undefined ? {} : { policies: seenPolicies(policies, folder) }),
    evaluation:
      evaluation.env === undefined ? evaluation : { ...evaluation, env: files(evaluation.env) },
    hub: tls === undefined ? hub : { ...hub, tls: Object.fromEntries(tls) },
  }
}

function seenPolicies(
  policies: NonNullable<RunConfig['policies']>,
  folder: string,
): NonNullable<RunConfig['policies']> {
  return Object.fromEntries(
    Object.entries(policies).map(([name, policy]) => [
      name,
      'file' in policy ? { ...policy, file: nearPath(folder, policy.file) } : policy,
    ]),
  )
}

/** The run may be moved with its project, or away from it. */
function placed(kind: PartKind, part: PartConfig, folder: string): WrittenPart {
  if (builtinParts[kind][part.id] === part.module || !part.module.startsWith('file:')) return part
  const beside = relativePath(folder, fileURLToPath(part.module))
  return beside === null ? part : { ...part, module: [beside, part.module] }
}
