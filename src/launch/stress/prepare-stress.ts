import { basename } from 'node:path'
import { stringify } from 'yaml'
import { utf8 } from '../../core/bytes.ts'
import { isPolicyAddress, parsePolicyAddress } from '../../inference/policy-address.ts'
import { readPolicyFile } from '../../inference/policy-file.ts'
import { parseConfig } from '../../run/config/index.ts'
import { composeStress } from './compose-stress.ts'
import type { PreparedStress, StressRequest } from './contract.ts'
import { isModelAddress } from './prompts/model-address.ts'
import { preparePrompts } from './prompts/prepare-prompts.ts'
import { parseReferences } from './references.ts'
import { stressPolicy } from './stress-policy.ts'
import { stressSetting } from './stress-setting.ts'

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
