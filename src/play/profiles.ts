import { choiceCounts } from '../core/action-space.ts'
import { AgonError } from '../core/errors.ts'
import type { TensorSpec } from '../core/tensor.ts'
import type { Encoding } from '../envs/football/native/contract.ts'
import { ENCODINGS } from '../envs/football/native/encodings.ts'
import { ELEVEN_A_SIDE, ENCODED_PROFILES } from '../envs/football/observe/representation.ts'
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
  /** The policy sees games of eleven a side only. */
  readonly elevenOnly: boolean
  /** Dribble while the sprint flag is on is sent as release of sprint, as the release of TiZero does. */
  readonly releasesSprint: boolean
}

/** What is not said by the observations of a profile; profiles that are not here have nothing to say. */
const HABITS: Readonly<Record<string, Partial<PlayProfile>>> = {
  tizero: { outfieldOnly: true, releasesSprint: true },
  'grf-marl': { outfieldOnly: true },
}

/** Action sets "default" and "v2". */
const ACTION_COUNTS = [19, 20]

/**
 * How a policy is to be played.
 * @throws AgonError `policy/profile`, `policy/observations`, `policy/actions` where it is no football policy that can be
 */
export function profileOf(card: PolicyCard): PlayProfile {
  const { id, profile } = card.environment
  const parts: Readonly<Record<string, Encoding>> | undefined =
    id === 'football' && Object.hasOwn(ENCODED_PROFILES, profile)
      ? ENCODED_PROFILES[profile as keyof typeof ENCODED_PROFILES]
      : undefined
  if (parts === undefined)
    throw new AgonError(
      'policy/profile',
      `a policy of ${id} with profile ${profile} cannot be seated in football`,
      { remedy: `profiles that can: ${Object.keys(ENCODED_PROFILES).join(', ')}` },
    )
  const specs = Object.entries(parts).map(([name, encoding]): [string, TensorSpec] => [
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
  const { mask, ...observations } = parts
  return {
    observations,
    ...(mask === undefined ? {} : { mask }),
    outfieldOnly: false,
    elevenOnly: ELEVEN_A_SIDE.includes(profile),
    releasesSprint: false,
    ...HABITS[profile],
  }
}
