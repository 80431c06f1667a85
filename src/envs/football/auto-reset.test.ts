import { describe, expect, it } from 'vitest'
import { stream } from '../../core/random.ts'
import { nativeHere } from './native/testing/native-here.ts'
import { football, play } from './testing/play.ts'

const native = nativeHere()!
const IDLE = 0
const RIGHT = 5
const SHOT = 12
const BUILTIN = 19
const refusal = (code: string) => expect.objectContaining({ code })

describe.skipIf(nativeHere() === null)('an ended slot', () => {
  it('starts the same level again under same-level, with other luck', () => {
    const env = football(native, { gameDuration: 40, scenario: '5_vs_5', leftAgents: 4 })
    const of = play(env, { autoReset: 'same-level' })
    const first = Buffer.from(of.out.observations.obs.slice().buffer)
    const episodes: string[][] = [[], []]
    for (const log of episodes) {
      for (let t = 0; t < 41; t++) {
        of.step([BUILTIN - 1, IDLE, RIGHT, SHOT])
        log.push(of.written())
      }
      expect(of.out.truncated[0]).toBe(1)
      expect(Buffer.from(of.out.observations.obs.slice().buffer).equals(first)).toBe(true)
    }
    expect(episodes[0]).not.toEqual(episodes[1])
  })

  it('asks for the next level under next-level, slot by slot', () => {
    const asked: number[] = []
    const env = football(native, { gameDuration: 3, generator: 'random' })
    const of = play(env, {
      slots: 3,
      autoReset: 'next-level',
      nextLevel: (slot) => {
        asked.push(slot)
        const level = env.levels.sample(stream('next', slot, asked.length))
        return slot === 1 ? { ...level, gameDuration: 100, ball: [0.5, 0.25] } : level
      },
    })
    for (let t = 0; t < 4; t++) of.step([0, 0, 0])
    expect(asked).toEqual([0, 1, 2])
    expect([0, 1, 2].map((slot) => of.vector.maxSteps(slot))).toEqual([4, 101, 4])
    expect(of.numbers('obs').slice(115 + 88, 115 + 90)).toEqual([0.5, 0.25])
    expect(() => env.vector({ slots: 1, autoReset: 'next-level' })).toThrow(refusal('env/options'))
  })
})
