import type { ActionArray } from '../../../core/action-space.ts'
import type { TypedArray } from '../../../core/tensor.ts'
import type { Encoding } from '../native/contract.ts'
import { ENCODINGS } from '../native/encodings.ts'

/** What policies of a profile see, and how they play. */
export interface PolicyProfile {
  /** Native encodings by the names of the observations, which are those of the released graphs where there are such. */
  readonly encodings: Readonly<Record<string, Encoding>>
  /** They know outfield players only: keepers are the built-in AI's. */
  readonly outfieldOnly: boolean
  /** They know nothing but eleven a side. */
  readonly elevenOnly: boolean
  /** Makes what they chose into what is sent, in place; absent: the same. `seen` is by the names of {@link PolicyProfile.encodings}. */
  readonly translate?: (actions: ActionArray, seen: Readonly<Record<string, TypedArray>>) => void
}

/** Profiles that show an agent rows of numbers; `raw` has fields instead. */
export type EncodedProfile = 'simple115v2' | 'simple115' | 'extracted' | 'tizero' | 'grf-marl'

const ANYBODY = { outfieldOnly: false, elevenOnly: false }
const OUTFIELD = { outfieldOnly: true, elevenOnly: true }

export const POLICY_PROFILES: Readonly<Record<EncodedProfile, PolicyProfile>> = {
  simple115v2: { encodings: { obs: 'simple115v2' }, ...ANYBODY },
  simple115: { encodings: { obs: 'simple115' }, ...ANYBODY },
  extracted: { encodings: { minimap: 'spatial' }, ...ANYBODY },
  tizero: {
    encodings: { obs: 'tizero', mask: 'tizero-mask' },
    ...OUTFIELD,
    translate: releaseSprint,
  },
  'grf-marl': { encodings: { obs: 'grf-marl' }, ...OUTFIELD },
}

export const isEncodedProfile = (profile: string): profile is EncodedProfile =>
  Object.hasOwn(POLICY_PROFILES, profile)

const DRIBBLE = 17
const RELEASE_SPRINT = 15
/** Where TiZero's encoding has the sprint flag: sticky bits stand from column 1, sprint is the ninth. */
const SPRINT_FLAG = 9

/** Dribble while the sprint flag is on is sent as release of sprint, as the release of TiZero does. */
function releaseSprint(actions: ActionArray, { obs }: Readonly<Record<string, TypedArray>>): void {
  const width = ENCODINGS.tizero.shape[0]
  for (let row = 0; row < actions.length; row++)
    if (actions[row] === DRIBBLE && obs[row * width + SPRINT_FLAG] === 1)
      actions[row] = RELEASE_SPRINT
}
