import { describe, expect, it } from 'vitest'
import type { AgonError } from '../../core/errors.ts'
import { stream } from '../../core/random.ts'
import type { AutoReset, StepBuffers } from '../contract.ts'
import { createMaze } from './environment.ts'
import { drawAnyLevel } from './fixtures/any-level.ts'
import { filledBuffers } from './fixtures/filled-buffers.ts'
import { mazeOptions } from './options.ts'
import { fixedMaze } from './suites/fixed-maze.ts'
import { parseLevel } from './text.ts'

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i)

/** One lane with its buffers. */
function single(text: string, given: object = {}, autoReset: AutoReset = 'none') {
  const maze = createMaze(mazeOptions.parse(given))
  const env = maze.vector({ slots: 1, autoReset })
  const out = filledBuffers(maze, 1)
  env.reset([0], [parseLevel(text)], out.observations)
  const step = (action: number) => {
    env.step(Int32Array.of(action), out)
    return { reward: out.rewards[0], terminated: out.terminated[0], truncated: out.truncated[0] }
  }
  return { maze, env, out, step }
}

describe('reward', () => {
  it('of success at step k is 1 − 0.0036·k at the default limit', () => {
    for (const k of [1, 2, 10, 100, 249, 250]) {
      const { step } = single('>G')
      for (let i = 1; i < k; i++) expect(step(6)).toMatchObject({ reward: 0, terminated: 0 })
      expect(step(2)).toEqual({ reward: Math.fround(1 - 0.0036 * k), terminated: 1, truncated: 0 })
    }
    const { step } = single('>G')
    for (let i = 1; i < 250; i++) step(3)
    expect(step(2).reward).toBeCloseTo(0.1, 6)
  })

  it('is 0 on time-out, which is a plain end; the level may set its own limit', () => {
    const { env, step } = single('maxSteps: 3\n>.G')
    expect(env.maxSteps(0)).toBe(3)
    expect([step(0), step(0), step(0)].map(({ terminated }) => terminated)).toEqual([0, 0, 1])
    expect(step(2)).toEqual({ reward: 0, terminated: 1, truncated: 0 })
  })

  it('in the memory maze comes from the goal of the colour of the cue alone', () => {
    const level = fixedMaze('Memory').levels[0]
    for (const [turn, reward] of [
      [0, Math.fround(1 - (0.9 * 12) / 250)],
      [1, 0],
    ]) {
      const maze = createMaze(mazeOptions.parse({ view: 7 }))
      const env = maze.vector({ slots: 1, autoReset: 'none' })
      const out = filledBuffers(maze, 1)
      env.reset([0], [level], out.observations)
      const play = [...new Array<number>(9).fill(2), turn, 2, 2]
      for (const action of play) env.step(Int32Array.of(action), out)
      expect([out.rewards[0], out.terminated[0]]).toEqual([reward, 1])
    }
  })
})

describe('moving', () => {
  it('never enters goal, wall or border; turning changes only the direction', () => {
    const text = '#G#\n..#\n##.'
    for (const [direction, arrow] of [...'>v<^'].entries()) {
      const map = text.replace('..#', `.${arrow}#`)
      const { maze, env, out, step } = single(map, { observePosition: true })
      step(2)
      const moved = direction === 2
      expect([...out.observations.position]).toEqual(moved ? [0, 1] : [1, 1])
      expect(out.observations.direction[0]).toBe(direction)
      if (direction === 3) continue
      for (const [action, turn] of [
        [0, 3],
        [1, 0],
        [1, 1],
      ] as const) {
        step(action)
        expect([...out.observations.position]).toEqual(moved ? [0, 1] : [1, 1])
        expect(out.observations.direction[0]).toBe((direction + turn) % 4)
      }
      expect(maze.drawState?.(env.save(0))).toContain('<svg')
    }
    const { out, step } = single('<.G', { observePosition: true })
    step(2)
    expect([...out.observations.position]).toEqual([0, 0])
  })

  it('refuses an action that is none, and a step before the reset', () => {
    const { maze, step } = single('>.G')
    for (const action of [-1, 7])
      expect(() => step(action)).toThrow(expect.objectContaining({ code: 'env/action' }))
    const fresh = maze.vector({ slots: 2, autoReset: 'none' })
    expect(() => fresh.step(new Int32Array(2), filledBuffers(maze, 2))).toThrow(
      /lane 0 has no level/,
    )
    expect(() => fresh.maxSteps(1)).toThrow(/lane 1/)
    expect(() => maze.vector({ slots: 1, autoReset: 'next-level' })).toThrow(/source of levels/)
  })

  it('refuses lanes that it does not have, and more cells than it can address', () => {
    const { maze, env, out } = single('>.G')
    const level = parseLevel('>.G')
    const refused = expect.objectContaining({ code: 'env/options' })
    for (const lane of [-1, 1, 0.5])
      expect(() => env.reset([lane], [level], out.observations)).toThrow(refused)
    expect(() => env.reset([0], [], out.observations)).toThrow(/0 levels for 1 lanes/)
    expect(() => env.load(1, env.save(0), out.observations)).toThrow(refused)
    for (const lanes of [0, -1, 1.5, Number.NaN])
      expect(() => maze.vector({ slots: lanes, autoReset: 'none' })).toThrow(refused)
    const huge = createMaze(mazeOptions.parse({ height: 1024, width: 1024 }))
    expect(() => huge.vector({ slots: 4096, autoReset: 'none' })).toThrow(
      expect.objectContaining({ code: 'env/memory' }),
    )
  })

  it('refuses a level that cannot be attempted, with its row and column', () => {
    const { env, out } = single('>.G')
    const broken = { ...parseLevel('>.G'), walls: Uint8Array.of(0, 0, 1) }
    try {
      env.reset([0], [broken], out.observations)
      expect.unreachable()
    } catch (error) {
      expect(error as AgonError).toMatchObject({
        code: 'level/invalid',
        place: 'row 1, column 3',
      })
    }
  })
})

