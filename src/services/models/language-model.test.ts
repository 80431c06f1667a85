import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import {
  type OpenAIServerOptions,
  startOpenAIServer,
} from '../../../tests/support/openai-server.ts'
import { writeModelFolder } from '../../inference/language/onnx/model-folder.ts'
import { tinyLanguageModel } from '../../learners/fixtures/tiny-language-model.ts'
import type { Json } from '../contract.ts'
import { service } from './language-model.ts'
import { modelOptions } from './options.ts'

const root = mkdtempSync(join(tmpdir(), 'agon-model-'))
afterAll(() => rmSync(root, { recursive: true }))

const { signal } = new AbortController()
const payload = {
  messages: [{ role: 'user', content: 'a b c' }],
  ...{ maxTokens: 8, temperature: 0, topP: 1, sample: 0 },
}
const context = { name: 'target', seed: 3, environment: { module: '', options: {} }, workers: 1 }
const opened = (options: object) => service.create(modelOptions.parse(options), context)
const ask = (made: Awaited<ReturnType<typeof opened>>, more: { [key: string]: Json } = {}) =>
  made.ask({ key: 'k', payload: { ...payload, ...more } }, signal)

describe('a language model as a service', () => {
  it('answers a request with a generation and what it cost', async () => {
    const price = { input: 2, output: 10 }
    const made = await opened({ provider: 'scripted', rules: [{ answers: 'one two' }], price })
    expect(await ask(made, { about: { feature: 'topic' } })).toEqual({
      payload: { text: 'one two', finish: 'stop', usage: { input: 3, output: 2 } },
      cost: { tokens: 5, money: (3 * 2 + 2 * 10) / 1e6 },
    })
    await expect(ask(made, { maxTokens: 0 })).rejects.toMatchObject({ code: 'model/request' })
    await made.close()
  })

  it('runs a model folder here, and says which it is by its bytes', async () => {
    const folder = join(root, 'tiny')
    await writeModelFolder(folder, tinyLanguageModel(64))
    const made = await opened({ provider: 'onnx', folder })
    const first = await ask(made)
    expect(first).toMatchObject({ payload: { usage: { input: 'Q: a b c\nA: '.length } } })
    expect(await ask(made)).toEqual(first)
    await expect(
      ask(made, { messages: [{ role: 'user', content: 'x'.repeat(64) }] }),
    ).rejects.toMatchObject({ code: 'model/context' })
    await made.close()
    const none = opened({ provider: 'onnx', folder: join(root, 'none') })
    await expect(none).rejects.toMatchObject({ code: 'model/missing' })
    expect(modelOptions.safeParse({ provider: 'onnx' }).success).toBe(false)
  })

  it('pays nothing for what the cache has, also in a later process', async () => {
    const server = await startOpenAIServer()
    const openai = { provider: 'openai', model: 'loud', baseUrl: server.url }
    const options = { ...openai, cache: join(root, 'cache'), price: { input: 1 } }
    const first = await ask(await opened(options))
    const second = await ask(await opened(options))
    expect(second.payload).toEqual(first.payload)
    expect([first.cost, second.cost]).toEqual([
      { tokens: 6, money: 3 / 1e6 },
      { tokens: 0, money: 0 },
    ])
    // Votes of a judge are as many questions.
    await ask(await opened(options), { sample: 1 })
    expect(server.charged.calls).toBe(2)
    await server.close()
  })

  it('says of a failure that may have been paid for what it cost at most', async () => {
    const fate: OpenAIServerOptions['fate'] = () => ({ kind: 'truncated' })
    const server = await startOpenAIServer({ fate })
    const openai = { provider: 'openai', model: 'loud', baseUrl: server.url }
    const made = await opened({ ...openai, price: { output: 1e6 } })
    await expect(ask(made)).rejects.toMatchObject({
      ...{ code: 'model/garbled' },
      fields: { retry: true, cost: { tokens: 37 + 8, money: 8 } },
    })
    await server.close()
  })

  it('plays from a recording what it has recorded', async () => {
    const record = join(root, 'recording.jsonl')
    const rules = [{ answers: ['x', 'y', 'z'] }]
    const live = await opened({ provider: 'scripted', rules, record })
    const said = await ask(live, { temperature: 1 })
    const again = await opened({ provider: 'recorded', recording: record })
    expect(await ask(again, { temperature: 1 })).toEqual(said)
    await expect(ask(again)).rejects.toMatchObject({ code: 'model/recording' })
  })

  it('shows the key of OpenAI’s own variable to no other server', async () => {
    const server = await startOpenAIServer()
    const before = process.env.OPENAI_API_KEY
    process.env.OPENAI_API_KEY = 'sk-for-openai-alone'
    try {
      const openai = { provider: 'openai', model: 'loud', baseUrl: server.url }
      await ask(await opened(openai))
      await ask(await opened({ ...openai, apiKeyEnv: 'OPENAI_API_KEY' }))
    } finally {
      if (before === undefined) delete process.env.OPENAI_API_KEY
      else process.env.OPENAI_API_KEY = before
    }
    expect(server.asked.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer none',
      'Bearer sk-for-openai-alone',
    ])
    await server.close()
  })

  it('is exact where its answers are functions of the question and their costs are too', () => {
    const of = (options: object) => service.traits(modelOptions.parse(options)).deterministic
    const scripted = { provider: 'scripted', script: 's.yaml' }
    const openai = { provider: 'openai', model: 'm' }
    expect([of(scripted), of({ ...scripted, cache: 'c' }), of(openai)]).toEqual([
      true,
      false,
      false,
    ])
    expect(of({ ...openai, deterministic: true })).toBe(true)
  })
})

describe('its options', () => {
  it.each([
    [{ provider: 'openai' }, 'model'],
    [{ provider: 'openai', model: 'm', script: 's.yaml' }, 'script'],
    [{ provider: 'openai', model: 'm', apiKeyEnv: 'A', apiKeyFile: 'b' }, 'apiKeyFile'],
    [{ provider: 'openai', model: 'm', apiKeyEnv: 'sk-0123456789' }, 'apiKeyEnv'],
    [{ provider: 'openai', model: 'm', baseUrl: 'http://me:secret@host/v1' }, 'baseUrl'],
    [{ provider: 'openai', model: 'm', baseUrl: 'http://host/v1?key=secret' }, 'baseUrl'],
    [{ provider: 'openai', model: 'm', baseUrl: 'ftp://host' }, 'baseUrl'],
    [{ provider: 'transformers', model: 'm' }, 'folder'],
    [{ provider: 'scripted' }, 'rules'],
    [{ provider: 'scripted', script: 's', rules: [{ answers: 'a' }] }, 'rules'],
    [{ provider: 'recorded' }, 'recording'],
  ])('refuse %j at %s', (options, key) => {
    const { error } = modelOptions.safeParse(options)
    expect(error?.issues.map(({ path }) => path[0])).toContain(key)
    expect(JSON.stringify(error?.issues)).not.toContain('secret')
  })
})
