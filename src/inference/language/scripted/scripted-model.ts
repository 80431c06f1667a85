import { AgonError } from '../../../core/errors.ts'
import { stream } from '../../../core/random.ts'
import type { GenerateRequest, Generation, LanguageModel, TokenLogProbs } from '../contract.ts'
import { requestKey } from '../request-key.ts'
import type { Rule } from './rules.schema.ts'

export interface ScriptedOptions {
  readonly id: string
  readonly rules: readonly Rule[]
  readonly seed: number
}

interface Choice {
  readonly text: string
  /** Of all of its rule, 0 … 1. */
  readonly probability: number
}

interface Compiled {
  readonly pattern: RegExp
  readonly in: Rule['in']
  readonly answers: readonly { readonly text: string; readonly weight: number }[]
}

/**
 * A model that answers by rules: the first one whose pattern is found. At temperature 0 the answer is the one of most weight, else one drawn
 * by weight from the seed, the request and its sample; the temperature does not bend the weights. Its tokens are words with the blanks before
 * them, and the weights are the log-probabilities of the first one.
 * @throws AgonError `model/script`
 */
export function openScriptedModel({ id, rules, seed }: ScriptedOptions): LanguageModel {
  const compiled = rules.map(compile)
  return {
    id,
    traits: { deterministic: true, logProbs: true },
    async generate(request, signal) {
      signal.throwIfAborted()
      const choices = choicesOf(compiled, request)
      return generation(request, chosen(choices, id, seed, request), choices)
    },
    close: async () => {},
  }
}

function compile(rule: Rule, index: number): Compiled {
  const given = typeof rule.answers === 'string' ? [rule.answers] : rule.answers
  const answers = given.map((one) => (typeof one === 'string' ? { text: one, weight: 1 } : one))
  try {
    return { pattern: new RegExp(rule.when, 'su'), in: rule.in, answers }
  } catch (cause) {
    throw new AgonError('model/script', (cause as Error).message, {
      place: `rules.${index}.when`,
      remedy: 'write a regular expression of JavaScript',
    })
  }
}

function choicesOf(rules: readonly Compiled[], request: GenerateRequest): readonly Choice[] {
  for (const { pattern, in: where, answers } of rules) {
    const found = pattern.exec(lookedAt(where, request))
    if (found === null) continue
    const total = answers.reduce((sum, { weight }) => sum + weight, 0)
    return answers.map(({ text, weight }) => ({
      text: filled(text, found),
      probability: weight / total,
    }))
  }
  const { content } = request.messages[request.messages.length - 1]
  throw new AgonError('model/script', `no rule has an answer to '${content.slice(0, 80)}'`, {
    remedy: 'end the rules with one without `when`: it answers whatever is left',
  })
}

function lookedAt(where: Rule['in'], { messages }: GenerateRequest): string {
  if (where === 'last') return messages[messages.length - 1].content
  const chosen = where === 'all' ? messages : messages.filter(({ role }) => role === 'system')
  return chosen.map(({ content }) => content).join('\n')
}

/** `$1`, `$<name>`, `$&`, and `$$` for a `$`; a group that found nothing is empty. */
const filled = (template: string, found: RegExpExecArray): string =>
  template.replace(/\$(?:(\d{1,2})|<([^>]+)>|([&$]))/g, (_, number, name, sign) => {
    if (sign !== undefined) return sign === '&' ? found[0] : '$'
    return (name === undefined ? found[Number(number)] : found.groups?.[name]) ?? ''
  })

function chosen(
  choices: readonly Choice[],
  id: string,
  seed: number,
  request: GenerateRequest,
): Choice {
  if (request.temperature === 0)
    return choices.reduce((best, one) => (one.probability > best.probability ? one : best))
  const asked = requestKey({ model: id, endpoint: 'scripted' }, request)
  let left = stream(seed, 'scripted', asked).uniform()
  for (const choice of choices) {
    left -= choice.probability
    if (left < 0) return choice
  }
  return choices[choices.length - 1]
}

function generation(
  request: GenerateRequest,
  { text }: Choice,
  choices: readonly Choice[],
): Generation {
  const whole = untilStop(text, request.stop ?? [])
  const tokens = tokensOf(whole)
  const kept = tokens.slice(0, request.maxTokens)
  const input = request.messages.reduce((sum, { content }) => sum + tokensOf(content).length, 0)
  return {
    text: kept.join(''),
    finish: kept.length < tokens.length ? 'length' : 'stop',
    usage: { input, output: kept.length },
    ...(request.topLogProbs === undefined
      ? {}
      : { logProbs: logProbsOf(kept, choices, request.topLogProbs) }),
  }
}

const tokensOf = (text: string): readonly string[] => text.match(/\s*\S+|\s+$/g) ?? []

function untilStop(text: string, stops: readonly string[]): string {
  const ends = stops.map((stop) => text.indexOf(stop)).filter((at) => at >= 0)
  return text.slice(0, Math.min(text.length, ...ends))
}

/** The first token is one of those with which the answers of the rule begin; each later one is certain. */
function logProbsOf(
  tokens: readonly string[],
  choices: readonly Choice[],
  top: number,
): readonly TokenLogProbs[] {
  const first = new Map<string, number>()
  for (const { text, probability } of choices) {
    const [token = ''] = tokensOf(text)
    first.set(token, (first.get(token) ?? 0) + probability)
  }
  const ranked = [...first]
    .map(([token, probability]) => ({ token, logProb: Math.log(probability) }))
    .sort((a, b) => b.logProb - a.logProb)
  return tokens.map((token, place) => {
    if (place > 0) return { token, logProb: 0, top: [{ token, logProb: 0 }].slice(0, top) }
    const logProb = Math.log(first.get(token) ?? 1)
    return { token, logProb, top: ranked.slice(0, top) }
  })
}
