/**
 * A language model: messages in, a text out. It stands beside policies, whose inputs are tensors. Backed by a server that speaks
 * OpenAI's protocol, by an ONNX file, by a script or by a recording.
 */
export interface LanguageModel {
  /** As configs and reports name it: `gpt-4o-mini`, `./model`. Never an address with a secret in it. */
  readonly id: string
  readonly traits: LanguageModelTraits
  /**
   * Several calls may be under way at a time. Rejects with an AgonError: `model/busy`, `model/unavailable` and `model/garbled` may have an
   * answer at another try (`retry`, and `retryAfterSeconds` where the server has said so); any other has none.
   * @param told hears the answer piece by piece where the model can tell it before its end; together the pieces are its text
   */
  generate(
    request: GenerateRequest,
    signal: AbortSignal,
    told?: (piece: string) => void,
  ): Promise<Generation>
  close(): Promise<void>
}

export interface LanguageModelTraits {
  /** The same request always gets the same generation. */
  readonly deterministic: boolean
  /** Whether it tells log-probabilities. */
  readonly logProbs: boolean
}

export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string
}

/** Plain data: equal requests are the same question, to caches and journals too. */
export interface GenerateRequest {
  /** At least one; the last is what is answered. */
  readonly messages: readonly ChatMessage[]
  /** Most tokens of the answer, at least 1. */
  readonly maxTokens: number
  /** 0: always the likeliest token. */
  readonly temperature: number
  /** Nucleus mass, above 0 and at most 1. */
  readonly topP: number
  /** Texts at which an answer ends; they are not in it. */
  readonly stop?: readonly string[]
  /** uint32; servers may not heed it. */
  readonly seed?: number
  /** Which of several answers to one question this is: votes of a judge differ in it alone. */
  readonly sample: number
  /** How many of the likeliest tokens are to be told for each place of the answer; absent: none. */
  readonly topLogProbs?: number
}

export interface Generation {
  readonly text: string
  /** Ended by itself or by a stop text, cut at `maxTokens`, or withheld by the server. */
  readonly finish: 'stop' | 'length' | 'filter'
  readonly usage: Usage
  /** Place by place; absent where they were not asked for, or are not told. */
  readonly logProbs?: readonly TokenLogProbs[]
}

/** Tokens, as the model counts them. */
export interface Usage {
  readonly input: number
  readonly output: number
}

export interface TokenLogProbs {
  readonly token: string
  /** Natural logarithm. */
  readonly logProb: number
  /** The likeliest ones at this place, by falling probability. */
  readonly top: readonly { readonly token: string; readonly logProb: number }[]
}
