import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stream } from '../../core/random.ts'
import { drawAnyLevel } from './fixtures/any-level.ts'
import type { MazeLevel } from './level.ts'
import { mazeFeatures } from './level-space.ts'
import { minActions, optimalReturn, shortestPath } from './metrics.ts'
import { mazeOptions } from './options.ts'
import { parseLevel } from './text.ts'

const open = parseLevel('v..\n.#.\n..G')
const closed = parseLevel('>#.\n##.\n..G')

describe('path metrics', () => {
  it('count moves for the path, turns and moves for the actions', () => {
    expect([shortestPath(open), minActions(open)]).toEqual([4, 5])
    expect([
      shortestPath({ ...open, direction: 3 }),
      minActions({ ...open, direction: 3 }),
    ]).toEqual([4, 6])
    expect([shortestPath(closed), minActions(closed)]).toEqual([0, null])
  })

  it('agree on what can be reached, and with value sweeps over the poses', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const level = drawAnyLevel(stream(seed, 'metrics'))
        const path = shortestPath(level)
        const actions = minActions(level)
        expect(actions === null).toBe(path === 0)
        expect(actions).toBe(sweepActions(level))
        if (actions !== null) expect(actions).toBeGreaterThanOrEqual(path)
      }),
      { numRuns: 60 },
    )
  })

  it('give the best return, discounted, within the step limit', () => {
    const rules = { maxSteps: 250, timePenalty: true, discount: 0.9 }
    expect(optimalReturn(open, rules)).toBeCloseTo(0.9 ** 4 * (1 - (0.9 * 5) / 250), 12)
    expect(optimalReturn(open, { ...rules, timePenalty: false })).toBeCloseTo(0.9 ** 4, 12)
    expect(optimalReturn({ ...open, maxSteps: 5 }, rules)).toBeCloseTo(0.9 ** 4 * 0.1, 12)
    expect(optimalReturn({ ...open, maxSteps: 4 }, rules)).toBe(0)
    expect(optimalReturn(closed, rules)).toBe(0)
  })
})

describe('features', () => {
  const features = (level: MazeLevel, profile: string) =>
    mazeFeatures(level, mazeOptions.parse({ profile }))

  it('name what the code bases log; absent is not zero', () => {
    expect(features(open, 'minimax')).toEqual({
      n_walls: 1,
      shortest_path_length: 4,
      passable: 1,
      min_actions: 5,
      optimal_return: 1 - (0.9 * 5) / 250,
    })
    expect(features(closed, 'minimax')).toEqual({
      n_walls: 3,
      shortest_path_length: 0,
      passable: 0,
    })
    expect(features(closed, 'dcd').shortest_path_length).toBe(10)
    expect(features({ ...open, maxSteps: 4 }, 'jaxued').optimal_return).toBe(0)
  })
})

/** Fewest actions by sweeping `steps[direction][y][x]` until nothing changes. */
function sweepActions(level: MazeLevel): number | null {
  const { height, width, walls, goal, memory } = level
  const steps = new Map<string, number>()
  const get = (x: number, y: number, d: number): number =>
    steps.get([x, y, d].join()) ?? Number.POSITIVE_INFINITY
  for (let changed = true; changed; ) {
    changed = false
    for (let cell = 0; cell < height * width; cell++) {
      if (walls[cell] === 1 || [goal, memory?.distractor, memory?.cue].includes(cell)) continue
      const [x, y] = [cell % width, Math.floor(cell / width)]
      for (let d = 0; d < 4; d++) {
        const [nx, ny] = [x + [1, 0, -1, 0][d], y + [0, 1, 0, -1][d]]
        const inside = nx >= 0 && ny >= 0 && nx < width && ny < height
        const ahead = inside && ny * width + nx === goal ? 0 : get(nx, ny, d)
        const best = 1 + Math.min(get(x, y, (d + 1) % 4), get(x, y, (d + 3) % 4), ahead)
        if (best < get(x, y, d)) {
          steps.set([x, y, d].join(), best)
          changed = true
        }
      }
    }
  }
  const found = get(level.agent % width, Math.floor(level.agent / width), level.direction)
  return Number.isFinite(found) ? found : null
}
