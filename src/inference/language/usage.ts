import { utf8 } from '../../core/bytes.ts'
import type { GenerateRequest, Usage } from './contract.ts'

/** Tokens with which servers set messages apart. */
const TOKENS_A_MESSAGE = 16

/**
 * Tokens of a request that no vocabulary over bytes goes beyond. Counted where nobody tells how many there were, so that caps hold: about
 * four times as many as there are in English.
 */
export const inputAtMost = ({ messages }: Pick<GenerateRequest, 'messages'>): number =>
  messages.reduce(
    (sum, { content }) => sum + TOKENS_A_MESSAGE + utf8(content).length,
    TOKENS_A_MESSAGE,
  )

/** Of a call of which only the request is known. */
export const usageAtMost = (request: GenerateRequest): Usage => ({
  input: inputAtMost(request),
  output: request.maxTokens,
})

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0

/**
 * What a server tells, number by number; in the place of what it leaves out, and of what is no count of tokens, the most that it can have been.
 * @param text of the answer
 */
export function usageTold(
  told:
    | { readonly prompt_tokens?: unknown; readonly completion_tokens?: unknown }
    | null
    | undefined,
  request: GenerateRequest,
  text: string,
): Usage {
  const { prompt_tokens: input, completion_tokens: output } = told ?? {}
  return {
    input: isCount(input) ? input : inputAtMost(request),
    output: isCount(output) ? output : Math.min(request.maxTokens, utf8(text).length),
  }
}
