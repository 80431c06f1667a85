import { basename, dirname, resolve } from 'node:path'
import { AgonError } from '../../../core/errors.ts'
import type { ChatMessage, GenerateRequest, Generation, LanguageModel } from '../contract.ts'
import { refused } from '../failures.ts'
import type { TextGenerator, TransformersPackage } from './contract.ts'
import { loadTransformers } from './load-transformers.ts'

export interface TransformersOptions {
  readonly id: string
  /** A folder with config.json, tokenizer.json and onnx/. */
  readonly folder: string
  readonly device: string
  /** Of the weights: fp32, q8, q4; absent: the package's own choice. */
  readonly dtype?: string
}

/**
 * A local ONNX model that transformers.js runs. Nothing is fetched: the model is a folder. One question at a time; one that is given up ends
 * after its token at hand. Its draws have no seed, so that it is exact at temperature 0 alone, and it tells no log-probabilities.
 */
export async function openTransformersModel(
  { id, folder, device, dtype }: TransformersOptions,
  load: () => Promise<TransformersPackage> = loadTransformers,
): Promise<LanguageModel> {
  const made = await load()
  const generator = await openGenerator(made, resolve(folder), device, dtype)
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work)
    last = next.catch(() => {})
    return next
  }
  return {
    id,
    traits: { deterministic: false, logProbs: false },
    generate: (request, signal) =>
      inTurn(async () => {
        signal.throwIfAborted()
        const criteria = new made.InterruptableStoppingCriteria()
        const end = (): void => criteria.interrupt()
        signal.addEventListener('abort', end, { once: true })
        try {
          const generation = await generate(generator, request, criteria)
          signal.throwIfAborted()
          return generation
        } finally {
          signal.removeEventListener('abort', end)
        }
      }),
    async close() {
      await last
      await generator.dispose()
    },
  }
}

async function openGenerator(
  { env, pipeline }: TransformersPackage,
  folder: string,
  device: string,
  dtype: string | undefined,
): Promise<TextGenerator> {
  env.allowRemoteModels = false
  env.allowLocalModels = true
  env.localModelPath = dirname(folder)
  const options = { device, ...(dtype === undefined ? {} : { dtype }) }
  try {
    return await pipeline('text-generation', basename(folder), options)
  } catch (cause) {
    throw new AgonError(
      'model/folder',
      `the model cannot be opened: ${(cause as Error).message.split('\n')[0]}`,
      { place: folder, remedy: 'give a folder with config.json, tokenizer.json and onnx/', cause },
    )
  }
}

async function generate(
  generator: TextGenerator,
  request: GenerateRequest,
  stopping_criteria: unknown,
): Promise<Generation> {
  const { messages, maxTokens, temperature, topP, stop = [] } = request
  const { tokenizer } = generator
  const chats = tokenizer.chat_template != null
  const plain = messages.map(({ content }) => content).join('\n')
  const drawn = temperature === 0 ? { do_sample: false } : { do_sample: true, temperature }
  const [made] = await generator(chats ? messages : plain, {
    ...{ max_new_tokens: maxTokens, return_full_text: false, stopping_criteria },
    ...drawn,
    ...(temperature === 0 ? {} : { top_p: topP }),
  })
  if (made === undefined) throw refused('the model gives no answer to this request')
  const said = textOf(made.generated_text)
  const ends = stop.map((each) => said.indexOf(each)).filter((at) => at >= 0)
  const prompt = chats
    ? tokenizer.apply_chat_template(messages, { tokenize: false, add_generation_prompt: true })
    : plain
  const output = tokenizer.encode(said).length
  return {
    text: said.slice(0, Math.min(said.length, ...ends)),
    finish: ends.length === 0 && output >= maxTokens ? 'length' : 'stop',
    usage: { input: tokenizer.encode(prompt).length, output },
  }
}

const textOf = (made: string | readonly ChatMessage[]): string =>
  typeof made === 'string' ? made : (made.at(-1)?.content ?? '')
