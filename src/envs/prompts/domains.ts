import type { Domain } from './contract.ts'
import { arithmetic } from './domains/arithmetic.ts'
import { format } from './domains/format.ts'
import { overRefusal } from './domains/over-refusal.ts'
import { qa } from './domains/qa.ts'
import { robustness } from './domains/robustness.ts'
import { safety } from './domains/safety.ts'

export const DOMAIN_IDS = [
  'qa',
  'arithmetic',
  'format',
  'over-refusal',
  'robustness',
  'safety',
] as const

export type DomainId = (typeof DOMAIN_IDS)[number]

const DOMAINS: Readonly<Record<DomainId, Domain>> = {
  qa,
  arithmetic,
  format,
  'over-refusal': overRefusal,
  robustness,
  safety,
}

export const domainOf = (id: DomainId): Domain => DOMAINS[id]
