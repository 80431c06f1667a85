import { z } from 'zod'
import type { ChatMessage } from '../contract.ts'
import type { Asked, Piece } from './contract.ts'
import { RefusedRequest, refusal } from './openai-error.ts'

/** Texts that one request may ask for. */
const MOST_PIECES = 128
/** Tokens of an answer where a request does not say. */
const CHAT_TOKENS = 1024
const TEXT_TOKENS = 16

const optional = <T extends z.ZodType>(schema: T) =>
  schema.nullish().transform((value) => value ?? undefined)
const text = z.string().max(1_000_000)
const tokens = z.int().min(1).max(1_000_000)

const common = {
  model: z.string().min(1).max(1000),
  temperature: optional(z.number().min(0).max(2)),
  top_p: optional(z.number().gt(0).max(1)),
  n: optional(z.int().min(1).max(MOST_PIECES)),
  seed: optional(z.int()),
  stop: optional(z.union([text.min(1), z.array(text.min(1)).max(4)])),
  stream: optional(z.boolean()),
  stream_options: optional(z.looseObject({ include_usage: optional(z.boolean()) })),
  max_tokens: optional(tokens),
}

/** A text, or parts of which all are text. */
const content = z.union([
  text,
  z
    .array(z.looseObject({ type: z.literal('text'), text }))
    .min(1)
    .transform((parts) => parts.map((part) => part.text).join('')),
])

const chatSchema = z.looseObject({
  ...common,
  messages: z
    .array(z.looseObject({ role: z.enum(['system', 'developer', 'user', 'assistant']), content }))
    .min(1)
    .max(10_000),
  max_completion_tokens: optional(tokens),
  logprobs: optional(z.boolean()),
  top_logprobs: optional(z.int().min(0).max(20)),
})

const textSchema = z.looseObject({
  ...common,
  prompt: z.union([text, z.array(text).min(1).max(MOST_PIECES)]),
  logprobs: optional(z.int().min(0).max(5)),
})

/** What would change an answer and is not done here: refused, since it cannot be told from an answer. */
const NOT_DONE: readonly (readonly [string, (value: unknown) => boolean])[] = [
  ['tools', (value) => Array.isArray(value) && value.length > 0],
  ['functions', (value) => Array.isArray(value) && value.length > 0],
  ['response_format', (value) => (value as { type?: unknown }).type !== 'text'],
  ['frequency_penalty', (value) => value !== 0],
  ['presence_penalty', (value) => value !== 0],
  ['logit_bias', (value) => typeof value === 'object' && Object.keys(value ?? {}).length > 0],
  ['echo', (value) => value === true],
  ['suffix', (value) => value !== ''],
  ['best_of', (value) => value !== 1],
  ['modalities', (value) => JSON.stringify(value) !== '["text"]'],
]

/**
 * A body of `POST /v1/chat/completions` or `/v1/completions`.
 * @param newSeed for a request without one
 * @throws RefusedRequest
 */
export function readAsked(
  form: Asked['form'],
  body: unknown,
  newSeed: () => number,
): { readonly model: string; readonly asked: Asked } {
  const given = (form === 'chat' ? chatSchema : textSchema).safeParse(body)
  if (!given.success) {
    const [issue] = given.error.issues
    const param = issue.path.map(String).join('.')
    throw new RefusedRequest(
      refusal(400, param === '' ? issue.message : `${param}: ${issue.message}`, {
        param: param || null,
      }),
    )
  }
  const plain = given.data as Readonly<Record<string, unknown>>
  for (const [name, asks] of NOT_DONE)
    if (plain[name] !== undefined && plain[name] !== null && asks(plain[name]))
      throw new RefusedRequest(
        refusal(400, `${name} is not supported`, { param: name, code: 'unsupported_parameter' }),
      )
  const data = given.data
  const choices = data.n ?? 1
  const seed = data.seed === undefined ? newSeed() : data.seed >>> 0
  const stop = data.stop === undefined ? undefined : [data.stop].flat()
  const shared = {
    temperature: data.temperature ?? 1,
    topP: data.top_p ?? 1,
    seed,
    ...(stop === undefined || stop.length === 0 ? {} : { stop }),
  }
  const pieces =
    'messages' in data ? chatPieces(data as Chat, shared) : textPieces(data as Text, shared)
  if (pieces.length > MOST_PIECES)
    throw new RefusedRequest(
      refusal(400, `a request may ask for ${MOST_PIECES} texts, not ${pieces.length}`, {
        param: 'n',
      }),
    )
  const stream = data.stream === true
  if (stream && pieces[0].request.topLogProbs !== undefined)
    throw new RefusedRequest(
      refusal(400, 'logprobs are not streamed', {
        param: 'logprobs',
        code: 'unsupported_parameter',
      }),
    )
  const streamUsage = data.stream_options?.include_usage === true
  return { model: data.model, asked: { form, pieces, choices, stream, streamUsage } }
}

type Chat = z.output<typeof chatSchema>
type Text = z.output<typeof textSchema>
type Shared = Pick<Piece['request'], 'temperature' | 'topP' | 'seed' | 'stop'>

function chatPieces(data: Chat, shared: Shared): Piece[] {
  const messages = data.messages.map(
    ({ role, content: said }): ChatMessage => ({
      role: role === 'developer' ? 'system' : role,
      content: said,
    }),
  )
  if (data.top_logprobs !== undefined && data.logprobs !== true)
    throw new RefusedRequest(
      refusal(400, 'top_logprobs needs logprobs: true', { param: 'top_logprobs' }),
    )
  return samples(data.n, (sample) => ({
    kind: 'chat',
    request: {
      messages,
      maxTokens: data.max_completion_tokens ?? data.max_tokens ?? CHAT_TOKENS,
      ...shared,
      sample,
      ...(data.logprobs === true ? { topLogProbs: data.top_logprobs ?? 0 } : {}),
    },
  }))
}

function textPieces(data: Text, shared: Shared): Piece[] {
  return [data.prompt].flat().flatMap((prompt) =>
    samples(data.n, (sample) => ({
      kind: 'prompt',
      request: {
        prompt,
        maxTokens: data.max_tokens ?? TEXT_TOKENS,
        ...shared,
        sample,
        ...(data.logprobs === undefined ? {} : { topLogProbs: data.logprobs }),
      },
    })),
  )
}

const samples = (count: number | undefined, make: (sample: number) => Piece): Piece[] =>
  Array.from({ length: count ?? 1 }, (_, sample) => make(sample))
