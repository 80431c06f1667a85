import { resolve } from 'node:path'
import { stringify } from 'yaml'
import { utf8 } from '../../../core/bytes.ts'
import { AgonError } from '../../../core/errors.ts'
import { suggestion } from '../../../core/nearest.ts'
import { DOMAIN_IDS } from '../../../envs/prompts/domains.ts'
import { parseConfig } from '../../../run/config/index.ts'
import type { PreparedStress, StressRequest } from '../contract.ts'
import { composePrompts, plannedCalls } from './compose-prompts.ts'
import { parseModelAddress } from './model-address.ts'

const RESPONSIBLE =
  'test only systems that you own or have written permission to test, follow the usage policy of who runs them, and treat the archive as sensitive: it is a list of ways to break a model (docs/algorithms/rainbow.md#responsible-use)'

/**
 * A stress test of a language model as the config of a run. Nothing is asked.
 * @throws AgonError `usage/*`, `config/invalid`
 */
export async function preparePrompts(request: StressRequest): Promise<PreparedStress> {
  const { policy, adversary = 'rainbow', domain = 'qa', budget, set, seed } = request
  if (adversary !== 'rainbow')
    throw new AgonError('usage/option', `'${adversary}' does not search what models are asked`, {
      place: 'agon stress',
      remedy: 'take --adversary rainbow, or write a config with env: { id: prompts }',
    })
  const known = DOMAIN_IDS.find((id) => id === domain)
  if (known === undefined || known === 'safety')
    throw new AgonError(
      'usage/value',
      known === undefined
        ? `there is no domain '${domain}'`
        : 'the domain safety is off here: it takes a config that names target and permission',
      {
        place: 'agon stress',
        remedy:
          known === undefined ? suggestion(domain, DOMAIN_IDS) : 'see docs/environments/prompts.md',
      },
    )
  const target = parseModelAddress(policy)
  const composed = composePrompts({
    name: `stress-${target.name.replace(/[^A-Za-z0-9_.-]+/g, '-').slice(0, 40)}`,
    ...{ domain: known, target, budget },
    ...(request.seeds === undefined ? {} : { seeds: resolve(request.seeds) }),
    ...(request.helper === undefined ? {} : { helper: parseModelAddress(request.helper) }),
  })
  const config = await parseConfig(utf8(stringify(composed)), 'agon stress', {
    set,
    ...(seed === undefined ? {} : { seed }),
  })
  const calls = 'evaluations' in budget ? plannedCalls(known, budget.evaluations) : null
  return {
    config,
    notes: [
      ...(calls === null
        ? []
        : [
            `planned: ${calls.target} calls of the model and of its sealed prompts twice, about ${calls.mutator} to rewrite, at most ${calls.judge} to judge${request.helper === undefined ? ', the last two by rule' : ''}`,
          ]),
      RESPONSIBLE,
    ],
    close: async () => {},
  }
}
