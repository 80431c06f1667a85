import { type DomainId, domainOf } from '../../../envs/prompts/domains.ts'
import { axesOf } from '../../../envs/prompts/environment.ts'
import type { StressBudget } from '../contract.ts'
import type { NamedModel } from './model-address.ts'

/** What a stress test of a language model is to be. */
export interface PromptOrder {
  readonly name: string
  readonly domain: DomainId
  readonly target: NamedModel
  /** Who rewrites, judges and answers as the oracle; absent: the rules of the domain. */
  readonly helper?: NamedModel
  /** Absolute path of a file of prompts to begin with. */
  readonly seeds?: string
  readonly budget: StressBudget
}

/** Half of the published batch: the archive is looked at more often. */
const TASKS = 16
const CUT_EVERY = 10
const VOTES = 4
/** Share of rewritten prompts that the published filter drops. */
const FILTERED = 0.24

/** A stress test of a language model as the config of a run, which `agon run` takes as well. */
export function composePrompts({
  name,
  domain,
  target,
  helper,
  seeds,
  budget,
}: PromptOrder): Readonly<Record<string, unknown>> {
  const rules = (role: string) => ({ id: 'prompt-rules', role })
  const helped = (role: string) => helper?.service ?? rules(role)
  const oracle = byOracle(domain)
  return {
    name,
    env: { id: 'prompts', domain, ...(seeds === undefined ? {} : { seeds }) },
    adversary: {
      id: 'rainbow',
      axes: axesOf(domain),
      replace: oracle ? 'oracle' : 'judge',
      // What is right depends on what was asked; a rule says the same again.
      ...(helper === undefined ? { askAgain: false } : { judgeSees: 'prompts' }),
    },
    services: {
      target: target.service,
      mutator: helped('mutator'),
      judge: helped('judge'),
      scorer: rules('scorer'),
      ...(oracle ? { oracle: helped('oracle') } : {}),
      outside: rules('outside'),
    },
    graders: ['outside'],
    student: {
      ...{ id: 'prompted', tasks: TASKS },
      ...(oracle
        ? { system: 'You answer in at most two words, without an explanation.', maxTokens: 16 }
        : {}),
    },
    evaluation: { suite: `prompts/${domain}`, episodes: 1, every: 0 },
    budget,
    cuts: { every: CUT_EVERY },
  }
}

/** Questions have an oracle; elsewhere responses are compared. */
const byOracle = (domain: DomainId): boolean => domain === 'qa'

/** Calls of a search, as far as they can be told before: at most so many where every cell has someone in it. */
export function plannedCalls(
  domain: DomainId,
  attempts: number,
): { readonly target: number; readonly mutator: number; readonly judge: number } {
  const candidates = Math.ceil(attempts / (1 - FILTERED))
  return {
    target: attempts,
    mutator: candidates * domainOf(domain).axes.length,
    judge: attempts * (1 + VOTES),
  }
}
