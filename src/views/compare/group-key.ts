import type { RunConfig } from '../../run/contract.ts'

/**
 * Equal for runs of one experiment: everything of the config but the seed and what never changes a result (threads,
 * placement, cuts, supervision, files beside the metrics). Module paths differ between machines and are left out.
 * @param init hash of the policy that the run began with (`--init`)
 */
export function groupKey(config: RunConfig, slot: string, init: string | null = null): string {
  const { name, env, adversary, students, services, evaluation, budget } = config
  const { final, episodes, every, suite, env: measured } = evaluation
  const part = ({ id, options }: RunConfig['env']) => ({ id, options })
  const parts = (given: Readonly<Record<string, RunConfig['env']>>) =>
    Object.fromEntries(Object.entries(given).map(([key, one]) => [key, part(one)]))
  return JSON.stringify(
    sorted({
      slot,
      name,
      env: part(env),
      adversary: part(adversary),
      students: parts(students),
      ...(services === undefined ? {} : { services: parts(services) }),
      evaluation: { final, episodes, every, suite, env: measured },
      init,
      budget,
    }),
  )
}

/** The same value with every object's keys in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]))
}
