import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { stream } from '../../../core/index.ts'
import type { FootballLevel } from '../level.ts'
import { loadAddon } from './addon.ts'
import { ENCODINGS, type Encoding } from './contract.ts'
import { fullGame, stepBuffers } from './testing/full-game.ts'
import { nativeHere } from './testing/native-here.ts'

const here = nativeHere()
const football = here as NonNullable<typeof here>
const refusal = (code: string) => expect.objectContaining({ code })

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

function opened(games: number, agents: readonly [number, number] = [10, 10], threads = 1) {
  const batch = football.batch({ games, agents, threads, device: 'cpu' })
  const level = fullGame(football)
  for (let game = 0; game < games; game++) batch.reset(game, level, 7n + BigInt(game), game)
  const rows = games * (agents[0] + agents[1])
  return { batch, level, out: stepBuffers(games, rows / games), actions: new Int32Array(rows) }
}

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
    const { batch } = opened(3)
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

  it('gives the same bits on one thread and three, later and at once, saved and loaded', async () => {
    const one = opened(4)
    const three = opened(4, [10, 10], 3)
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

  it('steps off the thread: one step at a time, and may be closed meanwhile', async () => {
    const { batch, level, out, actions } = opened(64)
    const running = batch.stepLater(actions, out)
    const busy = refusal('football/busy')
    expect(() => batch.step(actions, out)).toThrow(busy)
    expect(() => batch.save(0)).toThrow(busy)
    expect(() => batch.reset(0, level, 1n, 0)).toThrow(busy)
    await expect(batch.stepLater(actions, out)).rejects.toThrow(busy)
    await running
    const last = batch.stepLater(actions, out)
    batch.close()
    await last
    expect(() => batch.step(actions, out)).toThrow(refusal('football/closed'))
    batch.close()
  })

  it('is told when an array of a step was taken away meanwhile', async () => {
    const { batch, out, actions } = opened(64)
    const running = batch.stepLater(actions, out)
    structuredClone(out.scoring, { transfer: [out.scoring.buffer as ArrayBuffer] })
    structuredClone(actions, { transfer: [actions.buffer as ArrayBuffer] })
    await expect(running).rejects.toThrow(refusal('football/buffers'))
    expect(() => batch.step(actions, out)).toThrow(refusal('football/buffers'))
    batch.close()
  })
})

describe.skipIf(here === null)('what the simulator refuses', () => {
  it('bad levels, with the reason, leaving the game as it was', () => {
    const { batch, level } = opened(1)
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
    const { batch } = opened(1)
    const saved = batch.save(0)
    const state = refusal('football/state')
    expect(() => batch.load(0, saved.subarray(1))).toThrow(state)
    expect(() => batch.load(0, new Uint8Array(saved.length).fill(255))).toThrow(state)
    expect(() => batch.load(0, 'game' as unknown as Uint8Array)).toThrow(state)
    const fewer = opened(1, [1, 0])
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
    const { batch, out, actions, level } = opened(2)
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

  it('a worker that ends in the middle of a step takes nobody with it', async () => {
    const source = `
      const { createRequire } = require('node:module')
      const { workerData } = require('node:worker_threads')
      const { binary } = workerData
      const addon = createRequire(binary)(binary)
      const level = new Float64Array(addon.levelNumbers)
      addon.scenario('11_vs_11_stochastic', 0, level)
      const bytes = 256 * addon.stateBytes
      const games = new addon.Games('cpu', 256, 0, 0, 2, new Uint8Array(new SharedArrayBuffer(bytes)))
      for (let i = 0; i < 256; i++) games.reset(i, level, 1n, 0)
      const none = new Float32Array(0)
      const ends = new Uint8Array(256)
      games.stepLater(new Int32Array(0), none, none, ends, ends, new Int32Array(512))
      process.exit(0)`
    const binary = new URL('../../../../dist/native/football.node', import.meta.url).pathname
    for (let n = 0; n < 3; n++) {
      const worker = new Worker(source, { eval: true, workerData: { binary } })
      expect(await new Promise((resolve) => worker.on('exit', resolve))).toBe(0)
    }
  })
})

describe('without the addon', () => {
  it('says why and what to do', () => {
    const root = mkdtempSync(join(tmpdir(), 'agon-native-'))
    try {
      expect(() => loadAddon(root)).toThrow('nobody built it')
      mkdirSync(join(root, 'dist/native'), { recursive: true })
      const reason = 'no C++ compiler was found'
      writeFileSync(join(root, 'dist/native/football.json'), JSON.stringify({ reason }))
      expect(() => loadAddon(root)).toThrow(refusal('football/no-native'))
      expect(() => loadAddon(root)).toThrow(reason)
      writeFileSync(join(root, 'dist/native/football.node'), 'not a library')
      expect(() => loadAddon(root)).toThrow('cannot be loaded')
    } finally {
      rmSync(root, { recursive: true })
    }
  })
})
