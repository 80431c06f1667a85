import { describe, expect, it } from 'vitest'
import type { Environment, Prober } from './contract.ts'
import { createMaze, type MazeLevel, mazeOptions, parseLevel } from './maze/index.ts'
import { type OverlapRule, overlapProbe } from './overlap-probe.ts'
import { probeOf } from './probe-of.ts'
import { allocateStepBuffers } from './step-buffers.ts'

const maze = createMaze(
  mazeOptions.parse({ height: 1, width: 9, nWalls: 0, view: 3, maxSteps: 20 }),
)
const level = (text: string): MazeLevel => parseLevel(text)
const RIGHT = 1
const FORWARD = 2

/** A corridor walked in forward steps; the view is three cells deep, so an end or a goal is seen two cells ahead. */
const LONG = level('>.......G')
const SHORT = level('>..G#####')
const MIDDLE = level('>....G###')

/** The masks of one lane that plays `actions` in `played`, and the prober after it. */
function masks(
  played: MazeLevel,
  set: readonly MazeLevel[],
  actions: readonly number[],
  rule: OverlapRule = 'history',
): { readonly masks: readonly number[]; readonly prober: Prober; readonly extras: number[] } {
  const vector = maze.vector({ slots: 1, autoReset: 'same-level' })
  const out = allocateStepBuffers(maze.spec, 1)
  vector.reset([0], [played], out.observations)
  const prober = overlapProbe(maze, set, rule)(1)
  prober.begin(out.observations)
  const train = new Uint8Array(1)
  const extras: number[] = []
  const seen = actions.map((action) => {
    prober.mask(train)
    vector.step(Int32Array.of(action), out)
    prober.step(Int32Array.of(action), out)
    if (out.terminated[0] === 1) extras.push(prober.extras(0).overlap_steps)
    return train[0]
  })
  return { masks: seen, prober, extras }
}

const forwards = (count: number): number[] => new Array(count).fill(FORWARD)

describe('the overlap probe', () => {
  it('masks nothing without levels, and everything in a level of the set', () => {
    expect(masks(LONG, [], forwards(4)).masks).toEqual([1, 1, 1, 1])
    const all = masks(LONG, [SHORT, LONG], forwards(8))
    expect(all.masks).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
    expect(all.extras).toEqual([8])
  })

  it('lets train from the observation on that the levels do not show', () => {
    // In the short one the goal comes into view when it is two cells ahead: after one step.
    const { masks: seen, prober } = masks(LONG, [SHORT], forwards(4))
    expect(seen).toEqual([0, 1, 1, 1])
    expect(prober.extras(0)).toEqual({ overlap_steps: 1 })
    // Whoever turns in the same place sees the same in both: the end of the corridor is not in view.
    expect(masks(LONG, [SHORT], [RIGHT, RIGHT, RIGHT, RIGHT, FORWARD, FORWARD]).masks).toEqual([
      0, 0, 0, 0, 0, 1,
    ])
  })

  it('begins anew with each episode, and keeps the count of the last', () => {
    // The goal of the middle one, five steps on, is reached and the episode begins again.
    const { masks: seen, extras } = masks(MIDDLE, [SHORT], forwards(7))
    expect(seen).toEqual([0, 1, 1, 1, 1, 0, 1])
    expect(extras).toEqual([1])
  })

  it('asks for one level that shows all, or by the published code for any at each step', () => {
    // Turning right at an open corridor's start and at a wall's: each level shows part of what is seen.
    const set = [level('>..G#####'), level('.>......G')]
    const actions = [...forwards(1), RIGHT, RIGHT, FORWARD, FORWARD]
    const byHistory = masks(LONG, set, actions, 'history').masks
    const byStep = masks(LONG, set, actions, 'step').masks
    byHistory.forEach((train, t) => {
      expect(train).toBeGreaterThanOrEqual(byStep[t])
    })
    expect(byHistory).not.toEqual(byStep)
  })

  it('keeps lanes apart', () => {
    const vector = maze.vector({ slots: 2, autoReset: 'same-level' })
    const out = allocateStepBuffers(maze.spec, 2)
    vector.reset([0, 1], [LONG, SHORT], out.observations)
    const prober = probeOf(maze, 'overlap', [maze.levels.encode(SHORT)])(2)
    prober.begin(out.observations)
    const train = new Uint8Array(2)
    const seen = [0, 1, 2].map(() => {
      prober.mask(train)
      const actions = Int32Array.of(FORWARD, FORWARD)
      vector.step(actions, out)
      prober.step(actions, out)
      return [...train]
    })
    expect(seen).toEqual([
      [0, 0],
      [1, 0],
      [1, 0],
    ])
  })

  it('is found by its name, and no other is', () => {
    const plain = { ...maze, probe: undefined } as unknown as Environment<unknown>
    const unknown = (code: string, near?: string) =>
      expect.objectContaining({
        code,
        fields: expect.objectContaining({ ...(near ? { nearest: near } : {}) }),
      })
    expect(() => probeOf(maze, 'overlpa', [])).toThrow(unknown('probe/unknown', 'overlap'))
    expect(() => probeOf(plain, 'overlap', [])).toThrow(unknown('probe/unknown'))
  })
})
