import type { View } from '../../contract.ts'
import { actionNames, BUILTIN_AI } from '../actions.ts'
import type { FootballOptions } from '../options.ts'
import { type EncodedProfile, POLICY_PROFILES } from './profiles.ts'

/** The profiles that an environment shows side by side; undefined where it has one representation alone. */
export const shownProfiles = ({
  representation,
}: Pick<FootballOptions, 'representation'>): readonly EncodedProfile[] | undefined =>
  typeof representation === 'string' ? undefined : representation

/** What an observation is called where several profiles are shown. */
export const viewedName = (profile: EncodedProfile, name: string): string => `${profile}/${name}`

/** How policies of a profile take seats beside those of others. */
export function footballView(
  profile: EncodedProfile,
  { actionSet }: Pick<FootballOptions, 'actionSet'>,
): View {
  const { encodings, translate } = POLICY_PROFILES[profile]
  const names = Object.keys(encodings)
  const own = actionNames(actionSet).length
  return {
    observations: Object.fromEntries(names.map((name) => [name, viewedName(profile, name)])),
    // What the set "v2" adds comes last, so that policies of the default set are at home in both.
    actions: [...new Set([own, BUILTIN_AI])].map((count) => ({ kind: 'discrete', count })),
    ...(translate === undefined ? {} : { translate }),
  }
}
