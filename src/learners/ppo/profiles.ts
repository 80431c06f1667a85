/** What a profile decides where the options say nothing: the columns of the reference code bases. */
export interface ProfileDefaults {
  readonly network: Readonly<Record<string, unknown>>
  readonly ppo: Readonly<Record<string, unknown>>
}

export type ProfileName = 'minimax' | 'jaxued' | 'dcd'

/** minimax is the schema's own default (its DR column), so only differences stand here. */
export const PROFILES: Readonly<Record<ProfileName, ProfileDefaults>> = {
  minimax: { network: { inits: 'minimax' }, ppo: {} },
  jaxued: {
    network: { inits: 'jaxued', activation: 'relu' },
    ppo: { anneal: 'linear' },
  },
  dcd: {
    network: { inits: 'dcd' },
    ppo: {
      gaeLambda: 0.95,
      entropyCoefficient: 0.01,
      bootstrap: 'none',
      normalise: 'rollout',
    },
  },
}

/** Of builders, the teachers of the reference code bases; minimax is the schema's own default again. */
export const EPISODIC_PROFILES: Readonly<Record<ProfileName, ProfileDefaults>> = {
  ...PROFILES,
  dcd: { ...PROFILES.dcd, ppo: { ...PROFILES.dcd.ppo, entropyCoefficient: 0 } },
}

/** Fills what `input` leaves out from its profile; the schema fills the rest and judges everything. */
export function withProfile(
  profiles: Readonly<Record<ProfileName, ProfileDefaults>>,
  given: unknown,
): unknown {
  if (given === undefined) return {}
  if (!isRecord(given)) return given
  const input = withStateSpaces(given)
  const profile = profiles[input.profile as ProfileName]
  if (profile === undefined) return input
  const filled: Record<string, unknown> = { ...input }
  for (const part of ['network', 'ppo'] as const)
    if (input[part] === undefined || isRecord(input[part]))
      filled[part] = { ...profile[part], ...(input[part] as object | undefined) }
  return filled
}

/** Options of a core `s5` are written out where there is one, and absent elsewhere. */
function withStateSpaces(input: Record<string, unknown>): Record<string, unknown> {
  const { network } = input
  if (!isRecord(network) || network.core !== 's5' || network.s5 !== undefined) return input
  return { ...input, network: { ...network, s5: {} } }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
