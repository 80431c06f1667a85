import { describe, expect, it } from 'vitest'
import { stream } from '../../core/random.ts'
import { allocateStepBuffers } from '../step-buffers.ts'
import { nativeHere } from './native/testing/native-here.ts'
import { football, play } from './testing/play.ts'

const native = nativeHere()!
const IDLE = 0
const RIGHT = 5
const SHOT = 12
const BUILTIN = 19
const refusal = (code: string) => expect.objectContaining({ code })

describe.skipIf(nativeHere() === null)('an ended lane', () => {
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

  it.each([
    ['simple115v2', false],
    ['raw', false],
    ['extracted', true],
  ] as const)(
    'shows what was seen last of a game that was cut (%s, stacked %s)',
    (representation, stacked) => {
      const env = football(native, { gameDuration: 5, representation, stacked })
      const seen = (['none', 'same-level'] as const).map((autoReset) => {
        const vector = env.vector({ slots: 2, autoReset, finals: true })
        const out = allocateStepBuffers(env.spec, 2, true)
        const level = env.levels.sample(stream('last'))
        vector.reset([0, 1], [level, { ...level, gameDuration: 8 }], out.observations)
        const bytes = (of: typeof out.observations) =>
          Object.values(of).map(({ buffer }) => Buffer.from(buffer).toString('hex'))
        let untouched: readonly string[] = []
        for (let t = 0; t < 6; t++) {
          untouched = bytes(out.finals ?? {})
          vector.step(Int32Array.of(RIGHT, SHOT), out)
        }
        expect([...out.truncated]).toEqual([1, 0])
        const half = (of: readonly string[], i: number) =>
          of.map((hex) => hex.slice((i * hex.length) / 2, ((i + 1) * hex.length) / 2))
        const [last, now] = [bytes(out.finals ?? {}), bytes(out.observations)]
        expect(half(last, 1)).toEqual(half(untouched, 1))
        if (autoReset === 'none') expect(half(last, 0)).toEqual(half(now, 0))
        else expect(half(last, 0)).not.toEqual(half(now, 0))
        vector.step(Int32Array.of(RIGHT, SHOT), out)
        vector.close?.()
        return [half(last, 0), half(now, 1), half(bytes(out.observations), 1)]
      })
      expect(seen[1]).toEqual(seen[0])
    },
  )

  it('asks for the next level under next-level, lane by lane', () => {
    const asked: number[] = []
    const env = football(native, { gameDuration: 3, generator: 'random' })
    const of = play(env, {
      slots: 3,
      autoReset: 'next-level',
      nextLevel: (lane) => {
        asked.push(lane)
        const level = env.levels.sample(stream('next', lane, asked.length))
        return lane === 1 ? { ...level, gameDuration: 100, ball: [0.5, 0.25] } : level
      },
    })
    for (let t = 0; t < 4; t++) of.step([0, 0, 0])
    expect(asked).toEqual([0, 1, 2])
    expect([0, 1, 2].map((lane) => of.vector.maxSteps(lane))).toEqual([4, 101, 4])
    expect(of.numbers('obs').slice(115 + 88, 115 + 90)).toEqual([0.5, 0.25])
    expect(() => env.vector({ slots: 1, autoReset: 'next-level' })).toThrow(refusal('env/options'))
  })
})
