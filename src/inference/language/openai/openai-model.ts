import type { Clock } from '../../../core/clock.ts'
import { stream } from '../../../core/random.ts'
import { redacting } from '../api-key.ts'
import type { GenerateRequest, Generation, LanguageModel } from '../contract.ts'
import { garbled } from '../failures.ts'
import { usageAtMost } from '../usage.ts'
import { gatherStream } from './gather-stream.ts'
import { type Door, loadOpenAI, type OpenAI } from './load-openai.ts'
import { type Completion, completionOf, generationOf } from './read-completion.ts'
import { serverFault } from './server-faults.ts'

export interface OpenAIOptions extends Door {
  readonly model: string
  /** Whether answers come piece by piece: what breaks off is noticed, and no wait for a long answer looks like silence. */
  readonly stream: boolean
  /** How the server calls the most tokens of an answer. */
  readonly tokenLimit: 'max_tokens' | 'max_completion_tokens'
  /** Whether equal questions get equal answers; nobody but the user knows. */
  readonly deterministic: boolean
  readonly clock: Pick<Clock, 'wall'>
}

type Body = OpenAI.Chat.Completions.ChatCompletionCreateParams

/**
 * A model behind a server that speaks OpenAI's chat completions: OpenAI's own, vLLM, llama.cpp, Ollama, LM Studio. Each question is sent
 * once.
 */
export async function openOpenAIModel(options: OpenAIOptions): Promise<LanguageModel> {
  const client = await loadOpenAI(options)
  const redact = redacting(options.key)

  const complete = async (
    request: GenerateRequest,
    signal: AbortSignal,
  ): Promise<Completion | null> => {
    const answered: unknown = await client.chat.completions.create(bodyOf(options, request), {
      signal,
    })
    return options.stream
      ? gatherStream(answered as AsyncIterable<unknown>)
      : completionOf(answered)
  }

  return {
    id: options.model,
    traits: { deterministic: options.deterministic, logProbs: true },
    async generate(request, signal) {
      signal.throwIfAborted()
      const usage = usageAtMost(request)
      let completion: Completion | null
      try {
        completion = await complete(request, signal)
      } catch (thrown) {
        signal.throwIfAborted()
        throw serverFault(thrown, { wall: options.clock.wall(), redact, usage })
      }
      // A stream that is given up ends as if it were whole.
      signal.throwIfAborted()
      if (completion === null)
        throw garbled('the stream of the server ends before the answer does', usage)
      const generation: Generation | null = generationOf(completion, request, redact)
      if (generation !== null) return generation
      throw garbled('the answer of the server has no text', usage)
    },
    close: async () => {},
  }
}

function bodyOf({ model, stream: pieces, tokenLimit }: OpenAIOptions, request: GenerateRequest) {
  const { messages, maxTokens, temperature, topP, stop, topLogProbs } = request
  const body: Body = {
    ...{ model, messages: [...messages], temperature, top_p: topP },
    [tokenLimit]: maxTokens,
    ...(stop === undefined || stop.length === 0 ? {} : { stop: [...stop] }),
    ...(request.seed === undefined ? {} : { seed: seedOf(request.seed, request.sample) }),
    ...(topLogProbs === undefined ? {} : { logprobs: true, top_logprobs: topLogProbs }),
    ...(pieces ? { stream: true as const, stream_options: { include_usage: true } } : {}),
  }
  return body
}

/** A server that heeds seeds would give every sample of one question the same answer. */
const seedOf = (seed: number, sample: number): number =>
  sample === 0 ? seed : stream(seed, 'sample', sample).uint32()
