import { describe, expect, it } from 'vitest'
import { AgonError } from '../../core/errors.ts'
import { stream } from '../../core/random.ts'
import type { TypedArray } from '../../core/tensor.ts'
import { nativeHere } from './native/testing/native-here.ts'
import { football, type Play, play } from './testing/play.ts'

const native = nativeHere()!
const refusal = (code: string) => expect.objectContaining({ code })

const bytesOf = ({ buffer, byteOffset, byteLength }: TypedArray): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength)

describe.skipIf(nativeHere() === null)('a saved lane', () => {
  it.each([
    ['none', 'raw', {}],
    ['same-level', 'simple115v2', { stacked: true }],
    ['next-level', 'extracted', { stacked: true }],
    ['same-level', 'tizero', { leftControllable: 'outfield', leftAgents: 10 }],
  ] as const)(
    'goes on bit for bit after save and load, in another lane of another environment: %s, %s',
    (autoReset, representation, more) => {
      const env = football(native, {
        representation,
        gameDuration: 25,
        rewards: 'scoring,checkpoints',
        ...more,
      })
      const started = (seed: string, lanes: number): Play => {
        let next = 0
        return play(env, {
          slots: lanes,
          autoReset,
          nextLevel: () => env.levels.sample(stream('next', ++next)),
          stream: (lane) => stream(seed, lane),
        })
      }
      const here = started('here', 1)
      for (let t = 0; t < 30; t++) here.step()
      const there = started('there', 3)
      there.step()
      const state = here.vector.save(0)
      expect(Buffer.from(here.vector.save(0)).equals(Buffer.from(state))).toBe(true)
      there.vector.load(2, state, there.out.observations)
      const { agents } = env.spec
      const random = stream('after')
      // Next levels of `there` would be asked in another order, so the episode is played to its end at most.
      const steps = autoReset === 'next-level' ? 20 : 60
      for (let t = 0; t < steps; t++) {
        const hands = Array.from({ length: agents }, () => random.integer(19))
        here.step(hands)
        there.step([...Array(2 * agents).fill(0), ...hands])
        for (const [name, values] of Object.entries(here.out.observations)) {
          const all = there.out.observations[name]
          const same = bytesOf(all.subarray(2 * values.length)).equals(bytesOf(values))
          expect(same, `${name} at ${t}`).toBe(true)
        }
        for (const name of ['rewards', 'terminated', 'truncated'] as const)
          expect(there.out[name].subarray(2 * agents), `${name} at ${t}`).toEqual(here.out[name])
      }
    },
  )

  it('refuses bytes that are no saved lane, and stays as it was', () => {
    const env = football(native, { leftAgents: 2 })
    const of = play(env)
    of.step()
    const state = of.vector.save(0)
    const load = (bytes: Uint8Array) => () => of.vector.load(0, bytes, of.out.observations)
    for (let length = 0; length < state.length; length += 211)
      expect(load(state.subarray(0, length))).toThrow(AgonError)
    for (const at of [0, 1, 16, 20, 24, 28]) {
      const spoilt = state.slice()
      spoilt[at] ^= 0x55
      expect(load(spoilt), `byte ${at}`).toThrow(AgonError)
    }
    const stacked = play(football(native, { leftAgents: 2, stacked: true }))
    expect(load(stacked.vector.save(0))).toThrow(refusal('state/corrupt'))
    const alone = play(football(native, {}))
    expect(load(alone.vector.save(0))).toThrow(refusal('football/state'))
    expect(Buffer.from(of.vector.save(0)).equals(Buffer.from(state))).toBe(true)
  })
})
