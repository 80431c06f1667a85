import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { GenerateRequest } from '../contract.ts'
import { readScript } from './read-script.ts'
import { rules } from './rules.schema.ts'
import { openScriptedModel } from './scripted-model.ts'

const { signal } = new AbortController()
const ask = (content: string, more: Partial<GenerateRequest> = {}): GenerateRequest => ({
  messages: [
    { role: 'system', content: 'Count well.' },
    { role: 'user', content },
  ],
  ...{ maxTokens: 64, temperature: 0.7, topP: 1, sample: 0 },
  ...more,
})
const model = (given: unknown, seed = 1) =>
  openScriptedModel({ id: 'script', rules: rules.parse(given), seed })

describe('a scripted model', () => {
  const counting = model([
    { when: '(?<a>\\d+) plus (\\d+)', answers: '$<a> + $2 is $$5, or so. ($&)' },
    { when: 'well', in: 'system', answers: [{ text: 'yes it is', weight: 3 }, 'no'] },
  ])

  it('answers by the first rule that fits, with what was found', async () => {
    expect(await counting.generate(ask('what is 2 plus 3?'), signal)).toEqual({
      ...{ text: '2 + 3 is $5, or so. (2 plus 3)', finish: 'stop' },
      usage: { input: 7, output: 10 },
    })
  })

  it('ends at stops and at the most tokens', async () => {
    const stopped = await counting.generate(ask('2 plus 3', { stop: [', or', 'zzz'] }), signal)
    expect(stopped).toMatchObject({ text: '2 + 3 is $5', finish: 'stop' })
    const cut = await counting.generate(ask('2 plus 3', { maxTokens: 2 }), signal)
    expect(cut).toMatchObject({ text: '2 +', finish: 'length', usage: { output: 2 } })
  })

  it('draws by weight from the seed and the sample, and the same again', async () => {
    const drawn = async (seed: number): Promise<readonly string[]> => {
      const one = model([{ answers: [{ text: 'yes', weight: 3 }, 'no'] }], seed)
      const samples = Array.from({ length: 400 }, (_, sample) => ask('really?', { sample }))
      return Promise.all(samples.map(async (each) => (await one.generate(each, signal)).text))
    }
    const [first, again, other] = [await drawn(1), await drawn(1), await drawn(2)]
    expect(again).toEqual(first)
    expect(other).not.toEqual(first)
    // Four standard deviations of 400 draws at ¾.
    expect(Math.abs(first.filter((text) => text === 'yes').length - 300)).toBeLessThan(35)
  })

  it('takes the heaviest at temperature 0, and tells the weights as log-probabilities', async () => {
    const told = await counting.generate(ask('x', { temperature: 0, topLogProbs: 2 }), signal)
    expect(told.text).toBe('yes it is')
    expect(told.logProbs?.map(({ token }) => token).join('')).toBe('yes it is')
    expect(told.logProbs?.[0].top).toEqual([
      { token: 'yes', logProb: Math.log(0.75) },
      { token: 'no', logProb: Math.log(0.25) },
    ])
    expect(told.logProbs?.[1]).toMatchObject({ logProb: 0, top: [{ token: ' it' }] })
  })

  it('says where it has no answer, and which pattern is none', async () => {
    const asked = model([{ when: 'never', answers: '' }]).generate(ask('hello'), signal)
    await expect(asked).rejects.toMatchObject({ code: 'model/script' })
    expect(() => model([{ when: '(', answers: '' }])).toThrow(
      expect.objectContaining({ code: 'model/script', place: 'rules.0.when' }),
    )
  })

  it('is read from a file', () => {
    const root = mkdtempSync(join(tmpdir(), 'agon-script-'))
    const path = join(root, 'script.yaml')
    writeFileSync(path, "rules:\n  - { when: 'a', answers: [b, { text: c, weight: 2 }] }\n")
    expect(readScript(path)).toEqual([
      { when: 'a', in: 'last', answers: ['b', { text: 'c', weight: 2 }] },
    ])
    for (const wrong of ['rules: []', 'rules: [{ answer: b }]', 'rules: {', '- a']) {
      writeFileSync(path, wrong)
      expect(() => readScript(path), wrong).toThrow(
        expect.objectContaining({ code: 'model/script', place: path }),
      )
    }
    rmSync(root, { recursive: true })
  })
})
