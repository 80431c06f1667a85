import { sha256 } from '../core/bytes.ts'
import { canonicalJson } from '../core/canonical-json.ts'
import { mapRemoteFiles } from './config/remote-part.ts'
import type { PartConfig, RunConfig } from './contract.ts'
import { stageRun } from './stages/stage-files.ts'

const mapped = (
  parts: Readonly<Record<string, PartConfig>>,
  part: (one: PartConfig) => unknown,
): unknown => Object.fromEntries(Object.entries(parts).map(([name, one]) => [name, part(one)]))

/** A file is what it holds, wherever it lies. */
function policyIdentities(policies: NonNullable<RunConfig['policies']>): unknown {
  return Object.entries(policies)
    .sort()
    .map(([name, policy]) => [name, 'file' in policy ? { sha256: policy.sha256 } : policy])
}

/**
 * Identity of an experiment: what decides its bits. Budget, cuts, placement and workers do not, nor where the files lie by
 * which an environment server is found. The device of the evaluation is part of the platform.
 * @param paths with those files, as in runs of before
 */
export function configSha256(config: RunConfig, paths = false): string {
  const { stages } = config
  if (stages !== undefined) {
    const identities = stages.map(({ name, from = null }, i) => ({
      name,
      from,
      identity: configSha256(stageRun(config, i), paths),
    }))
    return sha256(canonicalJson({ stages: identities }))
  }
  const remote = config.env.id === 'remote' && !paths
  const kept = (options: Readonly<Record<string, unknown>>): unknown =>
    remote ? mapRemoteFiles(options, () => null) : options
  const part = ({ id, options }: PartConfig): unknown => ({ id, options })
  const { policies, seating } = config
  const { workers: _, device: __, env, ...evaluation } = config.evaluation
  const students = Object.entries(config.students).sort()
  return sha256(
    canonicalJson({
      seed: config.seed,
      env: { id: config.env.id, options: kept(config.env.options) },
      adversary: part(config.adversary),
      students: students.map(([slot, student]) => [slot, part(student)]),
      ...(config.services === undefined
        ? {}
        : { services: mapped(config.services, part), graders: config.graders ?? [] }),
      ...(policies === undefined ? {} : { policies: policyIdentities(policies) }),
      ...(seating === undefined ? {} : { seating }),
      ...(config.dataset === undefined ? {} : { dataset: config.dataset }),
      evaluation: env === undefined ? evaluation : { ...evaluation, env: kept(env) },
    }),
  )
}
