import { AgonError } from '../core/errors.ts'
import { nearest } from '../core/nearest.ts'
import type { Bot, Environment, EnvironmentSpec } from '../envs/contract.ts'
import { actionMask } from '../inference/action-mask.ts'
import type { Policy, PolicyCard } from '../inference/contract.ts'
import { randomPolicy } from '../inference/random-policy.ts'
import { version } from '../version.ts'

type WithBots = Pick<Environment<unknown>, 'spec' | 'bots' | 'bot'>

/** Who plays under a name, ready to. */
export type OpenPolicy =
  | { readonly kind: 'policy'; readonly policy: Policy }
  | { readonly kind: 'bot'; readonly bot: Bot }

/** Any allowed action alike; in every environment. */
const RANDOM = 'random'

/** Bots that can take seats of an environment. */
export const botNames = ({ bots = [] }: Pick<WithBots, 'bots'>): readonly string[] => [
  ...bots,
  ...(bots.includes(RANDOM) ? [] : [RANDOM]),
]

/**
 * A bot as who plays it: a rule of the environment, or a policy by chance.
 * @throws AgonError `seat/bot` with the nearest
 */
export function findBot(environment: WithBots, name: string): OpenPolicy {
  if (environment.bots?.includes(name) && environment.bot !== undefined)
    return { kind: 'bot', bot: environment.bot(name) }
  if (name === RANDOM) return { kind: 'policy', policy: randomPolicy(cardOf(environment.spec)) }
  const known = botNames(environment)
  const near = nearest(name, known)
  throw new AgonError('seat/bot', `${environment.spec.id} has no bot '${name}'`, {
    remedy: `its bots are ${known.join(', ')}`,
    fields: { known, ...(near === undefined ? {} : { nearest: near }) },
  })
}

/** Of chance, in whatever environment. */
function cardOf(spec: EnvironmentSpec): PolicyCard {
  const mask = actionMask(spec)
  const { [mask ?? '']: _, ...observations } = spec.observations
  return {
    format: 1,
    agon: version,
    environment: { id: spec.id, profile: spec.profile },
    observations,
    actions: spec.actions,
    state: {},
    decode: 'sample',
    ...(mask === undefined ? {} : { mask: true }),
    normalisation: {},
    training: {},
  }
}
