import { describe, expect, it } from 'vitest'
import { stream } from '../../core/random.ts'
import { nativeHere } from './native/testing/native-here.ts'
import { football, play } from './testing/play.ts'

const native = nativeHere()!
const refusal = (code: string) => expect.objectContaining({ code })

describe.skipIf(nativeHere() === null)('the bits of a lane', () => {
  it('draws from the stream of the lane alone', () => {
    const env = football(native, { scenario: '5_vs_5' })
    const played = (seed: number, lanes: number, given: object = {}): string[] => {
      const of = play({ ...env, ...given }, { slots: lanes, stream: (lane) => stream(seed, lane) })
      const seen: string[] = []
      for (let t = 0; t < 50; t++) {
        of.step(Array(lanes).fill(t % 19))
        seen.push(of.numbers('obs').slice(0, 115).join())
      }
      return seen
    }
    expect(played(1, 1)).toEqual(played(1, 4))
    expect(played(1, 1)).not.toEqual(played(2, 1))
  })

  it('plays every episode with one seed where it is deterministic', () => {
    const env = football(native, { deterministic: true, gameDuration: 30, scenario: '5_vs_5' })
    const level = env.levels.sample(stream(1))
    const of = play(env, { autoReset: 'same-level', stream: (lane) => stream('any', lane) }, level)
    const logs = [0, 1].map(() =>
      Array.from({ length: 31 }, (_, t) => {
        of.step([t % 19])
        return of.written()
      }),
    )
    expect(logs[1]).toEqual(logs[0])
  })

  it('has the same bits on any number of threads', () => {
    const logs = [1, 3].map((threads) => {
      const of = play(football(native, { threads, rightAgents: 1, generator: 'random' }), {
        slots: 7,
      })
      return Array.from({ length: 40 }, () => {
        of.step()
        return of.written()
      })
    })
    expect(logs[1]).toEqual(logs[0])
  })

  it.skipIf(native?.cudaFault() === null)('says why it cannot step on a GPU', () => {
    const env = football(native, { device: 'cuda' })
    expect(() => env.vector({ slots: 1, autoReset: 'none' })).toThrow(refusal('football/device'))
  })

  it.skipIf(native?.cudaFault() !== null).each([
    { generator: 'random', gameDuration: 50 },
    { representation: 'raw', rightAgents: 2, rewards: 'scoring,checkpoints' },
    { representation: 'extracted', stacked: true, scenario: 'academy_empty_goal_close' },
    { representation: 'tizero', leftAgents: 10, leftControllable: 'outfield' },
    { representation: 'grf-marl', leftAgents: 10, leftControllable: 'outfield' },
  ])('has the same bits on the GPU: %j', (given) => {
    const [cpu, gpu] = ['cpu', 'cuda'].map((device) =>
      play(football(native, { ...given, device }), { slots: 16, autoReset: 'same-level' }),
    )
    for (let t = 0; t < 120; t++) {
      for (const one of [cpu, gpu]) one.step()
      expect(gpu.written()).toBe(cpu.written())
      if (t % 40 !== 20) continue
      const state = cpu.vector.save(3)
      expect(Buffer.from(gpu.vector.save(3)).equals(Buffer.from(state))).toBe(true)
      for (const one of [cpu, gpu]) one.vector.load(5, state, one.out.observations)
    }
  })
})
