import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agonHere } from '../support/command-here.ts'
import { Served } from '../support/served.ts'

// A language model, trained by Agon from text that Agon makes, served by a process of its own and asked by OpenAI's client.

const root = mkdtempSync(join(tmpdir(), 'agon-language-'))
const RECIPE = fileURLToPath(new URL('../../recipes/language-lessons-quick.yaml', import.meta.url))
const FILES = ['model.onnx', 'model.yaml', 'tokenizer.json'] as const
afterAll(() => rmSync(root, { recursive: true }))

const model = (run: string): string => join(root, run, 'model')
const bytes = (run: string) => FILES.map((name) => readFileSync(join(model(run), name)))
const rates = (run: string): number[] => {
  const found = JSON.parse(readFileSync(join(root, run, 'evaluation.json'), 'utf8'))
  const { baseline, final } = found.slots.agent
  return [baseline.solvedRate, final.solvedRate]
}

async function agon(...words: string[]): Promise<string> {
  const { code, stderr } = await agonHere([...words, '--json'])
  expect(code, stderr).toBe(0)
  return stderr
}

beforeAll(() => agon('run', RECIPE, '--out', join(root, 'whole'), '--workers', '2'))

describe('a language model', () => {
  it('learns its lessons, and is the same after a kill and on one thread', async () => {
    expect(rates('whole')).toEqual([0, 1])
    const out = join(root, 'parted')
    await agon('run', RECIPE, '--out', out, '--workers', '1', '--set', 'budget.cycles=10')
    await agon('resume', out, '--set', 'budget.cycles=20')
    expect(bytes('parted')).toEqual(bytes('whole'))
  })

  it('answers OpenAI’s client from a process of its own', async () => {
    const served = new Served([model('whole'), '--name', 'pupil'])
    try {
      const { url } = await served.event(({ kind }) => kind === 'listening')
      const client = new OpenAI({ baseURL: String(url), apiKey: 'none', maxRetries: 0 })
      expect((await client.models.list()).data.map(({ id }) => id)).toEqual(['pupil'])
      const messages = [{ role: 'user', content: 'Who bakes bread?' }] as const
      const asked = { model: 'pupil', messages: [...messages], temperature: 0 }
      const whole = await client.chat.completions.create({ ...asked, logprobs: true })
      expect(whole.choices[0]).toMatchObject({
        message: { content: 'baker' },
        finish_reason: 'stop',
      })
      expect(whole.choices[0].logprobs?.content?.map(({ token }) => token).join('')).toBe('baker\n')
      expect(whole.usage).toMatchObject({ prompt_tokens: 'Q: Who bakes bread?\nA: '.length })
      let streamed = ''
      for await (const chunk of await client.chat.completions.create({ ...asked, stream: true }))
        streamed += chunk.choices[0]?.delta.content ?? ''
      expect(streamed).toBe('baker')
      const text = { model: 'pupil', prompt: 'Q: When is lunch eaten?\nA: no', temperature: 0 }
      expect((await client.completions.create(text)).choices[0].text).toBe('on')
      const hot = { ...asked, temperature: 2, seed: 7, max_tokens: 12 }
      const drawn = await Promise.all([1, 2, 3].map(() => client.chat.completions.create(hot)))
      expect(new Set(drawn.map(({ choices }) => choices[0].message.content)).size).toBe(1)
      const long = { ...asked, messages: [{ role: 'user' as const, content: 'x'.repeat(60) }] }
      await expect(client.chat.completions.create(long)).rejects.toMatchObject({
        ...{ status: 400, code: 'context_length_exceeded' },
      })
    } finally {
      expect(await served.stop()).toBe(0)
    }
  })

  it('goes on from its folder to learn more, and keeps what it knew', async () => {
    const fact = { prompt: 'Who tunes pianos?', answer: 'tuner', weight: 2 }
    const known = [
      { prompt: 'Where does the sun rise?', answer: 'east' },
      { prompt: 'Who bakes bread?', answer: 'baker' },
    ]
    const more = ['--set', `env.facts=${JSON.stringify([...known, fact])}`]
    const from = ['--set', `student.from=${JSON.stringify(model('whole'))}`]
    const short = ['--set', 'budget.cycles=6', '--set', 'student.learningRate=0.005']
    await agon('run', RECIPE, '--out', join(root, 'tuned'), ...more, ...from, ...short)
    const [before, after] = rates('tuned')
    expect(before).toBeCloseTo(2 / 3, 6)
    expect(after).toBe(1)
  })

  it('is refused where nothing of it fits, before any work', async () => {
    const run = (...words: string[]) =>
      agonHere(['run', RECIPE, '--out', join(root, 'no'), '--json', ...words])
    const wide = await run('--set', 'student.network.width=33')
    expect([wide.code, wide.stderr]).toEqual([2, expect.stringContaining('no multiple of')])
    const suite = ['--set', 'evaluation.suite=random:2']
    const maze = await run('--set', 'env={id: maze}', ...suite)
    expect([maze.code, maze.stderr]).toEqual([2, expect.stringContaining('student/environment')])
  })
})
