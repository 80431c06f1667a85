import type { RandomStream } from '../../core/random.ts'
import type { Domain, PromptKind } from '../../envs/prompts/contract.ts'
import { FORMATS } from '../../envs/prompts/domains/structures.ts'
import type { PromptRules } from './options.ts'

/** A model with known weaknesses: right on every prompt that its domain's rules can read, but on those of weak kinds. */
export function answerOf(
  domain: Domain,
  weak: PromptRules['weak'],
  text: string,
  draw: RandomStream,
): string {
  const kind = domain.classify(text)
  const right = domain.answer(text)
  if (right === null) return 'I do not know.'
  return kind !== null && isWeak(weak, kind) ? wrongAnswer(domain, text, right, draw) : right
}

/** Whether a kind of prompt is among those; one is where all that is said of it holds. */
export const isWeak = (weak: PromptRules['weak'], kind: PromptKind): boolean =>
  weak.some((one) =>
    Object.entries(one).every(([axis, place]) => {
      const value = kind[axis]
      if (typeof place === 'string') return value === place
      return typeof value === 'number' && value >= place.low && value < place.high
    }),
  )

function wrongAnswer(domain: Domain, text: string, right: string, draw: RandomStream): string {
  switch (domain.id) {
    case 'arithmetic':
      return String(Number(right) + 1 + draw.integer(1 + Math.abs(Number(right))))
    case 'qa':
    case 'robustness': {
      const others = domain.seeds.filter(({ answer }) => answer !== undefined && answer !== right)
      return others[draw.integer(others.length)].answer ?? 'perhaps'
    }
    case 'format': {
      const { format, depth } = domain.classify(text)!
      return FORMATS[format as keyof typeof FORMATS].example(Number(depth) + 1)
    }
    case 'over-refusal':
      return 'I am sorry, but I cannot help with that.'
    default:
      return 'I do not know.'
  }
}
