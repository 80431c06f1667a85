import { AgonError } from '../core/errors.ts'
import type { TensorSpec } from '../core/tensor.ts'
import { ENCODINGS, type Encoding } from '../envs/football/native/contract.ts'
import type { PolicyCard } from '../inference/contract.ts'
import { checkSetting } from '../inference/policy-fit.ts'

/** What a profile of football means to who plays it. */
export interface PlayProfile {
  /** Native encodings by the names of the observations. */
  readonly observations: Readonly<Record<string, Encoding>>
  /** The encoding that says what is allowed. */
  readonly mask?: Encoding
  /** The policy knows outfield players only: keepers are the built-in AI's. */
  readonly outfieldOnly: boolean
  /** Dribble while the sprint flag is on is sent as release of sprint, as the release of TiZero does. */
  readonly releasesSprint: boolean
}

const plain = (observations: Readonly<Record<string, Encoding>>): PlayProfile => ({
  observations,
  outfieldOnly: false,
  releasesSprint: false,
})

const PROFILES: Readonly<Record<string, PlayProfile>> = {
  tizero: {
    observations: { obs: 'tizero' },
    mask: 'tizero-mask',
    outfieldOnly: true,
    releasesSprint: true,
  },
  'grf-marl': {
    observations: { obs: 'grf-marl' },
    outfieldOnly: true,
    releasesSprint: false,
  },
  simple115v2: plain({ obs: 'simple115v2' }),
  simple115: plain({ obs: 'simple115' }),
  extracted: plain({ minimap: 'spatial' }),
}

/** Action sets "default" and "v2". */
const ACTION_COUNTS = [19, 20]

/**
 * How a policy is to be played.
 * @throws AgonError `policy/profile`, `policy/observations`, `policy/actions` where it is no football policy that can be
 */
export function profileOf(card: PolicyCard): PlayProfile {
  const { id, profile } = card.environment
  const found =
    id === 'football' && Object.hasOwn(PROFILES, profile) ? PROFILES[profile] : undefined
  if (found === undefined)
    throw new AgonError(
      'policy/profile',
      `a policy of ${id} with profile ${profile} cannot be seated in football`,
      { remedy: `profiles that can: ${Object.keys(PROFILES).join(', ')}` },
    )
  const { observations, mask } = found
  const parts = { ...observations, ...(mask === undefined ? {} : { mask }) }
  const specs = Object.entries(parts).map(([name, encoding]): [string, TensorSpec] => [
    name,
    ENCODINGS[encoding],
  ])
  const { count } = card.actions
  checkSetting(card, {
    id,
    profile,
    observations: Object.fromEntries(specs),
    actions: { kind: 'discrete', count: ACTION_COUNTS.includes(count) ? count : ACTION_COUNTS[0] },
  })
  return found
}
