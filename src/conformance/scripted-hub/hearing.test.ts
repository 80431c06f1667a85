import { describe, expect, it } from 'vitest'
import { agon } from '../../wire/index.ts'
import { createHearing } from './hearing.ts'

const KIND = agon.v1.Kind.KIND_LEARNED
const frame = (sequence: number, text: string, chunk = {}): agon.v1.Frame =>
  new agon.v1.Frame({ sequence, kind: KIND, body: Buffer.from(text), ...chunk })

const textsOf = (hearing: ReturnType<typeof createHearing>): string[] => {
  const texts: string[] = []
  for (let message = hearing.next(); message !== null; message = hearing.next())
    texts.push(Buffer.from(message.body).toString())
  return texts
}

describe('hearing', () => {
  it('gives each message once, however often it comes', () => {
    const hearing = createHearing(10)
    expect(['a', 'b'].map((text, i) => hearing.take(frame(i + 1, text)))).toEqual([true, true])
    expect(hearing.take(frame(2, 'b'))).toBe(false)
    expect(textsOf(hearing)).toEqual(['a', 'b'])
    expect([hearing.received, hearing.bytes]).toEqual([2, 2])
  })

  it('puts chunks together, and begins again with a first one', () => {
    const hearing = createHearing(10)
    const part = (text: string, offset: number) => frame(1, text, { offset, total: 6 })
    hearing.take(part('lost', 0))
    hearing.take(part('abc', 0))
    expect(hearing.standing(part('def', 3)).assembled).toBe(3)
    expect(hearing.take(part('def', 3))).toBe(true)
    expect(textsOf(hearing)).toEqual(['abcdef'])
  })

  it('hears again what it forgot, without counting its bytes twice', () => {
    const hearing = createHearing(10)
    hearing.hold()
    hearing.take(frame(1, 'abc'))
    hearing.take(frame(2, 'de'))
    expect([hearing.acknowledged, hearing.received]).toEqual([0, 2])
    hearing.forget(1)
    expect(textsOf(hearing)).toEqual(['abc'])
    hearing.take(frame(2, 'de'))
    expect(textsOf(hearing)).toEqual(['de'])
    expect([hearing.acknowledged, hearing.bytes, hearing.grant(4)]).toEqual([2, 5, 10])
  })

  it('takes other bytes under an old number as a message of their own', () => {
    const hearing = createHearing(10)
    hearing.take(frame(1, 'a'))
    expect(hearing.standing(frame(1, 'other')).repeated).toBe(false)
    expect(hearing.take(frame(1, 'other'))).toBe(true)
    expect(textsOf(hearing)).toEqual(['a', 'other'])
  })
})
