import { canonicalJson } from '../../core/canonical-json.ts'
import { AgonError } from '../../core/errors.ts'
import { type RandomStream, stream } from '../../core/random.ts'
import type { Bin, Domain, Prompt } from '../../envs/prompts/contract.ts'
import { isRefusal } from '../../envs/prompts/domains/refusal.ts'
import { promptLevels } from '../../envs/prompts/prompt-levels.ts'
import type { Generation } from '../../inference/language/contract.ts'
import type { Json, Service } from '../contract.ts'
import { gradeOutcomes } from './evaluator.ts'
import type { PromptRules } from './options.ts'
import { answerOf } from './weak-target.ts'

/** What is asked of a rule: a request to a language model, and beside it what rules need to know. */
interface Asked {
  readonly messages?: readonly { readonly role: string; readonly content: string }[]
  readonly about?: {
    readonly text?: string
    readonly feature?: string
    readonly value?: string | Bin
    readonly level?: string
    readonly response?: string
    readonly reference?: string
    readonly first?: Side
    readonly second?: Side
  }
}

interface Side {
  readonly level: string
  readonly response: string
  readonly reference?: string
}

type Rule = (asked: Asked, draw: RandomStream) => string

/** A service of a domain's rules: as a model would answer, by rule and without a network. The same question always gets the same answer. */
export function rulesService(domain: Domain, options: PromptRules, seed: number): Service {
  const reply = ruleReply(domain, options, seed)
  return {
    async ask(request) {
      if (options.role === 'outside')
        return { payload: gradeOutcomes(domain, promptLevels(domain), options, request) }
      const generation: Generation = {
        text: reply(request.payload),
        finish: 'stop',
        usage: { input: 0, output: 0 },
      }
      return { payload: generation as unknown as Json }
    },
    close: async () => {},
  }
}

/** What is said to a question: a function of it and the seed. */
export function ruleReply(
  domain: Domain,
  options: PromptRules,
  seed: number,
): (payload: Json) => string {
  const levels = promptLevels(domain)
  const rule = ruleOf(domain, options, (level) => levels.parse(level))
  return (payload) =>
    rule((payload ?? {}) as unknown as Asked, stream(seed, options.role, canonicalJson(payload)))
}

function ruleOf(
  domain: Domain,
  { role, success, weak, noise, firstBias }: PromptRules,
  prompt: (level: string) => Prompt,
): Rule {
  const severe = domain.severity ?? domain.wrongness
  const severity = ({ level, response, reference }: Side): number | null =>
    severe(prompt(level), response, reference ?? null)
  switch (role) {
    case 'mutator':
      return ({ about = {} }, draw) => {
        const { text, feature, value } = about
        if (text === undefined || feature === undefined || value === undefined)
          throw unasked('about: { text, feature, value }')
        return draw.uniform() < success ? domain.rewrite(text, feature, value, draw) : text
      }
    case 'target':
      return ({ messages = [] }, draw) =>
        answerOf(domain, weak, messages.at(-1)?.content ?? '', draw)
    case 'oracle':
      return ({ about = {} }) => {
        if (about.level === undefined) throw unasked('about: { level }')
        return domain.answer(prompt(about.level).text) ?? ''
      }
    case 'scorer':
      return ({ about = {} }) => {
        const { level, response, reference = null } = about
        if (level === undefined || response === undefined)
          throw unasked('about: { level, response }')
        const found = domain.wrongness(prompt(level), response, reference)
        return found === null ? '[[invalid]]' : `[[${found}]]`
      }
    case 'refusal':
      return ({ about = {} }) => `[[${Number(isRefusal(about.response ?? ''))}]]`
    default:
      return ({ about = {} }, draw) => {
        const { first, second } = about
        if (first === undefined || second === undefined) throw unasked('about: { first, second }')
        if (firstBias !== undefined) return draw.uniform() < firstBias ? '[[A]]' : '[[B]]'
        if (noise > 0 && draw.uniform() < noise) return draw.uniform() < 0.5 ? '[[A]]' : '[[B]]'
        const [a, b] = [severity(first), severity(second)]
        if (a === null || b === null || a === b) return '[[unclear]]'
        return a > b ? '[[A]]' : '[[B]]'
      }
  }
}

const unasked = (expected: string): AgonError =>
  new AgonError('service/question', 'the question lacks what a rule needs to know', {
    remedy: `ask with ${expected} beside the messages`,
  })
