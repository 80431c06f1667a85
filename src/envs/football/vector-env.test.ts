import { describe, expect, it } from 'vitest'
import { stream } from '../../core/random.ts'
import { nativeHere } from './native/testing/native-here.ts'
import { football, play } from './testing/play.ts'
import { parseLevel } from './text/parse-levels.ts'

const native = nativeHere()!
const RIGHT = 5
const refusal = (code: string) => expect.objectContaining({ code })

describe.skipIf(nativeHere() === null)('the vector environment', () => {
  it('refuses what cannot be stepped or played, by name', () => {
    const env = football(native, { leftAgents: 2 })
    const vector = env.vector({ slots: 2, autoReset: 'none' })
    const { out } = play(env, { slots: 2 })
    const level = env.levels.sample(stream(1))
    expect(() => vector.step(new Int32Array(4), out)).toThrow(refusal('env/not-reset'))
    expect(() => vector.save(0)).toThrow(refusal('env/not-reset'))
    expect(() => vector.maxSteps(1)).toThrow(refusal('env/not-reset'))
    expect(() => vector.reset([2], [level], out.observations)).toThrow(refusal('env/options'))
    expect(() => vector.reset([0, 1], [level], out.observations)).toThrow(refusal('env/options'))
    const off = { ...level, ball: [3, 0] as const }
    expect(() => vector.reset([0], [off], out.observations)).toThrow(refusal('level/invalid'))
    vector.reset([0], [level], out.observations)
    expect(() => vector.step(new Int32Array(4), out)).toThrow(refusal('env/not-reset'))
    vector.reset([1], [level], out.observations)
    expect(() => vector.step(Int32Array.of(0, 0, 0, 19), out)).toThrow(refusal('env/action'))
    expect(() => vector.step(Int32Array.of(0, -1, 0, 0), out)).toThrow(refusal('env/action'))
    vector.step(new Int32Array(4), out)
    const small = football(native, { leftAgents: 3 })
    expect(() => play(small, {}, parseLevel('left:\nGK -1 0\nright:\nGK -1 0'))).toThrow(
      /3 agents play the left team, which has 1 players/,
    )
    expect(() => env.vector({ slots: 0, autoReset: 'none' })).toThrow(refusal('env/options'))
  })

  it('resets some lanes and writes no row of another', () => {
    for (const representation of ['raw', 'simple115v2', 'extracted', 'tizero']) {
      const env = football(native, { representation, leftAgents: 2, leftControllable: 'outfield' })
      const of = play(env, { slots: 3 })
      of.step()
      for (const values of Object.values(of.out.observations)) values.fill(7 as never)
      of.vector.reset([1], [env.levels.sample(stream(2))], of.out.observations)
      for (const name of Object.keys(of.out.observations)) {
        const sevens = of.numbers(name).map((value) => value === 7)
        const width = sevens.length / 3
        expect(sevens.slice(0, width).every(Boolean)).toBe(true)
        expect(sevens.slice(2 * width).every(Boolean)).toBe(true)
        expect(sevens.slice(width, 2 * width).every(Boolean)).toBe(false)
      }
    }
  })

  it('takes and writes views of shared memory', () => {
    const env = football(native, { scenario: 'academy_empty_goal' })
    const plain = play(env, { slots: 2 })
    const shared = play(env, { slots: 2 })
    const lent = {
      observations: { obs: new Float32Array(new SharedArrayBuffer(4 * 240), 40, 230) },
      rewards: new Float32Array(new SharedArrayBuffer(16), 8, 2),
      terminated: new Uint8Array(new SharedArrayBuffer(8), 3, 2),
      truncated: new Uint8Array(new SharedArrayBuffer(8), 3, 2),
    }
    const actions = new Int32Array(new SharedArrayBuffer(16), 8, 2).fill(RIGHT)
    for (let t = 0; t < 5; t++) {
      plain.step([RIGHT, RIGHT])
      shared.vector.step(actions, lent)
      expect(Array.from(lent.observations.obs, (value) => value + 0)).toEqual(plain.numbers('obs'))
    }
  })
})
