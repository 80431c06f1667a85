import { request } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { AgonError } from '../../../core/errors.ts'
import type { GenerateRequest, Generation } from '../contract.ts'
import type { ServedLanguageModel } from './contract.ts'
import { type LanguageServer, startLanguageServer } from './language-server.ts'

const open: LanguageServer[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close(0)))
})

/** Says its last message backwards, letter by letter, as far as it may. */
function backwards(changed: Partial<ServedLanguageModel> = {}) {
  const asked: GenerateRequest[] = []
  const model: ServedLanguageModel = {
    id: 'backwards',
    traits: { deterministic: true, logProbs: true },
    async generate(given, _signal, told): Promise<Generation> {
      asked.push(given)
      const { content } = given.messages[given.messages.length - 1]
      if (content.length > 40) throw new AgonError('model/context', 'the prompt is too long')
      const whole = [...content].reverse()
      const letters = whole.slice(0, given.maxTokens)
      for (const letter of letters) told?.(letter)
      const count = given.topLogProbs
      return {
        text: letters.join(''),
        finish: letters.length < whole.length ? 'length' : 'stop',
        usage: { input: whole.length, output: letters.length },
        ...(count === undefined
          ? {}
          : {
              logProbs: letters.map((token) => ({
                ...{ token, logProb: -0.5 },
                top: [{ token, logProb: -0.5 }].slice(0, count),
              })),
            }),
      }
    },
    close: async () => {},
    ...changed,
  }
  return { model, asked }
}

async function serve(model: ServedLanguageModel, more: object = {}) {
  const server = await startLanguageServer({
    ...{ model, token: null, security: { kind: 'plain' } },
    address: { host: '127.0.0.1', port: 0 },
    world: { seconds: () => 1234, newId: () => 'new', newSeed: () => 99 },
    ...more,
  })
  open.push(server)
  const base = `http://127.0.0.1:${server.address.port}`
  const post = (path: string, body: unknown, init: RequestInit = {}) =>
    fetch(base + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
      ...init,
    })
  return { server, base, post, chat: (body: object) => post('/v1/chat/completions', chatOf(body)) }
}

const chatOf = (body: object) => ({
  model: 'backwards',
  messages: [{ role: 'user', content: 'abc' }],
  ...body,
})

async function events(response: Response): Promise<unknown[]> {
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
  const text = await response.text()
  const lines = text.split('\n\n').filter((line) => line !== '')
  expect(lines.pop()).toBe('data: [DONE]')
  return lines.map((line) => JSON.parse(line.replace(/^data: /, '')))
}

describe('chat completions', () => {
  it('are answered whole, with choices, log-probabilities and usage', async () => {
    const { model, asked } = backwards()
    const { chat } = await serve(model)
    const messages = [
      { role: 'developer', content: 'Turn it round.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'ab' },
          { type: 'text', text: 'c' },
        ],
      },
    ]
    const sampling = { temperature: 0.5, top_p: 0.9, seed: -1, stop: 'x', max_completion_tokens: 2 }
    const response = await chat({ messages, n: 2, logprobs: true, top_logprobs: 1, ...sampling })
    expect(response.status).toBe(200)
    const scored = (token: string) => ({ token, logprob: -0.5, bytes: [token.charCodeAt(0)] })
    const choice = (index: number) => ({
      index,
      message: { role: 'assistant', content: 'cb', refusal: null },
      logprobs: {
        content: ['c', 'b'].map((token) => ({ ...scored(token), top_logprobs: [scored(token)] })),
        refusal: null,
      },
      finish_reason: 'length',
    })
    expect(await response.json()).toEqual({
      ...{ id: 'chatcmpl-new', object: 'chat.completion', created: 1234, model: 'backwards' },
      choices: [choice(0), choice(1)],
      usage: { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 },
    })
    expect(asked).toEqual(
      [0, 1].map((sample) => ({
        messages: [
          { role: 'system', content: 'Turn it round.' },
          { role: 'user', content: 'abc' },
        ],
        ...{ maxTokens: 2, temperature: 0.5, topP: 0.9, seed: 0xffffffff, stop: ['x'] },
        ...{ sample, topLogProbs: 1 },
      })),
    )
  })

  it('get a seed where they name none', async () => {
    const { model, asked } = backwards()
    const { chat } = await serve(model)
    await chat({})
    expect(asked[0]).toMatchObject({ seed: 99, temperature: 1, topP: 1, sample: 0 })
  })

  it('are streamed, with usage where it is asked for', async () => {
    const { chat } = await serve(backwards().model)
    const found = await events(
      await chat({ stream: true, stream_options: { include_usage: true } }),
    )
    const chunk = (delta: object, finish_reason: string | null = null) => ({
      ...{ id: 'chatcmpl-new', object: 'chat.completion.chunk', created: 1234 },
      ...{ model: 'backwards', usage: null },
      choices: [{ index: 0, delta, logprobs: null, finish_reason }],
    })
    expect(found).toEqual([
      chunk({ role: 'assistant', content: 'c' }),
      chunk({ content: 'b' }),
      chunk({ content: 'a' }),
      chunk({}, 'stop'),
      expect.objectContaining({
        choices: [],
        usage: { prompt_tokens: 3, completion_tokens: 3, total_tokens: 6 },
      }),
    ])
  })

  it('are streamed in one piece by a model that tells nothing before its end', async () => {
    const { model } = backwards()
    const silent = {
      ...model,
      generate: (given: GenerateRequest, signal: AbortSignal) => model.generate(given, signal),
    }
    const { chat } = await serve(silent)
    const texts = (await events(await chat({ stream: true }))).map(
      (event) => (event as { choices: { delta: { content?: string } }[] }).choices[0].delta.content,
    )
    expect(texts).toEqual(['cba', undefined])
  })

  it('tell in the stream what goes wrong after its beginning', async () => {
    const { model } = backwards({
      async generate(_given, _signal, told) {
        told?.('so far')
        throw new Error('a secret of the machine')
      },
    })
    const { chat } = await serve(model)
    const found = await events(await chat({ stream: true }))
    expect(found).toHaveLength(2)
    expect(found[1]).toMatchObject({ error: { type: 'server_error', message: 'the model failed' } })
  })
})