describe('auto-reset', () => {
  it('same-level starts the level again and shows its first observation', () => {
    const { out, step } = single('^G.', { observePosition: true }, 'same-level')
    const first = [...out.observations.image]
    expect(step(1).terminated).toBe(0)
    expect(step(2)).toMatchObject({ terminated: 1 })
    expect([...out.observations.image]).toEqual(first)
    expect(out.observations.direction[0]).toBe(3)
    step(1)
    expect(step(2).reward).toBe(Math.fround(1 - 0.0036 * 2))
  })

  it('next-level asks the source, also for a larger maze in the middle of a batch', () => {
    const maze = createMaze(mazeOptions.parse({ height: 1, width: 3, nWalls: 0 }))
    const asked: number[] = []
    const rows = new Array<string>(29).fill('.'.repeat(40))
    const large = parseLevel([...rows, `v${'.'.repeat(38)}G`].join('\n'))
    const env = maze.vector({
      slots: 3,
      autoReset: 'next-level',
      nextLevel: (lane) => {
        asked.push(lane)
        return large
      },
    })
    const out = filledBuffers(maze, 3)
    const small = parseLevel('>.G')
    env.reset([0, 1, 2], [small, parseLevel('>G.'), small], out.observations)
    const before = [...out.observations.image.subarray(150, 225)]
    env.step(Int32Array.of(6, 2, 6), out)
    expect(asked).toEqual([1])
    expect([...out.terminated]).toEqual([0, 1, 0])
    // The neighbours' mazes moved in memory, not in the world.
    expect([...out.observations.image.subarray(150, 225)]).toEqual(before)
    expect(out.observations.direction[1]).toBe(1)
    env.step(Int32Array.of(2, 6, 2), out)
    env.step(Int32Array.of(2, 6, 2), out)
    expect(out.rewards[0]).toBe(Math.fround(1 - 0.0036 * 3))
    expect(out.rewards[2]).toBe(Math.fround(1 - 0.0036 * 3))
  })

  it('none leaves the lane ended until it is reset', () => {
    const { env, out, step } = single('>G')
    step(2)
    const last = [...out.observations.image]
    for (const action of [2, 0, 1]) {
      expect(step(action)).toEqual({ reward: 0, terminated: 1, truncated: 0 })
      expect([...out.observations.image]).toEqual(last)
    }
    env.reset([0], [parseLevel('>G')], out.observations)
    expect(step(0)).toMatchObject({ terminated: 0 })
  })

  it('reset writes the rows of its lanes and no other', () => {
    const maze = createMaze(mazeOptions.parse({}))
    const env = maze.vector({ slots: 3, autoReset: 'none' })
    const out = filledBuffers(maze, 3)
    env.reset([1], [parseLevel('v.G')], out.observations)
    const image = out.observations.image as Uint8Array
    expect([...image.subarray(0, 75), ...image.subarray(150)].every((byte) => byte === 77)).toBe(
      true,
    )
    expect(image.subarray(75, 150).every((byte) => byte <= 10)).toBe(true)
    expect([...out.observations.direction]).toEqual([77, 1, 77])
  })
})

describe('save and load', () => {
  it('go on bit for bit, in another lane of another environment', () => {
    const maze = createMaze(mazeOptions.parse({ profile: 'dcd', maxSteps: 50 }))
    const [one, two] = [5, 4].map((lanes) => maze.vector({ slots: lanes, autoReset: 'same-level' }))
    const [outOne, outTwo] = [filledBuffers(maze, 5), filledBuffers(maze, 4)]
    const levels = range(5).map((lane) => drawAnyLevel(stream(lane, 'save')))
    one.reset(range(5), levels, outOne.observations)
    two.reset(range(4), levels.slice(1), outTwo.observations)
    const random = stream(4, 'actions')
    for (let step = 0; step < 37; step++)
      one.step(
        Int32Array.from(levels, () => random.integer(7)),
        outOne,
      )
    range(4).forEach((lane) => {
      two.load(3 - lane, one.save(lane), outTwo.observations)
      expect(two.save(3 - lane)).toEqual(one.save(lane))
    })
    const rows = (out: StepBuffers, lane: number) => [
      ...out.observations.image.subarray(lane * 75, (lane + 1) * 75),
      out.observations.direction[lane],
      out.rewards[lane],
      out.terminated[lane],
    ]
    for (let step = 0; step < 120; step++) {
      const actions = Int32Array.from(levels, () => random.integer(4))
      one.step(actions, outOne)
      two.step(actions.slice(0, 4).reverse(), outTwo)
      for (let lane = 0; lane < 4; lane++)
        expect(rows(outTwo, 3 - lane)).toEqual(rows(outOne, lane))
    }
  })

  it('keep an ended lane ended, and refuse what is no state', () => {
    const { env, out, step } = single('>G')
    step(2)
    env.load(0, env.save(0), out.observations)
    expect(step(2)).toMatchObject({ reward: 0, terminated: 1 })
    const state = env.save(0)
    const memory = single('cG.\n>.g\n...')
    const onCue = memory.env.save(0).fill(0, 4, 8)
    expect(() => memory.env.load(0, onCue, memory.out.observations)).toThrow(/stand on cell 0/)
    for (const bytes of [new Uint8Array(3), state.slice(0, 20), state.slice().fill(9, 4, 8)])
      expect(() => env.load(0, bytes, out.observations)).toThrow(
        expect.objectContaining({ code: expect.stringMatching(/^(state|level)\/corrupt$/) }),
      )
  })
})
