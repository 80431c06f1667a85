import { AgonError } from '../core/errors.ts'
import { nearest } from '../core/nearest.ts'
import type { Bot, Environment, EnvironmentSpec, View } from '../envs/contract.ts'
import { cardOfSetting } from '../inference/card-of-setting.ts'
import type { Policy, PolicyCard } from '../inference/contract.ts'
import { randomPolicy } from '../inference/random-policy.ts'

type WithBots = Pick<Environment<unknown>, 'spec' | 'bots' | 'bot'>

/** Who plays under a name, ready to. */
export type OpenPolicy =
  | { readonly kind: 'policy'; readonly policy: Policy; readonly view?: View }
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
 * @param difficulty of its team, 0 … 1, instead of the level's
 * @throws AgonError `seat/bot` with the nearest; `seat/difficulty` where it has none
 */
export function findBot(environment: WithBots, name: string, difficulty?: number): OpenPolicy {
  if (environment.bots?.includes(name) && environment.bot !== undefined) {
    const bot = environment.bot(name, difficulty)
    if (difficulty === undefined || bot.level !== undefined) return { kind: 'bot', bot }
  }
  const there = botNames(environment).includes(name)
  if (there && difficulty !== undefined)
    throw new AgonError(
      'seat/difficulty',
      `the bot '${name}' of ${environment.spec.id} is always the same: it has no difficulty`,
      { remedy: 'leave out difficulty' },
    )
  if (name === RANDOM) return { kind: 'policy', policy: randomPolicy(chanceCard(environment.spec)) }
  const known = botNames(environment)
  const near = nearest(name, known)
  throw new AgonError('seat/bot', `${environment.spec.id} has no bot '${name}'`, {
    remedy: `its bots are ${known.join(', ')}`,
    fields: { known, ...(near === undefined ? {} : { nearest: near }) },
  })
}

/** Of chance, in whatever environment. */
const chanceCard = (spec: EnvironmentSpec): PolicyCard => ({
  ...cardOfSetting(spec),
  ...{ state: {}, decode: 'sample', normalisation: {}, training: {} },
})
