import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tinyLanguageModel } from '../../../learners/fixtures/tiny-language-model.ts'
import type { GenerateRequest } from '../contract.ts'
import { promptOf } from './chat-template.ts'
import { formatModelCard, parseModelCard } from './model-card.ts'
import { isModelFolder, readModelFolder, writeModelFolder } from './model-folder.ts'
import { type OnnxLanguageModel, openOnnxModel } from './onnx-model.ts'
import { formatTokenizer, parseTokenizer } from './tokenizer.ts'

const FILE = tinyLanguageModel()
const never = new AbortController().signal
const asking = (content: string, more: Partial<GenerateRequest> = {}): GenerateRequest => ({
  messages: [{ role: 'user', content }],
  ...{ maxTokens: 8, temperature: 1, topP: 1, seed: 5, sample: 0 },
  ...more,
})

let model: OnnxLanguageModel
beforeAll(async () => {
  model = await openOnnxModel(FILE, { threads: 2 })
})
afterAll(() => model.close())

describe('a language model over an ONNX file', () => {
  it('says the same to the same request, and else to another seed or sample', async () => {
    const alone = await model.generate(asking('12+7=?'), never)
    const together = await Promise.all(
      [
        asking('12+7=?'),
        asking('what?'),
        asking('12+7=?', { sample: 1 }),
        asking('12+7=?', { seed: 6 }),
      ].map((request) => model.generate(request, never)),
    )
    expect(together[0]).toEqual(alone)
    expect(new Set(together.map(({ text }) => text)).size).toBe(4)
    expect(alone.usage.input).toBe('Q: 12+7=?\nA: '.length)
    const one = await openOnnxModel(FILE, { threads: 1 })
    expect(await one.generate(asking('12+7=?'), never)).toEqual(alone)
    await one.close()
  })

  it('tells the text piece by piece, and its log-probabilities', async () => {
    const pieces: string[] = []
    const request = asking('hello', { topLogProbs: 3 })
    const {
      text,
      usage,
      finish,
      logProbs = [],
    } = await model.generate(request, never, (piece) => pieces.push(piece))
    expect(pieces.join('')).toBe(text)
    expect(pieces.length).toBeGreaterThan(1)
    expect(usage.output).toBe(8)
    expect(finish).toBe('length')
    expect(logProbs.map(({ token }) => token).join('')).toBe(text)
    for (const { top, logProb } of logProbs) {
      expect(top).toHaveLength(3)
      expect(top[0].logProb).toBeGreaterThanOrEqual(Math.max(top[1].logProb, logProb))
      expect(logProb).toBeLessThan(0)
    }
  })

  it('ends at a stop text, which is not in the answer', async () => {
    const { text } = await model.generate(asking('hello'), never)
    const stop = text.slice(3, 5)
    const at = text.indexOf(stop)
    const cut = await model.generate(asking('hello', { stop: ['never this', stop] }), never)
    expect(cut).toMatchObject({ text: text.slice(0, at), finish: 'stop' })
  })

  it('takes the likeliest token at temperature 0 whatever the seed', async () => {
    const of = (seed: number) => model.generate(asking('hello', { temperature: 0, seed }), never)
    expect(await of(1)).toEqual(await of(2))
  })

  it('fills the context and no more, and refuses a prompt that leaves no room', async () => {
    const { usage, finish } = await model.generate(asking('abc', { maxTokens: 500 }), never)
    expect(usage.input + usage.output).toBeLessThanOrEqual(FILE.card.context)
    expect(finish === 'stop' || usage.input + usage.output === FILE.card.context).toBe(true)
    await expect(model.generate(asking('x'.repeat(26)), never)).rejects.toMatchObject({
      code: 'model/context',
      fields: { input: 33, context: 32 },
    })
  })

  it('stops when it is told to', async () => {
    const stop = new AbortController()
    const told = model.generate(asking('hello'), stop.signal, () => stop.abort(new Error('enough')))
    await expect(told).rejects.toThrow('enough')
  })

  it('goes on from a text as it is', async () => {
    const { messages, ...rest } = asking('hello')
    const prompt = promptOf(messages, FILE.card.template)
    expect(prompt).toBe('Q: hello\nA: ')
    expect(await model.continue({ ...rest, prompt }, never)).toEqual(
      await model.generate(asking('hello'), never),
    )
  })
})

describe('a chat as text', () => {
  it('takes contents as they are, and leaves out a system message without a place', () => {
    const messages = [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: '$& $1 {content}' },
      { role: 'assistant', content: 'yes' },
      { role: 'user', content: 'why?' },
    ] as const
    const { template } = FILE.card
    expect(promptOf(messages, template)).toBe('Q: $& $1 {content}\nA: yes\nQ: why?\nA: ')
    expect(promptOf(messages.slice(0, 1), { ...template, system: '{content}\n' })).toBe(
      'Be brief.\nA: ',
    )
  })
})

describe('the folder of a language model', () => {
  it('is read as it was written, and says which of its files is wrong', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'agon-model-'))
    const path = join(folder, 'deep')
    expect(await isModelFolder(path)).toBe(false)
    await writeModelFolder(path, FILE)
    expect(await isModelFolder(path)).toBe(true)
    expect(await readModelFolder(path)).toEqual(FILE)
    const broken = async (name: string, text: string, wanted: object) => {
      await writeModelFolder(path, FILE)
      await writeFile(join(path, name), text)
      await expect(readModelFolder(path)).rejects.toMatchObject(wanted)
    }
    const card = formatModelCard(FILE.card)
    const at = (name: string) => expect.stringContaining(name)
    await broken('model.yaml', card.replace('context: 32', 'context: many'), {
      ...{
        code: 'model/card',
        place: at('model.yaml'),
        message: expect.stringMatching(/^context: /),
      },
    })
    await broken('model.yaml', '{', { code: 'model/card' })
    await broken('model.yaml', card.replace('vocabulary: 97', 'vocabulary: 96'), {
      ...{ code: 'model/card', message: expect.stringMatching(/says 96.*has 97/) },
    })
    await broken('model.yaml', formatModelCard({ ...FILE.card, end: 'é' }), { code: 'model/card' })
    await broken('tokenizer.json', '{"format":1', { code: 'model/tokenizer' })
    await broken('tokenizer.json', '{"format":1,"kind":"characters","tokens":["?","ab"]}', {
      code: 'model/tokenizer',
    })
    await rm(join(path, 'tokenizer.json'))
    await expect(readModelFolder(path)).rejects.toMatchObject({ code: 'model/missing' })
    await rm(folder, { recursive: true })
  })

  it('is not opened where the graph is broken or another one', async () => {
    const onnx = FILE.onnx.slice(0, FILE.onnx.length / 2)
    await expect(openOnnxModel({ ...FILE, onnx })).rejects.toMatchObject({ code: 'onnx/corrupt' })
    const { card } = FILE
    await expect(
      openOnnxModel({ ...FILE, card: { ...card, vocabulary: 9 } }),
    ).rejects.toMatchObject({ code: 'model/graph' })
  })

  it('has a card and a tokenizer that survive being written', () => {
    expect(parseModelCard(formatModelCard(FILE.card))).toEqual(FILE.card)
    const tokenizer = parseTokenizer(FILE.tokenizer)
    expect(formatTokenizer(tokenizer)).toBe(FILE.tokenizer)
    expect(tokenizer.encode('Aé\n').map((token) => tokenizer.decode(token))).toEqual([
      'A',
      '�',
      '\n',
    ])
  })
})