describe('text completions', () => {
  it('go on from prompts as they are where the model can, and else from messages', async () => {
    const prompts: string[] = []
    const { model, asked } = backwards()
    const able: ServedLanguageModel = {
      ...model,
      async continue({ prompt }) {
        prompts.push(prompt)
        return { text: '!', finish: 'stop', usage: { input: 1, output: 1 } }
      },
    }
    const body = { model: 'backwards', prompt: ['one', 'two'], n: 2 }
    const response = await (await serve(able)).post('/v1/completions', body)
    const { choices, usage, object } = (await response.json()) as {
      readonly choices: readonly { readonly index: number }[]
      readonly usage: object
      readonly object: string
    }
    expect(object).toBe('text_completion')
    expect(choices.map(({ index }) => index)).toEqual([0, 1, 2, 3])
    expect(prompts).toEqual(['one', 'one', 'two', 'two'])
    expect(usage).toEqual({ prompt_tokens: 2, completion_tokens: 4, total_tokens: 6 })
    const plain = await (await serve(model)).post('/v1/completions', {
      ...body,
      prompt: 'one',
      n: 1,
      logprobs: 1,
    })
    expect(await plain.json()).toMatchObject({
      choices: [{ text: 'eno', logprobs: { tokens: ['e', 'n', 'o'], text_offset: [0, 1, 2] } }],
    })
    expect(asked[0].messages).toEqual([{ role: 'user', content: 'one' }])
  })
})

