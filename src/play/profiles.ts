import { choiceCounts } from '../core/action-space.ts'
import { AgonError } from '../core/errors.ts'
import type { TensorSpec } from '../core/tensor.ts'
import { ENCODINGS } from '../envs/football/native/encodings.ts'
import {
  isEncodedProfile,
  POLICY_PROFILES,
  type PolicyProfile,
} from '../envs/football/observe/profiles.ts'
import type { PolicyCard } from '../inference/contract.ts'
import { checkSetting } from '../inference/policy-fit.ts'

/** Action sets "default" and "v2". */
const ACTION_COUNTS = [19, 20]

/**
 * How a policy is to be played.
 * @throws AgonError `policy/profile`, `policy/observations`, `policy/actions` where it is no football policy that can be
 */
export function profileOf(card: PolicyCard): PolicyProfile {
  const { id, profile } = card.environment
  if (id !== 'football' || !isEncodedProfile(profile))
    throw new AgonError(
      'policy/profile',
      `a policy of ${id} with profile ${profile} cannot be seated in football`,
      { remedy: `profiles that can: ${Object.keys(POLICY_PROFILES).join(', ')}` },
    )
  const found = POLICY_PROFILES[profile]
  const specs = Object.entries(found.encodings).map(([name, encoding]): [string, TensorSpec] => [
    name,
    ENCODINGS[encoding],
  ])
  const [count = 0] = choiceCounts(card.actions)
  checkSetting(card, {
    id,
    profile,
    observations: Object.fromEntries(specs),
    actions: { kind: 'discrete', count: ACTION_COUNTS.includes(count) ? count : ACTION_COUNTS[0] },
  })
  return found
}
