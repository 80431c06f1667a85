import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openResponseCache } from './cache/response-cache.ts'
import type { GenerateRequest, Generation } from './contract.ts'
import { readGenerateRequest } from './generate-request.ts'
import { openRecordedModel, recordingModel } from './recorded/recording.ts'
import { requestKey } from './request-key.ts'
import { rules } from './scripted/rules.schema.ts'
import { openScriptedModel } from './scripted/scripted-model.ts'

const root = mkdtempSync(join(tmpdir(), 'agon-kept-'))
afterAll(() => rmSync(root, { recursive: true }))
const { signal } = new AbortController()
const request: GenerateRequest = {
  messages: [{ role: 'user', content: 'hello' }],
  ...{ maxTokens: 8, temperature: 0.7, topP: 0.95, sample: 0, stop: ['.'], seed: 3 },
}
const answers = { answers: [{ text: 'well met', weight: 1 }, 'good day', 'ahoy'] }
const scripted = openScriptedModel({ id: 'script', rules: rules.parse([answers]), seed: 1 })

describe('the key of a request', () => {
  const asked = { model: 'm', endpoint: 'e' }
  it('is another one for whatever changes the answer, and the same however it is written', () => {
    const { messages, ...rest } = request
    const others: GenerateRequest[] = [
      { ...request, messages: [{ role: 'system', content: 'hello' }] },
      { ...request, messages: [{ role: 'user', content: 'hello ' }] },
      { ...request, maxTokens: 9 },
      { ...request, temperature: 0.8 },
      { ...request, topP: 0.9 },
      { ...request, stop: ['!'] },
      { ...request, seed: 4 },
      { ...request, sample: 1 },
      { ...request, topLogProbs: 2 },
    ]
    const keys = [
      ...others.map((one) => requestKey(asked, one)),
      requestKey({ ...asked, model: 'n' }, request),
      requestKey({ ...asked, endpoint: 'f' }, request),
      requestKey(asked, request),
    ]
    expect(new Set(keys).size).toBe(keys.length)
    expect(requestKey(asked, { ...rest, messages })).toBe(keys.at(-1))
  })

  it('leaves out what stands beside the request', () => {
    const read = readGenerateRequest({ ...request, about: { feature: 'topic' } })
    expect(read).toEqual(request)
    expect(() => readGenerateRequest({ ...request, topP: 0 })).toThrow(
      expect.objectContaining({ code: 'model/request', message: expect.stringContaining('topP') }),
    )
  })
})

describe('a recording', () => {
  it('answers as what was recorded, and over a kill in the middle of a line', async () => {
    const path = join(root, 'some', 'recording.jsonl')
    const samples = [0, 1, 2, 3].map((sample) => ({ ...request, sample }))
    const said: Generation[] = []
    const first = recordingModel(scripted, path)
    for (const one of samples.slice(0, 2)) said.push(await first.generate(one, signal))
    appendFileSync(path, '{"model":"script","request":{"mess')
    const second = recordingModel(scripted, path)
    for (const one of samples.slice(2)) said.push(await second.generate(one, signal))
    const recorded = openRecordedModel(path, 'again')
    for (const [i, one] of samples.entries())
      expect(await recorded.generate(one, signal)).toEqual(said[i])
    await expect(recorded.generate({ ...request, sample: 9 }, signal)).rejects.toMatchObject({
      ...{ code: 'model/recording', place: path },
    })
  })

  it('is refused where it is none', () => {
    const path = join(root, 'none.jsonl')
    expect(() => openRecordedModel(path, 'm')).toThrow(/no such recording/)
    writeFileSync(path, 'hello\n{"request": {}}\n')
    expect(() => openRecordedModel(path, 'm')).toThrow(/no line is a request/)
  })
})

describe('the response cache', () => {
  it('has what was kept, in a later process too, and only for the same question', async () => {
    const folder = join(root, 'cache')
    const open = (model: string) =>
      openResponseCache(folder, { model, endpoint: 'e' }, () => expect.unreachable())
    const generation = await scripted.generate({ ...request, topLogProbs: 2 }, signal)
    expect(open('m').find(request)).toBeNull()
    open('m').keep(request, generation)
    expect(open('m').find(request)).toEqual(generation)
    expect(open('m').find({ ...request, sample: 1 })).toBeNull()
    expect(open('n').find(request)).toBeNull()
  })

  it('takes what is damaged as a miss, and says so once', async () => {
    const folder = join(root, 'damaged')
    const said: string[] = []
    const cache = openResponseCache(folder, { model: 'm', endpoint: 'e' }, (text) =>
      said.push(text),
    )
    for (const sample of [0, 1, 2])
      cache.keep({ ...request, sample }, await scripted.generate(request, signal))
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.json'))
      .map((name) => join(folder, name))
    expect(files).toHaveLength(3)
    const [cut, forged, empty] = files
    writeFileSync(cut, readFileSync(cut).subarray(0, 80))
    writeFileSync(forged, readFileSync(forged, 'utf8').replace(/"text":"./, '"text":"X'))
    writeFileSync(empty, '')
    for (const sample of [0, 1, 2]) expect(cache.find({ ...request, sample })).toBeNull()
    expect(said).toHaveLength(1)
    cache.keep(request, await scripted.generate(request, signal))
    expect(cache.find(request)).not.toBeNull()
  })
})
