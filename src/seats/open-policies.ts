import { AgonError, fromErrorRecord, toErrorRecord } from '../core/errors.ts'
import type { Environment } from '../envs/contract.ts'
import type { Policy, PolicyFile } from '../inference/contract.ts'
import { openPolicy } from '../inference/policy.ts'
import { isRemote, type PolicySource } from '../inference/policy-source.ts'
import { weakenedPolicy } from '../inference/weakened-policy.ts'
import { findBot, type OpenPolicy } from './bots.ts'
import type { NamedPolicies } from './contract.ts'
import { checkSeatable, viewOf } from './view-of.ts'

/** The named policies of a run, opened in this thread as they are first asked for. */
export interface OpenPolicies {
  readonly names: readonly string[]
  /** @throws AgonError `seat/policy`, `seat/bot`, `policy/*`, `onnx/*`, with the name as the place */
  get(name: string): Promise<OpenPolicy>
  /** Those that stand for students, as they are in a cycle; what was opened of them before is let go. */
  renew(cycle: number, live?: Readonly<Record<string, PolicyFile>>): Promise<void>
  close(): Promise<void>
}

export function openPolicies(
  environment: Environment<unknown>,
  policies: NamedPolicies,
): OpenPolicies {
  const opened = new Map<string, Promise<OpenPolicy>>()
  let renewed = -1
  let students: Readonly<Record<string, PolicyFile>> = {}
  const open = async (name: string): Promise<OpenPolicy> => {
    const named = Object.hasOwn(policies, name) ? policies[name] : undefined
    if (named?.kind === 'bot') return findBot(environment, named.bot, named.difficulty)
    const source = named?.kind === 'slot' ? students[name] : named?.source
    if (source === undefined)
      throw new AgonError(
        'seat/policy',
        named === undefined
          ? `there is no policy '${name}'`
          : `the policy '${name}' stands for a student, which did not come with the tasks`,
        { remedy: 'name it under `policies`' },
      )
    checkSeatable(source.card, environment)
    const view = viewOf(source.card, environment)
    const weakness = named?.kind === 'source' ? named.weakness : undefined
    const policy = await openSource(source)
    return {
      kind: 'policy',
      policy: weakness === undefined ? policy : weakenedPolicy(policy, weakness),
      ...(view === undefined ? {} : { view }),
    }
  }
  const release = async (name: string): Promise<void> => {
    const kept = opened.get(name)
    opened.delete(name)
    const left = await kept?.catch(() => undefined)
    if (left?.kind === 'policy') await left.policy.release()
  }
  return {
    names: Object.keys(policies),
    get(name) {
      const kept = opened.get(name) ?? open(name).catch((error) => Promise.reject(of(name, error)))
      opened.set(name, kept)
      return kept
    },
    async renew(cycle, live) {
      if (live === undefined || cycle === renewed) return
      renewed = cycle
      students = live
      for (const name of Object.keys(live)) await release(name)
    },
    async close() {
      for (const name of [...opened.keys()]) await release(name)
    },
  }
}

/** The library of the wire is loaded only by threads that dial. */
async function openSource(source: PolicySource): Promise<Policy> {
  return isRemote(source)
    ? (await import('../inference/remote/remote-policy.ts')).openRemotePolicy(source)
    : openPolicy(source)
}

function of(name: string, error: unknown): AgonError {
  return fromErrorRecord({ ...toErrorRecord(error), place: `policies.${name}` }, error)
}