describe('what is refused', () => {
  const error = (message: RegExp, more: object = {}) => ({
    error: { message: expect.stringMatching(message), type: 'invalid_request_error', ...more },
  })

  it.each([
    ['messages', { messages: [] }, /^messages: /],
    ['temperature', { temperature: 3 }, /^temperature: /],
    ['top_p', { top_p: 0 }, /^top_p: /],
    ['max_tokens', { max_tokens: 0 }, /^max_tokens: /],
    ['n', { n: 1000 }, /^n: /],
    ['messages.0.content', { messages: [{ role: 'user', content: [{ type: 'image_url' }] }] }, /./],
    ['tools', { tools: [{}] }, /tools is not supported/, 'unsupported_parameter'],
    ['response_format', { response_format: { type: 'json' } }, /./, 'unsupported_parameter'],
    ['logprobs', { stream: true, logprobs: true }, /not streamed/, 'unsupported_parameter'],
    ['top_logprobs', { top_logprobs: 2 }, /needs logprobs/],
    [
      'messages',
      { messages: [{ role: 'user', content: 'x'.repeat(41) }] },
      /too long/,
      'context_length_exceeded',
    ],
  ])('%s: %j', async (param, body, message, code = null as never) => {
    const { chat } = await serve(backwards().model)
    const response = await chat(body)
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual(error(message, { param, code }))
  })

  it('another model, another path, another method, another type, no JSON', async () => {
    const { base, post, chat } = await serve(backwards().model)
    const found = await Promise.all([
      chat({ model: 'gpt' }),
      post('/v1/embeddings', {}),
      fetch(`${base}/v1/chat/completions`),
      post('/v1/chat/completions', '{}', { headers: { 'content-type': 'text/plain' } }),
      post('/v1/chat/completions', '{"model":'),
      fetch(`${base}/v1/models/gpt`),
    ])
    expect(found.map(({ status }) => status)).toEqual([404, 404, 405, 415, 400, 404])
    for (const response of found) expect(await response.json()).toMatchObject(error(/./))
  })

  it('a body that is too large, told by its head or not', async () => {
    const { base, post } = await serve(backwards().model, { maxBody: 1000 })
    expect((await post('/v1/chat/completions', 'x'.repeat(1001))).status).toBe(413)
    const streamed = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { 'content-type': 'application/json' }
      const asking = request(`${base}/v1/completions`, { method: 'POST', headers }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
      asking.on('error', reject)
      for (let i = 0; i < 20; i++) asking.write('x'.repeat(100))
      asking.end()
    })
    expect(streamed).toBe(413)
  })

  it('whoever does not show the token', async () => {
    const { base } = await serve(backwards().model, { token: 'right' })
    const status = async (authorization?: string) =>
      (await fetch(`${base}/v1/models`, { headers: authorization ? { authorization } : {} })).status
    expect(await status()).toBe(401)
    expect(await status('Bearer wrong')).toBe(401)
    expect(await status('right')).toBe(401)
    expect(await status('Bearer right')).toBe(200)
  })

  it('a plain listener that others can reach', async () => {
    const options = { address: { host: '0.0.0.0', port: 0 } }
    await expect(serve(backwards().model, options)).rejects.toMatchObject({ code: 'wire/insecure' })
  })
})

describe('a server', () => {
  it('lists its model', async () => {
    const { base } = await serve(backwards().model)
    const listed = { id: 'backwards', object: 'model', created: 1234, owned_by: 'agon' }
    expect(await (await fetch(`${base}/v1/models`)).json()).toEqual({
      object: 'list',
      data: [listed],
    })
    expect(await (await fetch(`${base}/v1/models/backwards`)).json()).toEqual(listed)
  })

  it('answers so many at a time, lets others wait, and refuses those beyond', async () => {
    let inside = 0
    let most = 0
    const gates: (() => void)[] = []
    const { model } = backwards({
      async generate() {
        most = Math.max(most, ++inside)
        await new Promise<void>((resolve) => gates.push(resolve))
        inside--
        return { text: 'done', finish: 'stop', usage: { input: 1, output: 1 } }
      },
    })
    const { chat } = await serve(model, { concurrent: 2, waiting: 1 })
    const until = async (passes: () => boolean) => {
      while (!passes()) await new Promise((resolve) => setTimeout(resolve, 5))
    }
    const first = [chat({}), chat({})]
    await until(() => gates.length === 2)
    const more = [chat({}), chat({})]
    const refused = await Promise.race(more)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1'])
    let opened = 0
    while (opened < 3) {
      await until(() => gates.length > opened)
      gates[opened++]()
    }
    const statuses = (await Promise.all([...first, ...more])).map(({ status }) => status)
    expect(statuses.sort()).toEqual([200, 200, 200, 429])
    expect(most).toBe(2)
  })

  it('gives up a text whose caller has gone', async () => {
    const stopped = new Promise<void>((resolve) => {
      const { model } = backwards({
        generate: (_given, signal) =>
          new Promise((_, reject) => {
            signal.addEventListener('abort', () => {
              resolve()
              reject(signal.reason)
            })
          }),
      })
      void serve(model).then(async ({ post }) => {
        const gone = new AbortController()
        setTimeout(() => gone.abort(), 50)
        await post('/v1/chat/completions', chatOf({}), { signal: gone.signal }).catch(() => {})
      })
    })
    await stopped
  })

  it('answers what it has taken before it ends', async () => {
    let go = (): void => {}
    const { model } = backwards({
      async generate() {
        await new Promise<void>((resolve) => {
          go = resolve
        })
        return { text: 'late', finish: 'stop', usage: { input: 1, output: 1 } }
      },
    })
    const { server, base, chat } = await serve(model)
    const asked = chat({})
    await new Promise((resolve) => setTimeout(resolve, 50))
    const closed = server.close(5000)
    await expect(fetch(`${base}/v1/models`)).rejects.toThrow()
    go()
    expect(await (await asked).json()).toMatchObject({
      choices: [{ message: { content: 'late' } }],
    })
    await closed
  })
})
