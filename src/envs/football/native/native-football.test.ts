import { describe, expect, it } from 'vitest'
import type { Encoding } from './contract.ts'
import { ENCODINGS } from './encodings.ts'
import { stepBuffers } from './testing/full-game.ts'
import { nativeHere } from './testing/native-here.ts'
import { opened } from './testing/opened.ts'

const here = nativeHere()
const football = here as NonNullable<typeof here>
const refusal = (code: string) => expect.objectContaining({ code })

describe.skipIf(here === null)('the native simulator', () => {
  it('knows the scenarios of the reference', () => {
    expect(football.scenarios).toContain('11_vs_11_stochastic')
    for (const name of football.scenarios) {
      for (const episode of [0, 1]) {
        const level = football.scenario(name, episode)
        expect(football.check(level), name).toBeNull()
      }
    }
    expect(() => football.scenario('12_vs_12', 0)).toThrow(refusal('football/scenario'))
  })

  it('plays a goal: rewards, end, score', () => {
    const level = football.scenario('academy_empty_goal_close', 0)
    const batch = football.batch({ games: 1, agents: [1, 1], threads: 1, device: 'cpu' })
    batch.reset(0, level, 1n, 0)
    const out = stepBuffers(1, 2)
    const total = [0, 0]
    let checkpoints = 0
    for (let step = 0; step < 200 && out.terminated[0] === 0; step++) {
      batch.step(Int32Array.of(step === 0 ? 5 : step === 12 ? 12 : 0, 0), out)
      total[0] += out.scoring[0]
      total[1] += out.scoring[1]
      checkpoints += out.checkpoints[0]
    }
    expect([...out.terminated, ...out.truncated]).toEqual([1, 0])
    expect([...out.score]).toEqual([1, 0])
    expect(total).toEqual([1, -1])
    expect(checkpoints).toBeCloseTo(1, 5)
    batch.close()
  })

  it('writes every encoding, and a game for replays', () => {
    const { batch } = opened(football, 3)
    for (const encoding of Object.keys(ENCODINGS) as Encoding[]) {
      const { dtype, shape } = ENCODINGS[encoding]
      const size = 60 * shape.reduce((product: number, axis: number) => product * axis, 1)
      const rows = { float64: Float64Array, float32: Float32Array, uint8: Uint8Array }[dtype]
      const out = new rows(size)
      batch.observe(encoding, out)
      expect(out.some((value) => value !== 0)).toBe(true)
      expect(out.every(Number.isFinite)).toBe(true)
      expect(() => batch.observe(encoding, new rows(size - 1))).toThrow(refusal('football/buffers'))
    }
    const row = new Float64Array(205)
    batch.watch(2, row)
    expect(row[9]).toBeCloseTo(-1.01103, 5)
    expect(() => batch.observe('pixels' as Encoding, row)).toThrow(refusal('football/encoding'))
    batch.close()
  })

  it('refuses an encoding that a game does not fit', () => {
    const batch = football.batch({ games: 2, agents: [1, 0], threads: 1, device: 'cpu' })
    for (const game of [0, 1])
      batch.reset(game, football.scenario('academy_run_to_score', 0), 1n, 0)
    expect(() => batch.observe('tizero', new Float32Array(660))).toThrow(
      refusal('football/encoding'),
    )
    batch.observe('simple115v2', new Float32Array(230))
    batch.close()
  })
})
