import { AgonError } from '../../core/errors.ts'
import type { EnvironmentRef } from '../../envs/contract.ts'
import { DOMAIN_IDS, type DomainId, domainOf } from '../../envs/prompts/domains.ts'
import { defineService } from '../define-service.ts'
import { promptRules } from './options.ts'
import { rulesService } from './rules.ts'

/** @throws AgonError `service/domain` */
function domainIn({ options }: EnvironmentRef): DomainId {
  const { domain } = (options ?? {}) as { readonly domain?: unknown }
  const found = DOMAIN_IDS.find((one) => one === domain)
  if (found !== undefined) return found
  throw new AgonError('service/domain', 'the environment has no domain of prompts', {
    remedy: `name one: domain: ${DOMAIN_IDS[0]}; or take the environment prompts`,
  })
}

/** Mutator, target, judge, scorer and oracle by rule: searches of prompts without a model, a key or a network. */
export const service = defineService({
  id: 'prompt-rules',
  options: promptRules,
  traits: () => ({ deterministic: true, stateful: false }),
  create: async (options, { environment, seed }) =>
    rulesService(domainOf(options.domain ?? domainIn(environment)), options, seed),
})
