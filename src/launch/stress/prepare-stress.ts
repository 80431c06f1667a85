import { basename } from 'node:path'
import { stringify } from 'yaml'
import { utf8 } from '../../core/bytes.ts'
import { isPolicyAddress, parsePolicyAddress } from '../../inference/policy-address.ts'
import { readPolicyFile } from '../../inference/policy-file.ts'
import { parseConfig } from '../../run/config/index.ts'
import type { RunConfig } from '../../run/contract.ts'
import { composeStress, type StressOrder } from './compose-stress.ts'
import { isModelAddress } from './prompts/model-address.ts'
import { preparePrompts } from './prompts/prepare-prompts.ts'
import { parseReferences } from './references.ts'
import { type ForeignReading, stressPolicy } from './stress-policy.ts'
import { stressSetting } from './stress-setting.ts'

/** What somebody asks of a stress test. */
export interface StressRequest extends ForeignReading {
  /** A policy.onnx or a `kserve://` address. */
  readonly policy: string
  /** A config file, a built-in id, a module, or `host:port`. */
  readonly env?: string
  readonly adversary?: string
  readonly budget: StressOrder['budget']
  /** Words joined by commas. */
  readonly against?: string
  readonly set: readonly string[]
  readonly seed?: number
  /** Of prompts, where a language model is tested. */
  readonly domain?: string
  /** Who rewrites and judges then; absent: rules. */
  readonly helper?: string
  /** A file of prompts to begin with. */
  readonly seeds?: string
}

export interface PreparedStress {
  readonly config: RunConfig
  /** What was chosen in want of anything said. */
  readonly notes: readonly string[]
  /** Once the run has its own copy of the policy. */
  close(): Promise<void>
}

/**
 * A stress test as the config of a run. Nothing is started.
 * @throws AgonError `usage/*`, `policy/*`, `onnx/*`, `stress/*`, `config/invalid`
 */
export async function prepareStress(request: StressRequest): Promise<PreparedStress> {
  if (isModelAddress(request.policy)) return await preparePrompts(request)
  const { env, adversary, budget, set, seed } = request
  const policy = await stressPolicy(request.policy, request, async () => {
    return (await stressSetting(env, null)).spec
  })
  try {
    const profiles = await profilesOf(request.against)
    const { notes, ...setting } = await stressSetting(env, policy.card, profiles)
    const against = request.against ?? (adversary === 'plr' ? undefined : setting.against)
    const composed = composeStress({
      ...{ name: nameOf(request.policy), setting, target: policy.written, budget },
      references: against === undefined ? [] : parseReferences(against, policy.written),
      ...(adversary === undefined ? {} : { adversary }),
    })
    const config = await parseConfig(utf8(stringify(composed)), 'agon stress', {
      set,
      ...(seed === undefined ? {} : { seed }),
    })
    return { config, notes, close: policy.close }
  } catch (error) {
    await policy.close()
    throw error
  }
}

/** Of the files among those whom a policy is measured against. */
async function profilesOf(against = ''): Promise<readonly string[]> {
  const named = parseReferences(against, {}).flatMap(({ policy }) => policy.file ?? [])
  const files = await Promise.all(named.map((file) => readPolicyFile(String(file))))
  return files.map(({ card }) => card.environment.profile)
}

/** `stress-<policy>`, as runs are named. */
function nameOf(policy: string): string {
  const plain = isPolicyAddress(policy)
    ? parsePolicyAddress(policy).model
    : basename(policy).replace(/\.onnx$/i, '')
  return `stress-${plain.replace(/[^A-Za-z0-9_.-]+/g, '-').slice(0, 40)}`
}
