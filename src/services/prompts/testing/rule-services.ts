import { type DomainId, domainOf } from '../../../envs/prompts/domains.ts'
import type { Json } from '../../contract.ts'
import { promptRules } from '../options.ts'
import { ruleReply } from '../rules.ts'

/** The rules of a domain as services. */
export function ruleServices(
  domain: DomainId,
  seed: number,
  of: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {},
): Readonly<Record<string, (payload: Json) => string>> {
  const roles = ['target', 'mutator', 'judge', 'scorer', 'oracle']
  return Object.fromEntries(
    roles.map((role) => [
      role,
      ruleReply(domainOf(domain), promptRules.parse({ role, ...of[role] }), seed),
    ]),
  )
}
