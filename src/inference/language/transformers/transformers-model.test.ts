import { describe, expect, it } from 'vitest'
import type { ChatMessage, GenerateRequest } from '../contract.ts'
import type { TextGenerator, TransformersPackage } from './contract.ts'
import { loadTransformers } from './load-transformers.ts'
import { openTransformersModel } from './transformers-model.ts'

const request: GenerateRequest = {
  messages: [
    { role: 'system', content: 'be brief' },
    { role: 'user', content: 'and now' },
  ],
  ...{ maxTokens: 8, temperature: 0.7, topP: 0.9, sample: 0 },
}
const { signal } = new AbortController()
const words = (text: string): readonly number[] => [...text.matchAll(/\S+/g)].map((_, i) => i)

/** A package that has been asked for its one model, and answers with what it was given. */
function standIn(chats: boolean, answer = 'one two. three') {
  const asked: { input: unknown; options: Record<string, unknown> }[] = []
  const opened: unknown[] = []
  let interrupted = 0
  let disposed = false
  const generator = Object.assign(
    async (input: string | readonly ChatMessage[], options: Record<string, unknown>) => {
      asked.push({ input, options })
      await new Promise((resolve) => setTimeout(resolve, 5))
      const reply = { role: 'assistant' as const, content: answer }
      return [{ generated_text: typeof input === 'string' ? answer : [...input, reply] }]
    },
    {
      tokenizer: {
        chat_template: chats ? 'a template' : null,
        encode: words,
        apply_chat_template: (messages: readonly ChatMessage[]) =>
          messages.map(({ role, content }) => `${role} ${content}`).join(' '),
      },
      dispose: async () => {
        disposed = true
      },
    },
  ) as TextGenerator
  const made: TransformersPackage = {
    env: { allowRemoteModels: true, allowLocalModels: false, localModelPath: '' },
    async pipeline(_, model, options) {
      opened.push({ model, options })
      if (model === 'none') throw new Error('no config.json\nat somewhere')
      return generator
    },
    InterruptableStoppingCriteria: class {
      interrupt(): void {
        interrupted += 1
      }
    },
  }
  const open = (folder = '/models/tiny') =>
    openTransformersModel({ id: 'tiny', folder, device: 'cpu', dtype: 'q8' }, async () => made)
  return { made, open, asked, opened, state: () => ({ interrupted, disposed }) }
}

describe('a model that transformers.js runs', () => {
  it('is a folder, of which nothing is fetched, and answers chats', async () => {
    const { made, open, asked, opened, state } = standIn(true)
    const model = await open()
    expect(made.env).toEqual({
      ...{ allowRemoteModels: false, allowLocalModels: true, localModelPath: '/models' },
    })
    expect(opened).toEqual([{ model: 'tiny', options: { device: 'cpu', dtype: 'q8' } }])
    expect(await model.generate(request, signal)).toEqual({
      ...{ text: 'one two. three', finish: 'stop', usage: { input: 6, output: 3 } },
    })
    expect(asked[0]).toMatchObject({
      input: request.messages,
      options: { max_new_tokens: 8, do_sample: true, temperature: 0.7, top_p: 0.9 },
    })
    await model.close()
    expect(state().disposed).toBe(true)
  })

  it('goes on with a text where it has no template, ends at stops, and says when it was cut', async () => {
    const { open, asked } = standIn(false)
    const model = await open()
    const greedy = { ...request, temperature: 0, stop: ['.'], maxTokens: 3 }
    expect(await model.generate(greedy, signal)).toMatchObject({ text: 'one two', finish: 'stop' })
    expect(asked[0]).toMatchObject({ input: 'be brief\nand now', options: { do_sample: false } })
    const cut = await model.generate({ ...greedy, stop: [] }, signal)
    expect(cut).toMatchObject({ text: 'one two. three', finish: 'length' })
  })

  it('answers one question after the other, and gives up what nobody waits for', async () => {
    const { open, asked, state } = standIn(true)
    const model = await open()
    const ending = new AbortController()
    const given = model.generate(request, ending.signal)
    const other = model.generate(request, signal)
    await new Promise((resolve) => setImmediate(resolve))
    expect(asked).toHaveLength(1)
    ending.abort(new Error('enough'))
    await expect(given).rejects.toThrow('enough')
    expect(state().interrupted).toBe(1)
    expect((await other).text).toBe('one two. three')
  })

  it('says which folder is none, and what to install', async () => {
    await expect(standIn(true).open('/models/none')).rejects.toMatchObject({
      ...{ code: 'model/folder', place: '/models/none' },
      message: 'the model cannot be opened: no config.json',
    })
    // It is an optional peer, which the repository does not install.
    await expect(loadTransformers()).rejects.toMatchObject({
      ...{ code: 'model/package' },
      remedy: expect.stringContaining('npm install @huggingface/transformers'),
    })
  })
})
