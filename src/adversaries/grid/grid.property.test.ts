import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { levelId } from '../../core/ids.ts'
import { axisOf, axisOption, cellOf, descriptorOf, indexOn } from './axes.ts'
import type { Attempt, Axis } from './contract.ts'
import { createGrid, flatCell, indicesOf } from './elite-grid.ts'
import { restoreGrid, snapshotGrid } from './grid-snapshot.ts'
import { foldAttempt, gridOf, statusIn } from './insertion.ts'
import { figuresByAxis, gridFigures, gridMetrics } from './metrics.ts'

const AXES: readonly Axis[] = [
  { kind: 'number', name: 'x', low: -1, high: 1, bins: 4 },
  { kind: 'category', name: 'reference', values: ['weak', 'Strong-1'] },
]

type Row = Omit<Attempt, 'status'>

const row = (index: number, cell: readonly number[] | null, objective: number | null): Row => ({
  ...{ id: levelId(index), level: Uint8Array.of(index % 256, 7), emitter: 'random' },
  ...{ operator: 'generate', parents: index % 3 === 0 ? [] : [levelId(0)], descriptor: {} },
  ...{ cell, objective, values: {}, tasks: [] },
})

/** Few values, so that there are equals. */
const rows = fc
  .array(
    fc.tuple(
      fc.option(fc.tuple(fc.nat(3), fc.nat(1))),
      fc.option(fc.constantFrom(-1.5, -0.25, 0, 0.5, 1)),
    ),
    { maxLength: 60 },
  )
  .map((found) => found.map(([cell, objective], i) => row(i, cell, objective)))

describe('the grid of elites', () => {
  it('holds the first best of every cell, in the order in which cells were filled', () => {
    fc.assert(
      fc.property(rows, (attempts) => {
        const grid = gridOf(AXES, attempts)
        const scored = attempts.filter(({ cell, objective }) => cell !== null && objective !== null)
        for (let cell = 0; cell < 8; cell++) {
          const own = scored.filter((one) => flatCell(grid, one.cell!) === cell)
          const most = Math.max(...own.map(({ objective }) => objective!))
          expect(grid.objectives[cell]).toBe(most)
          expect(grid.elites[cell]?.id).toBe(own.find(({ objective }) => objective === most)?.id)
        }
        const order = scored.map(({ cell }) => flatCell(grid, cell!))
        expect(grid.filled).toEqual([...new Set(order)])
      }),
    )
  })

  it('says beforehand what an attempt becomes, and comes back from a snapshot as it was', () => {
    fc.assert(
      fc.property(rows, rows, (first, second) => {
        const grid = gridOf(AXES, first)
        const copy = restoreGrid(AXES, structuredClone(snapshotGrid(grid)))
        expect(copy).toEqual(grid)
        for (const one of second) {
          const said = statusIn(grid, one.cell, one.objective)
          expect(foldAttempt(grid, one)).toBe(said)
          foldAttempt(copy, one)
        }
        expect(copy).toEqual(grid)
      }),
    )
  })

  it('counts cells, their share, the score above the offset, mean and most, in all and by axis', () => {
    const grid = gridOf(AXES, [row(1, [0, 0], -1), row(2, [3, 1], 1), row(3, [0, 1], 0.5)])
    const all = { cells: 3, coverage: 3 / 8, qdScore: 0.5 + 3 * 2, mean: 0.5 / 3, max: 1 }
    expect(gridFigures(grid, -2)).toEqual(all)
    expect(figuresByAxis(grid, 1, -2)).toEqual([
      { cells: 1, coverage: 1 / 4, qdScore: 1, mean: -1, max: -1 },
      { cells: 2, coverage: 2 / 4, qdScore: 5.5, mean: 0.75, max: 1 },
    ])
    expect(gridMetrics(grid, -2, 'reference')).toEqual({
      ...{ grid_cells: 3, grid_coverage: 3 / 8, grid_qd_score: 6.5, grid_mean: 0.5 / 3 },
      ...{ grid_max: 1, grid_mean_weak: -1, grid_mean_strong_1: 0.75 },
    })
    expect(gridFigures(createGrid(AXES), -2)).toEqual({ cells: 0, coverage: 0, qdScore: 0 })
  })

  it('refuses a snapshot of other axes, and one that is not whole', () => {
    const snapshot = snapshotGrid(gridOf(AXES, [row(1, [0, 0], 1), row(2, [1, 0], 1)]))
    const refusal = (code: string) => expect.objectContaining({ code })
    expect(() => restoreGrid(AXES.slice(1), snapshot)).toThrow(refusal('snapshot/foreign'))
    const { cells, ...rest } = snapshot.tensors
    expect(() => restoreGrid(AXES, { ...snapshot, tensors: rest })).toThrow(
      refusal('snapshot/corrupt'),
    )
    const twice = { ...cells, data: Int32Array.of(2, 2) }
    expect(() => restoreGrid(AXES, { ...snapshot, tensors: { ...rest, cells: twice } })).toThrow(
      refusal('snapshot/corrupt'),
    )
  })
})

describe('axes', () => {
  it('put every number into a bin, those outside into the nearest, and no other value anywhere', () => {
    const [x, who] = AXES
    expect([-9, -1, -0.5, -0.01, 0, 0.99, 1, 9].map((value) => indexOn(x, value))).toEqual([
      ...[0, 0, 1, 1, 2, 3, 3, 3],
    ])
    expect([Number.NaN, undefined, 'weak'].map((value) => indexOn(x, value))).toEqual([-1, -1, -1])
    expect(['weak', 'Strong-1', 'other', undefined].map((value) => indexOn(who, value))).toEqual([
      ...[0, 1, -1, -1],
    ])
    expect(cellOf(AXES, { x: 0.6, reference: 'weak' })).toEqual([3, 0])
    expect(cellOf(AXES, { x: 0.6 })).toBeNull()
  })

  it('take features first, then numbers of the genome, and the reference', () => {
    const point = (name: string) => (name === 'x' ? 0.25 : undefined)
    expect(descriptorOf(AXES, {}, point, 'weak')).toEqual({ x: 0.25, reference: 'weak' })
    expect(descriptorOf(AXES, { x: -1 }, point, null)).toEqual({ x: -1 })
    const passable: Axis = { kind: 'category', name: 'passable', values: ['0', '1'] }
    expect(descriptorOf([passable], { passable: 1 }, point, null)).toEqual({ passable: '1' })
  })

  it('are read from a config, and refused where they are none', () => {
    const axis = axisOption.parse({ name: 'x', low: 0, high: 2, bins: 3 })
    expect(axisOf(axis)).toEqual({ kind: 'number', name: 'x', low: 0, high: 2, bins: 3 })
    expect(axisOption.safeParse({ name: 'x', low: 2, high: 2, bins: 3 }).success).toBe(false)
    expect(axisOption.safeParse({ name: 'x', values: [] }).success).toBe(false)
  })

  it('number cells in row-major order', () => {
    const grid = createGrid([AXES[0], AXES[1], { ...AXES[0], name: 'y', bins: 3 } as Axis])
    for (let flat = 0; flat < 24; flat++) expect(flatCell(grid, indicesOf(grid, flat))).toBe(flat)
    expect(indicesOf(grid, 5)).toEqual([0, 1, 2])
  })
})
