import { AgonError } from '../../../core/errors.ts'
import type { GenerateRequest, Generation, TokenLogProbs } from '../contract.ts'
import { drawToken, logProbsOf, ranked } from './sampling.ts'
import { safeLength, stopAt } from './stop-texts.ts'
import type { Tokenizer } from './tokenizer.ts'

/** What a text is gone on from. */
export interface Writing {
  readonly tokenizer: Tokenizer
  readonly context: number
  /** The token that ends an answer. */
  readonly end: number
  /** Logits `[V]` of the token after these. */
  next(tokens: readonly number[]): Promise<Float32Array>
  /** Uniform in [0, 1): that of one place of the answer. */
  uniform(place: number): number
}

export type SamplingRequest = Omit<GenerateRequest, 'messages' | 'seed' | 'sample'>

/**
 * Goes on from `prompt` token by token, to the end token, a stop text, `maxTokens` or the end of the context.
 * @param told hears the answer piece by piece; together they are its text
 * @throws AgonError `model/context` for a prompt that leaves no room; what `signal` was aborted with
 */
export async function generateText(
  prompt: string,
  request: SamplingRequest,
  writing: Writing,
  signal: AbortSignal,
  told: (piece: string) => void = () => {},
): Promise<Generation> {
  const { tokenizer, context, end } = writing
  const { maxTokens, stop: stops = [], topLogProbs } = request
  const tokens = tokenizer.encode(prompt)
  const input = tokens.length
  if (input >= context) throw tooLong(input, context)
  const logProbs: TokenLogProbs[] = []
  let text = ''
  let tellable = 0
  let finish: Generation['finish'] = 'length'
  while (tokens.length - input < maxTokens && tokens.length < context) {
    signal.throwIfAborted()
    const scores = logProbsOf(await writing.next(tokens))
    const token = drawToken(scores, request, () => writing.uniform(tokens.length - input))
    if (topLogProbs !== undefined) logProbs.push(toldScores(scores, token, topLogProbs, tokenizer))
    tokens.push(token)
    if (token !== end) text += tokenizer.decode(token)
    const cut = token === end ? text.length : stopAt(text, stops)
    if (cut >= 0) {
      text = text.slice(0, cut)
      finish = 'stop'
      break
    }
    const safe = safeLength(text, stops)
    if (safe > tellable) told(text.slice(tellable, safe))
    tellable = Math.max(tellable, safe)
  }
  if (text.length > tellable) told(text.slice(tellable))
  signal.throwIfAborted()
  return {
    text,
    finish,
    usage: { input, output: tokens.length - input },
    ...(topLogProbs === undefined ? {} : { logProbs }),
  }
}

function toldScores(
  scores: Float64Array,
  token: number,
  count: number,
  tokenizer: Tokenizer,
): TokenLogProbs {
  const of = (one: number) => ({ token: tokenizer.decode(one), logProb: scores[one] })
  return { ...of(token), top: ranked(scores).slice(0, count).map(of) }
}

function tooLong(input: number, context: number): AgonError {
  return new AgonError(
    'model/context',
    `the prompt has ${input} tokens, and prompt and answer together may have ${context}`,
    {
      remedy: 'shorten the prompt, or take a model with a larger context',
      fields: { input, context },
    },
  )
}
