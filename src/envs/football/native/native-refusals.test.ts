import { describe, expect, it } from 'vitest'
import { stream } from '../../../core/index.ts'
import type { FootballLevel } from '../level.ts'
import { stepBuffers } from './testing/full-game.ts'
import { nativeHere } from './testing/native-here.ts'
import { opened } from './testing/opened.ts'

const here = nativeHere()
const football = here as NonNullable<typeof here>
const refusal = (code: string) => expect.objectContaining({ code })

describe.skipIf(here === null)('what the simulator refuses', () => {
  it('bad levels, with the reason, leaving the game as it was', () => {
    const { batch, level } = opened(football, 1)
    const before = batch.save(0)
    const [keeper, second, third, ...rest] = level.left
    const bad: [string, unknown][] = [
      ['1 to 11', { ...level, left: [...level.left, second] }],
      ['1 to 11', { ...level, right: [] }],
      ['no keeper', { ...level, left: level.left.slice(1) }],
      ['two keepers', { ...level, left: [keeper, { ...second, role: 'GK' }, third, ...rest] }],
      ['role', { ...level, left: [keeper, { ...second, role: 'XX' }, third, ...rest] }],
      ['off the pitch', { ...level, left: [keeper, { ...second, x: Number.NaN }, third, ...rest] }],
      ['off the pitch', { ...level, left: [keeper, { ...second, x: 1.2 }, third, ...rest] }],
      ['ball', { ...level, ball: [Number.POSITIVE_INFINITY, 0] }],
      ['top of each other', { ...level, left: [keeper, second, { ...second }, ...rest] }],
      ['fewer controllable', { ...level, left: level.left.slice(0, 5) }],
      ['difficulty', { ...level, difficulty: [0.5, 1.5] }],
      ['difficulty', { ...level, difficulty: ['hard', 0] }],
      ['steps', { ...level, gameDuration: 1.5 }],
      ['steps', { ...level, gameDuration: 1e300 }],
      ['second half', { ...level, secondHalf: 5000 }],
      ['kick-off', { ...level, kickOff: 'up' }],
      ['pairs', { ...level, ball: 7 }],
      ['lists', { ...level, left: [null] }],
      ['object', null],
    ]
    for (const [reason, wrong] of bad) {
      const reset = () => batch.reset(0, wrong as FootballLevel, 1n, 0)
      expect(reset, reason).toThrow(refusal('level/invalid'))
      expect(reset, reason).toThrow(reason)
    }
    expect(batch.save(0)).toEqual(before)
    batch.close()
  })

  it('bytes that are no game, leaving the game as it was', () => {
    const { batch } = opened(football, 1)
    const saved = batch.save(0)
    const state = refusal('football/state')
    expect(() => batch.load(0, saved.subarray(1))).toThrow(state)
    expect(() => batch.load(0, new Uint8Array(saved.length).fill(255))).toThrow(state)
    expect(() => batch.load(0, 'game' as unknown as Uint8Array)).toThrow(state)
    const fewer = opened(football, 1, [1, 0])
    expect(() => fewer.batch.load(0, saved)).toThrow(state)
    const draws = stream(3, 'spoil')
    const out = stepBuffers(1, 20)
    let refused = 0
    for (let n = 0; n < 2000; n++) {
      const spoiled = saved.slice()
      for (let i = 0; i < 40; i++) spoiled[draws.integer(spoiled.length)] = draws.integer(256)
      try {
        batch.load(0, spoiled)
        batch.step(new Int32Array(20), out)
      } catch (error) {
        expect(error).toEqual(state)
        refused += 1
      }
    }
    expect(refused).toBeGreaterThan(100)
    fewer.batch.close()
    batch.close()
  })

  it('arrays of a wrong type or length, numbers out of range, games never reset', () => {
    const { batch, out, actions, level } = opened(football, 2)
    const buffers = refusal('football/buffers')
    expect(() => batch.step(new Int32Array(39), out)).toThrow(buffers)
    expect(() => batch.step(new Float32Array(40) as unknown as Int32Array, out)).toThrow(buffers)
    expect(() => batch.step([0] as unknown as Int32Array, out)).toThrow(buffers)
    expect(() => batch.step(undefined as unknown as Int32Array, out)).toThrow(buffers)
    for (const [name, array] of Object.entries(out)) {
      const wrongs = [array.subarray(1), new BigInt64Array(array.length), new ArrayBuffer(8), null]
      for (const wrong of wrongs) {
        expect(() => batch.step(actions, { ...out, [name]: wrong }), name).toThrow(buffers)
      }
    }
    const argument = refusal('football/argument')
    for (const game of [-1, 2, 0.5, Number.NaN, 2 ** 53, '0' as unknown as number]) {
      expect(() => batch.save(game)).toThrow(argument)
      expect(() => batch.load(game, batch.save(0))).toThrow(argument)
      expect(() => batch.reset(game, level, 1n, 0)).toThrow(argument)
    }
    expect(() => batch.reset(0, level, -1n, 0)).toThrow(argument)
    expect(() => batch.reset(0, level, 2n ** 64n, 0)).toThrow(argument)
    expect(() => batch.reset(0, level, 1n, -1)).toThrow(argument)
    batch.close()
    const fresh = football.batch({ games: 2, agents: [10, 10], threads: 1, device: 'cpu' })
    fresh.reset(0, level, 1n, 0)
    expect(() => fresh.step(actions, out)).toThrow(refusal('football/not-reset'))
    expect(() => fresh.save(1)).toThrow(refusal('football/not-reset'))
    fresh.close()
  })

  it('batches that cannot be', () => {
    const options = { games: 1, agents: [1, 1], threads: 1, device: 'cpu' } as const
    const argument = refusal('football/argument')
    for (const wrong of [
      { games: 0 },
      { games: 1.5 },
      { games: Number.NaN },
      { threads: 0 },
      { threads: 1e9 },
      { agents: [12, 0] as const },
      { agents: [-1, 0] as const },
      { device: 'tpu' as 'cpu' },
    ])
      expect(() => football.batch({ ...options, ...wrong }), JSON.stringify(wrong)).toThrow(
        argument,
      )
    expect(() => football.batch({ ...options, games: 2 ** 45 })).toThrow(refusal('football/memory'))
    if (football.cudaFault() !== null)
      expect(() => football.batch({ ...options, device: 'cuda' })).toThrow(
        refusal('football/device'),
      )
  })
})
