import { setMaxListeners } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import {
  type Fate,
  type OpenAIServer,
  type OpenAIServerOptions,
  startOpenAIServer,
} from '../../../../tests/support/openai-server.ts'
import { manualClock } from '../../../core/clock.ts'
import { type AgonError, formatError, toErrorRecord } from '../../../core/errors.ts'
import type { GenerateRequest, Generation } from '../contract.ts'
import { type OpenAIOptions, openOpenAIModel } from './openai-model.ts'

const KEY = 'sk-planted-0123456789/abc"def'
const request: GenerateRequest = {
  messages: [
    { role: 'system', content: 'Be loud.' },
    { role: 'user', content: 'good morning' },
  ],
  ...{ maxTokens: 32, temperature: 0.7, topP: 0.95, sample: 0 },
}
const never = new AbortController().signal
setMaxListeners(0, never)

let server: OpenAIServer | null = null
afterEach(() => server?.close())

async function opened(options: OpenAIServerOptions = {}, more: Partial<OpenAIOptions> = {}) {
  server = await startOpenAIServer(options)
  return openOpenAIModel({
    ...{ model: 'loud', baseUrl: server.url, key: KEY, stream: false, tokenLimit: 'max_tokens' },
    ...{ deterministic: false, clock: manualClock(1_000_000) },
    ...more,
  })
}
const meeting = async (fate: Fate, more: Partial<OpenAIOptions> = {}): Promise<AgonError> => {
  const model = await opened({ fate: () => fate }, more)
  return model.generate(request, never).then(
    () => expect.unreachable(),
    (error) => error as AgonError,
  )
}

describe('an answer', () => {
  it.each([false, true])('is the same whole and in pieces (stream: %s)', async (stream) => {
    const model = await opened({}, { stream })
    expect(await model.generate(request, never)).toEqual({
      ...{ text: 'GOOD MORNING', finish: 'stop' },
      usage: { input: 4, output: 2 },
    } satisfies Generation)
    expect(server?.asked[0].headers.authorization).toBe(`Bearer ${KEY}`)
    expect(server?.asked[0].body).toMatchObject({
      ...{ model: 'loud', max_tokens: 32, temperature: 0.7, top_p: 0.95 },
      messages: request.messages,
    })
    expect(server?.asked[0].body).not.toHaveProperty('seed')
  })

  it('has log-probabilities, seed and stops where they are asked for', async () => {
    const model = await opened({}, { tokenLimit: 'max_completion_tokens' })
    const asked = { ...request, topLogProbs: 1, seed: 7, stop: ['.'] }
    const { logProbs } = await model.generate(asked, never)
    expect(logProbs).toEqual([
      { token: 'GOOD', logProb: -0.5, top: [{ token: 'GOOD', logProb: -0.5 }] },
      { token: ' MORNING', logProb: -0.5, top: [{ token: ' MORNING', logProb: -0.5 }] },
    ])
    await model.generate({ ...asked, sample: 1 }, never)
    const [first, second] = server!.asked.map(({ body }) => body)
    expect(first).toMatchObject({ seed: 7, stop: ['.'], top_logprobs: 1, logprobs: true })
    expect(first).toMatchObject({ max_completion_tokens: 32 })
    // Servers that heed seeds would give both samples one answer.
    expect(second.seed).not.toBe(first.seed)
  })

  it.each([
    ['absent', undefined],
    ['negative', { prompt_tokens: -1, completion_tokens: -5 }],
    ['fractional', { prompt_tokens: 1.5, completion_tokens: 0.5 }],
    ['no numbers', { prompt_tokens: '4', completion_tokens: null }],
  ])('whose usage is %s counts the most that it can have been', async (_, usage) => {
    const model = await opened({ fate: () => ({ kind: 'usage', usage }) })
    const told = await model.generate(request, never)
    expect(told.text).toBe('GOOD MORNING')
    expect(told.usage).toEqual({ input: 3 * 16 + 20, output: 12 })
  })
})

