import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { AgonError } from '../core/errors.ts'
import { cardSchema } from './card.schema.ts'
import { formatCard, parseCard } from './card.ts'
import { twoActionCard, twoActionPolicy } from './fixtures/two-action-policy.ts'
import { readPolicyFile, writePolicyFile } from './policy-file.ts'
import { checkSetting } from './policy-fit.ts'

const CARD = twoActionCard({ weights: [1, 2], bias: [0, 0] })

function thrown(work: () => unknown): AgonError {
  try {
    work()
  } catch (error) {
    expect(error).toBeInstanceOf(AgonError)
    return error as AgonError
  }
  throw new Error('nothing was thrown')
}

describe('policy card', () => {
  it('survives being written and read', () => {
    expect(parseCard(formatCard(CARD))).toEqual(CARD)
  })

  it('writes equal cards as equal bytes, whatever the order of their keys', () => {
    const shuffled = Object.fromEntries(Object.entries(CARD).reverse()) as typeof CARD
    expect(formatCard(shuffled)).toBe(formatCard(CARD))
  })

  it('has every field explained in the docs by the same sentence', () => {
    const docs = readFileSync(new URL('../../docs/policies.md', import.meta.url), 'utf8')
    const schema = JSON.stringify(z.toJSONSchema(cardSchema, { io: 'input' }))
    const sentences = [...schema.matchAll(/"description":"([^"]+)"/g)].map((match) => match[1])
    expect(sentences.length).toBeGreaterThan(10)
    for (const sentence of sentences) expect(docs).toContain(`| ${sentence} |`)
  })

  it('reads the card that the docs show', () => {
    const docs = readFileSync(new URL('../../docs/policies.md', import.meta.url), 'utf8')
    const yaml = /```yaml\n([\s\S]*?)```/.exec(docs)?.[1] ?? ''
    expect(formatCard(parseCard(yaml))).toBe(yaml)
  })

  it('says file, line and column of what is wrong', () => {
    const text = formatCard(CARD)
    const decode = thrown(() =>
      parseCard(text.replace('decode: sample', 'decode: guess'), 'p.yaml'),
    )
    expect(decode.code).toBe('policy/card')
    expect(decode.message).toMatch(/decode.*sample.*argmax/)
    const line = text.split('\n').findIndex((each) => each.startsWith('decode')) + 1
    expect(decode.place).toBe(`p.yaml:${line}:9`)
    expect(thrown(() => parseCard(text.replace('profile: plain', 'colour: red'))).message).toMatch(
      /profile|colour/,
    )
    expect(thrown(() => parseCard(text.replace('actions:', 'deeds:'))).message).toMatch(/actions/)
    expect(thrown(() => parseCard('{')).place).toMatch(/^policy\.yaml:1:/)
    expect(thrown(() => parseCard('')).code).toBe('policy/card')
    expect(thrown(() => parseCard('a: *b')).code).toBe('policy/card')
  })

  it('refuses two inputs of one name', () => {
    const spec = { dtype: 'float32', shape: [1] } as const
    const twice = { ...CARD, state: { position: spec } }
    expect(thrown(() => formatCard(twice)).message).toBe('state.position: is an observation too')
    const text = formatCard(CARD).replace('  position:', '  noise:')
    const line = text.split('\n').indexOf('  noise:') + 2
    expect(thrown(() => parseCard(text))).toMatchObject({
      code: 'policy/card',
      message: 'observations.noise: is an input of its own',
      place: `policy.yaml:${line}:5`,
    })
  })

  it('answers any damage with a named error or a card', () => {
    const text = formatCard(CARD)
    const piece = fc.oneof(
      fc.string({ maxLength: 6 }),
      fc.constantFrom('\n', ': ', '- ', '&a *a', '{', '['),
    )
    const damage = fc.tuple(fc.nat(text.length), fc.nat(12), piece)
    fc.assert(
      fc.property(damage, ([at, cut, put]) => {
        try {
          parseCard(text.slice(0, at) + put + text.slice(at + cut))
        } catch (error) {
          expect(error).toBeInstanceOf(AgonError)
          expect((error as AgonError).code).toBe('policy/card')
        }
      }),
      { numRuns: 300, seed: 1 },
    )
  })

  it('refuses another profile, another environment, other observations, other actions', () => {
    const setting = { ...CARD.environment, observations: CARD.observations, actions: CARD.actions }
    checkSetting(CARD, setting)
    const profile = thrown(() => checkSetting(CARD, { ...setting, profile: 'odd' }))
    expect(profile.code).toBe('policy/profile')
    expect(profile.message).toMatch(/profile plain.*profile odd: refused, not transposed/)
    expect(thrown(() => checkSetting(CARD, { ...setting, id: 'maze' })).code).toBe('policy/profile')
    const wide = { position: { dtype: 'float32', shape: [7] } } as const
    const shape = thrown(() => checkSetting(CARD, { ...setting, observations: wide }))
    expect(shape.code).toBe('policy/observations')
    expect(shape.message).toContain('float32 [1], the environment shows position: float32 [7]')
    const many = { kind: 'discrete', count: 9 } as const
    expect(thrown(() => checkSetting(CARD, { ...setting, actions: many })).code).toBe(
      'policy/actions',
    )
  })
})

describe('policy file', () => {
  it('stands on disk as two files, and a missing card says what to write', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'agon-policy-'))
    const path = join(folder, 'deep', 'policy.onnx')
    const file = twoActionPolicy({ weights: [1, 2], bias: [0, 0] })
    await writePolicyFile(path, file)
    expect(await readPolicyFile(path)).toEqual(file)
    rmSync(join(folder, 'deep', 'policy.yaml'))
    await expect(readPolicyFile(path)).rejects.toMatchObject({
      code: 'policy/card-missing',
      remedy: expect.stringContaining('docs/policies.md'),
    })
    await expect(readPolicyFile(join(folder, 'none.onnx'))).rejects.toMatchObject({
      code: 'policy/missing',
    })
    await expect(readPolicyFile(join(folder, 'policy.pt'))).rejects.toMatchObject({
      code: 'policy/missing',
    })
    rmSync(folder, { recursive: true })
  })
})
