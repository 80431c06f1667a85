import { setImmediate as later } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { inTurns, type Turn } from './turns.ts'

/** Says what it does, and computes in two pieces each time, so that others could come between. */
const work =
  (name: string, passes: number, said: string[], fails = false) =>
  async ({ pass }: Turn): Promise<string> => {
    for (let i = 0; i < passes; i++) {
      said.push(`${name} asks ${i}`)
      await later()
      said.push(`${name} asked ${i}`)
      await pass()
    }
    said.push(`${name} ends`)
    if (fails) throw new Error(name)
    return name
  }

describe('work in turns', () => {
  it('computes one at a time, round and round, and goes on with those that are left', async () => {
    const said: string[] = []
    const results = await inTurns([work('a', 1, said), work('b', 2, said), work('c', 0, said)])
    expect(results).toEqual(['a', 'b', 'c'])
    expect(said).toEqual([
      ...['a asks 0', 'a asked 0', 'b asks 0', 'b asked 0', 'c ends', 'a ends'],
      ...['b asks 1', 'b asked 1', 'b ends'],
    ])
  })

  it('ends all of them where some fail, and fails as the one that failed first', async () => {
    const said: string[] = []
    const failing = [work('a', 2, said, true), work('b', 0, said, true), work('c', 1, said, true)]
    await expect(inTurns(failing)).rejects.toThrow('b')
    expect(said.filter((one) => one.endsWith('ends'))).toEqual(['b ends', 'c ends', 'a ends'])
  })
})