describe('a failure', () => {
  it.each<[Fate, boolean, string, Record<string, unknown>]>([
    [
      { kind: 'busy', headers: { 'retry-after': '7' } },
      false,
      'model/busy',
      { retry: true, retryAfterSeconds: 7, slowDown: true },
    ],
    [
      { kind: 'busy', headers: { 'retry-after-ms': '250' } },
      false,
      'model/busy',
      { retryAfterSeconds: 0.25 },
    ],
    [
      { kind: 'busy', headers: { 'retry-after': new Date(1_030_000).toUTCString() } },
      false,
      'model/busy',
      { retryAfterSeconds: 30 },
    ],
    [{ kind: 'busy', headers: { 'retry-after': 'soon' } }, true, 'model/busy', { retry: true }],
    [{ kind: 'status', status: 503 }, false, 'model/unavailable', { retry: true }],
    [{ kind: 'status', status: 408 }, false, 'model/unavailable', { retry: true }],
    [
      { kind: 'reset' },
      false,
      'model/unavailable',
      { retry: true, usage: { input: 68, output: 32 } },
    ],
    [
      { kind: 'truncated' },
      false,
      'model/garbled',
      { retry: true, usage: { input: 68, output: 32 } },
    ],
    [{ kind: 'truncated' }, true, 'model/garbled', { retry: true }],
    [{ kind: 'early-end' }, true, 'model/garbled', { retry: true }],
    [{ kind: 'early-end' }, false, 'model/garbled', { retry: true }],
    [{ kind: 'malformed' }, false, 'model/garbled', { retry: true }],
    [{ kind: 'status', status: 401 }, false, 'model/key', {}],
    [{ kind: 'status', status: 400 }, false, 'model/refused', {}],
    [
      { kind: 'status', status: 429, error: { code: 'insufficient_quota', message: 'pay' } },
      false,
      'model/refused',
      {},
    ],
  ])('of %j (stream: %s) is %s', async (fate, stream, code, fields) => {
    const error = await meeting(fate, { stream })
    expect(error).toMatchObject({ code, fields })
    if (code === 'model/key' || code === 'model/refused')
      expect(error.fields).not.toHaveProperty('retry')
    expect(server?.asked).toHaveLength(1)
  })

  it('that nobody hears costs nothing', async () => {
    const model = await opened()
    await server?.close()
    const error = await model.generate(request, never).catch((thrown: AgonError) => thrown)
    expect(error).toMatchObject({ code: 'model/unavailable', fields: { retry: true } })
    expect((error as AgonError).fields).not.toHaveProperty('usage')
    expect((error as AgonError).message).toContain('ECONNREFUSED')
  })

  it.each([false, true])(
    'of patience ends with its reason, and the request with it (stream: %s)',
    async (stream) => {
      const model = await opened(
        { fate: () => ({ kind: stream ? 'drip' : 'hang', ms: 1000 }) },
        { stream },
      )
      const ending = new AbortController()
      const asked = model.generate(request, ending.signal)
      while (server?.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
      ending.abort(new Error('enough'))
      await expect(asked).rejects.toThrow('enough')
      while (server!.open.now > 0) await new Promise((resolve) => setTimeout(resolve, 5))
    },
  )

  it.each<Fate>([
    { kind: 'status', status: 401, error: { message: `Incorrect API key provided: ${KEY}` } },
    { kind: 'status', status: 400, error: { message: JSON.stringify({ key: KEY }) } },
    { kind: 'status', status: 500, error: { message: encodeURIComponent(KEY), hint: KEY } },
  ])('tells no key: %j', async (fate) => {
    const record = toErrorRecord(await meeting(fate))
    for (const text of [formatError(record), JSON.stringify(record)]) {
      expect(text).not.toContain('planted')
      expect(text).toContain('[key]')
    }
  })

  it('leaves no key in an answer that quotes it', async () => {
    const model = await opened({ answer: ({ headers }) => `I heard ${headers.authorization}` })
    expect((await model.generate(request, never)).text).toBe('I heard Bearer [key]')
  })
})
