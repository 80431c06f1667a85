import { builtUrl } from '../../../core/module.ts'
import { stream } from '../../../core/random.ts'
import { prepareCuda } from '../../cuda/prepare-cuda.ts'
import type { SessionOptions } from '../../session-contract.ts'
import { startWorker, type WorkerHandle } from '../../worker-handle.ts'
import type { GenerateRequest, Generation } from '../contract.ts'
import type { ContinueRequest, ServedLanguageModel } from '../serve/contract.ts'
import { promptOf } from './chat-template.ts'
import type { LanguageModelFile, ModelCard } from './contract.ts'
import { generateText } from './generate-text.ts'
import type { LanguageThread } from './language-thread.ts'
import { parseTokenizer, type Tokenizer } from './tokenizer.ts'

export interface OnnxModelOptions extends Pick<SessionOptions, 'device' | 'tf32'> {
  /** What it is called; default the name on its card. */
  readonly id?: string
  /** Threads with a session each: as many texts are written at a time. Default 1. */
  readonly threads?: number
}

/**
 * A language model whose graph runs here, in threads. The same request gets the same text, whatever else is asked at the time: a
 * text is run by itself, and place `n` of an answer draws from the stream (seed, sample, n).
 * @throws AgonError `model/graph`, `model/tokenizer`, `onnx/*`; calls `model/context`, and `worker/lost` once a thread has died
 */
export async function openOnnxModel(
  file: LanguageModelFile,
  { id = file.card.name, threads = 1, ...session }: OnnxModelOptions = {},
): Promise<OnnxLanguageModel> {
  if (session.device !== undefined && session.device !== 'cpu')
    prepareCuda({ tf32: session.tf32 ?? false })
  const tokenizer = parseTokenizer(file.tokenizer)
  const url = builtUrl(import.meta.url, './language.worker.js')
  const crew = Array.from({ length: threads }, (_, i) =>
    startWorker<LanguageThread>(url, `model ${id}#${i}`, {
      remedy: 'look for the first error above',
    }),
  )
  try {
    await Promise.all(crew.map((thread) => thread.call('open', file, session)))
  } catch (error) {
    await Promise.all(crew.map((thread) => thread.close()))
    throw error
  }
  return new OnnxLanguageModel(id, file.card, tokenizer, crew)
}

export class OnnxLanguageModel implements ServedLanguageModel {
  readonly id: string
  readonly card: ModelCard
  readonly traits = { deterministic: true, logProbs: true }
  readonly #tokenizer: Tokenizer
  readonly #end: number
  /** Threads and how many texts each writes. */
  readonly #crew: { readonly thread: WorkerHandle<LanguageThread>; busy: number }[]

  constructor(
    id: string,
    card: ModelCard,
    tokenizer: Tokenizer,
    crew: readonly WorkerHandle<LanguageThread>[],
  ) {
    this.id = id
    this.card = card
    this.#tokenizer = tokenizer
    this.#end = tokenizer.tokens.indexOf(card.end)
    this.#crew = crew.map((thread) => ({ thread, busy: 0 }))
  }

  generate(
    { messages, ...request }: GenerateRequest,
    signal: AbortSignal,
    told?: (piece: string) => void,
  ): Promise<Generation> {
    return this.continue(
      { ...request, prompt: promptOf(messages, this.card.template) },
      signal,
      told,
    )
  }

  /** Goes on from a text, which no template is put around. */
  async continue(
    { prompt, seed = 0, sample, ...request }: ContinueRequest,
    signal: AbortSignal,
    told?: (piece: string) => void,
  ): Promise<Generation> {
    const member = this.#crew.reduce((a, b) => (b.busy < a.busy ? b : a))
    member.busy++
    try {
      const writing = {
        tokenizer: this.#tokenizer,
        context: this.card.context,
        end: this.#end,
        next: (tokens: readonly number[]) => member.thread.call('next', tokens),
        uniform: (place: number) => stream('language', seed, sample, place).uniform(),
      }
      return await generateText(prompt, request, writing, signal, told)
    } finally {
      member.busy--
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#crew.map(({ thread }) => thread.close()))
  }
}
