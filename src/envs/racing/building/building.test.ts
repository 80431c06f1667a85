import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stream } from '../../../core/random.ts'
import { buildingStarts } from '../../building/starts.ts'
import { allocateStepBuffers } from '../../step-buffers.ts'
import { createRacing } from '../environment.ts'
import { findDefect } from '../level.ts'
import { racingOptions } from '../options.ts'
import { createBuilding } from './environment.ts'

const START = buildingStarts.encode({ seed: 1 })
const built = (given: object, actions: ArrayLike<number>): readonly number[] => {
  const level = createRacing(racingOptions.parse(given)).building!.build(START, actions)
  expect(findDefect(level)).toBeNull()
  return level.track === 'bezier' ? level.points : []
}

/** The sketch after each action, as the cells that are taken, and the last mask. */
function played(given: object, actions: readonly (readonly number[])[]) {
  const game = createBuilding(racingOptions.parse(given))
  const env = game.vector({ slots: 1, autoReset: 'none' })
  const out = allocateStepBuffers(game.spec, 1)
  const taken = (): number[] =>
    [...(out.observations.sketch as Uint8Array).keys()].filter(
      (cell) => out.observations.sketch[cell] === 1,
    )
  env.reset([0], [{ seed: 1 }], out.observations)
  const seen = [taken()]
  for (const action of actions) {
    env.step(
      game.spec.actions.kind === 'box' ? Float32Array.from(action) : Int32Array.from(action),
      out,
    )
    seen.push(taken())
  }
  return { seen, mask: out.observations.mask, ended: out.terminated[0], spec: game.spec }
}

describe('the sketch, cell by cell', () => {
  it('has a control point for each cell: 0.1 to 1, x first', () => {
    expect(built({ controlPoints: 4 }, [0, 9, 90, 45])).toEqual([
      ...[0.1, 0.1],
      ...[1, 0.1],
      ...[0.1, 1],
      ...[0.6, 0.5],
    ])
  })

  it('shows what stands, and masks it', () => {
    const { seen, mask, ended, spec } = played({ controlPoints: 3 }, [[7], [42], [99]])
    expect(seen).toEqual([[], [7], [7, 42], [7, 42, 99]])
    expect([...mask!.keys()].filter((cell) => mask![cell] === 0)).toEqual([7, 42, 99])
    expect(ended).toBe(1)
    expect(spec.actions).toEqual({ kind: 'discrete', count: 100 })
    expect(spec.observations.random_z.shape).toEqual([4])
    expect(spec.observations.time).toMatchObject({ high: 3 })
  })

  it('takes the next free cell where one is taken, so that every game gives a track', () => {
    expect(built({ controlPoints: 3 }, [99, 99, 99])).toEqual([1, 1, 0.1, 0.1, 0.2, 0.1])
    fc.assert(
      fc.property(fc.nat(), fc.boolean(), (seed, skip) => {
        const random = stream(seed)
        const most = random.integer(skip ? 101 : 100) + 1
        const actions = Array.from({ length: 12 }, () => random.integer(most))
        const points = built({ building: { skip } }, actions)
        const cells = Array.from({ length: points.length / 2 }, (_, i) =>
          points.slice(2 * i, 2 * i + 2).join(),
        )
        expect(new Set(cells).size).toBe(cells.length)
        expect(cells.length).toBeGreaterThanOrEqual(skip ? 4 : 12)
      }),
    )
  })

  it('may skip from the fifth step on, where it may skip at all', () => {
    const given = { controlPoints: 6, building: { skip: true } }
    expect(built(given, [0, 5, 50, 55, 100, 100])).toHaveLength(8)
    expect(played(given, [[0], [5], [50]]).mask![100]).toBe(0)
    const { mask, seen } = played(given, [[0], [5], [50], [55], [100]])
    expect(mask![100]).toBe(1)
    expect(seen[5]).toEqual([0, 5, 50, 55])
    expect(() => built({ controlPoints: 3 }, [0, 5, 100])).toThrow(
      expect.objectContaining({ code: 'builder/action' }),
    )
  })
})

describe('the sketch by numbers', () => {
  const numbers = { controlPoints: 5, building: { says: 'numbers' } }

  it('rounds x and y to cells', () => {
    const said = [0, 0, 1, 0.04, 0.06, 1, 1, 1, 1, 0.5, 0.24, 1, 0.96, 0.5, 1]
    expect(built(numbers, said)).toEqual([0.1, 0.1, 0.1, 0.2, 1, 1, 0.6, 0.3, 1, 0.6])
    const skips = { ...numbers, building: { says: 'numbers', skip: true } }
    expect(built(skips, said)).toHaveLength(8)
    expect(built(skips, [...said.slice(0, 14), 0.5])).toHaveLength(10)
  })

  it('has three numbers from 0 to 1, and no mask', () => {
    const { spec, seen, mask } = played(numbers, [[0.5, 0.5, 0]])
    expect(spec.actions).toMatchObject({ kind: 'box', low: [0, 0, 0], high: [1, 1, 1] })
    expect(mask).toBeUndefined()
    expect(seen).toEqual([[], [55]])
    expect(() => built(numbers, new Array(15).fill(1.5))).toThrow(
      expect.objectContaining({ code: 'builder/action' }),
    )
  })
})
