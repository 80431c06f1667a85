import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { stream } from '../../../core/index.ts'
import { stepBuffers } from './testing/full-game.ts'
import { nativeHere } from './testing/native-here.ts'
import { opened } from './testing/opened.ts'

const here = nativeHere()
const football = here as NonNullable<typeof here>

/** Random actions of every agent, the same for the same step. */
function hands(step: number, out: Int32Array): Int32Array {
  const draws = stream(5, 'hands', step)
  for (let i = 0; i < out.length; i++) out[i] = draws.integer(20)
  return out
}

/** FNV-1a, 64 bits. */
function fnv(bytes: Uint8Array): bigint {
  let hash = 0xcbf29ce484222325n
  for (const byte of bytes) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n)
  return hash
}

describe.skipIf(here === null)('the bits of native games', () => {
  it('gives the same bits on one thread and three, later and at once, saved and loaded', async () => {
    const one = opened(football, 4)
    const three = opened(football, 4, [10, 10], 3)
    for (let step = 0; step < 150; step++) {
      one.batch.step(hands(step, one.actions), one.out)
      await three.batch.stepLater(hands(step, three.actions), three.out)
      expect(three.out).toEqual(one.out)
    }
    const saved = [0, 1, 2, 3].map((game) => one.batch.save(game))
    expect([0, 1, 2, 3].map((game) => three.batch.save(game))).toEqual(saved)

    for (const game of [0, 1, 2, 3]) three.batch.load(3 - game, saved[game])
    const mirrored = new Int32Array(80)
    for (let step = 150; step < 300; step++) {
      one.batch.step(hands(step, one.actions), one.out)
      for (const game of [0, 1, 2, 3])
        mirrored.set(one.actions.subarray(game * 20, game * 20 + 20), (3 - game) * 20)
      three.batch.step(mirrored, three.out)
    }
    for (const game of [0, 1, 2, 3])
      expect(three.batch.save(3 - game)).toEqual(one.batch.save(game))
    one.batch.close()
    three.batch.close()
  })

  it('saves games of the bytes that C++ saves', () => {
    const path = '../../../../native/football/tests/whole-games.hpp'
    const header = readFileSync(new URL(path, import.meta.url), 'utf8')
    const [, list] = /kSavedExpected\[kSavedGames\] = \{([^}]*)\}/.exec(header) ?? []
    const expected = [...list.matchAll(/0x[0-9a-f]+/g)].map(([hash]) => BigInt(hash))
    expect(expected).toHaveLength(3)
    for (const threads of [1, 2]) {
      const batch = football.batch({ games: 3, agents: [10, 10], threads, device: 'cpu' })
      for (const game of [0, 1, 2]) {
        batch.reset(game, football.scenario('11_vs_11_stochastic', game), 20_240_607n, game)
      }
      const actions = new Int32Array(60)
      const out = stepBuffers(3, 20)
      for (let step = 0; step < 400; step++) {
        for (let i = 0; i < 60; i++)
          actions[i] = (7 * step + 13 * (i % 20) + 5 * Math.floor(i / 20)) % 20
        batch.step(actions, out)
      }
      expect([0, 1, 2].map((game) => fnv(batch.save(game)))).toEqual(expected)
      batch.close()
    }
  })
})
