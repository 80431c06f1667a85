import { join } from 'node:path'
import type { Environment } from '../envs/contract.ts'
import type { Weakness } from '../inference/contract.ts'
import { parsePolicyAddress } from '../inference/policy-address.ts'
import { readPolicyFile } from '../inference/policy-file.ts'
import { isRemote, type PolicySource } from '../inference/policy-source.ts'
import type { NamedPolicies, NamedPolicy } from '../seats/contract.ts'
import { checkSeatable } from '../seats/view-of.ts'
import type { PolicyConfig, RunConfig } from './contract.ts'
import { keepPolicy } from './kept-policy.ts'
import { makeFolders } from './make-folders.ts'

/** Where a run keeps the files of its policies. */
const FOLDER = 'policies'

/**
 * The policies of a config as plain data, for whichever thread or node opens them; undefined where it names none.
 * @param critics slots whose students export policies with a critic
 * @throws AgonError `policy/*`, `onnx/*`, `wire/*`, `inference/unknown`
 */
export async function loadPolicies(
  { policies }: RunConfig,
  environment: Environment<unknown>,
  critics: ReadonlySet<string>,
): Promise<NamedPolicies | undefined> {
  if (policies === undefined) return undefined
  const loaded: Record<string, NamedPolicy> = {}
  for (const [name, policy] of Object.entries(policies))
    loaded[name] = await load(policy, environment, critics)
  return loaded
}

async function load(
  policy: PolicyConfig,
  environment: Environment<unknown>,
  critics: ReadonlySet<string>,
): Promise<NamedPolicy> {
  if ('bot' in policy) return { kind: 'bot', ...policy }
  if ('slot' in policy) {
    const { slot } = policy
    return { kind: 'slot', slot, ...(critics.has(slot) ? { critic: true } : {}) }
  }
  const source =
    'file' in policy ? await readPolicyFile(policy.file) : await findRemote(policy.kserve)
  checkSeatable(source.card, environment)
  const weakness = weaknessOf(policy)
  return { kind: 'source', source, ...(weakness === undefined ? {} : { weakness }) }
}

function weaknessOf({ temperature, epsilon }: Weakness): Weakness | undefined {
  if (temperature === undefined && epsilon === undefined) return undefined
  return {
    ...(temperature === undefined ? {} : { temperature }),
    ...(epsilon === undefined ? {} : { epsilon }),
  }
}

/** The library of the wire is loaded only where somebody is dialled. */
async function findRemote(address: string): Promise<PolicySource> {
  const { describeRemotePolicy } = await import('../inference/remote/index.ts')
  const { resolveTarget } = await import('../wire/index.ts')
  const { target, model, version } = parsePolicyAddress(address)
  const endpoint = resolveTarget(target, { env: process.env })
  return describeRemotePolicy(endpoint, model, version === undefined ? {} : { version })
}

/**
 * Writes the files of the policies into a run directory.
 * @returns the config that finds them there
 * @throws AgonError `run/unwritable`, `run/disk-full`
 */
export function keepPolicies(
  config: RunConfig,
  loaded: NamedPolicies | undefined,
  directory: string,
): RunConfig {
  if (config.policies === undefined || loaded === undefined) return config
  const kept: Record<string, PolicyConfig> = { ...config.policies }
  for (const [name, policy] of Object.entries(config.policies)) {
    const named = loaded[name]
    if (!('file' in policy) || named.kind !== 'source' || isRemote(named.source)) continue
    makeFolders(join(directory, FOLDER))
    keepPolicy(join(directory, FOLDER, name), named.source)
    kept[name] = { ...policy, file: join(directory, FOLDER, `${name}.onnx`) }
  }
  return { ...config, policies: kept }
}
