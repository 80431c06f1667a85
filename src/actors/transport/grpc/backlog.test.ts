import { describe, expect, it } from 'vitest'
import { openBacklog } from './backlog.ts'

const message = (sequence: number) =>
  ({ sequence, epoch: 1, kind: 13, correlation: '', body: new Uint8Array(10) }) as const

describe('a backlog', () => {
  it('keeps what is written until it is acknowledged, and writes it again when told', () => {
    const backlog = openBacklog()
    for (let n = 1; n <= 3; n++) backlog.add(message(n))
    backlog.advance()
    backlog.advance()
    expect(backlog.next()?.sequence).toBe(3)
    expect(backlog.drop(1)).toBe(false)
    expect(backlog.bytes).toBe(20)
    backlog.rewind()
    expect(backlog.next()?.sequence).toBe(2)
    // The other side has had it already, by an earlier stream.
    expect(backlog.drop(2)).toBe(true)
    expect(backlog.next()?.sequence).toBe(3)
    backlog.drop(100)
    expect({ next: backlog.next(), bytes: backlog.bytes }).toEqual({ next: undefined, bytes: 0 })
  })

  it('stays in order over many acknowledgements of a few', () => {
    const backlog = openBacklog()
    for (let n = 1; n <= 10_000; n++) {
      backlog.add(message(n))
      expect(backlog.next()?.sequence).toBe(n)
      backlog.advance()
      if (n % 7 === 0) backlog.drop(n - 3)
    }
    backlog.rewind()
    // 9 996 is a multiple of 7.
    expect(backlog.next()?.sequence).toBe(9994)
    expect(backlog.bytes).toBe(70)
  })
})
