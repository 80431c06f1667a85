import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Attempt, GridSpec } from '../../adversaries/grid/contract.ts'
import type { LevelSpace } from '../../envs/contract.ts'
import { candidate } from '../history/fixtures/candidates.ts'
import { archiveOf } from './archive-of.ts'
import { compareArchives, compareRetests } from './compare-archives.ts'
import { compareStress } from './compare-stress.ts'
import { foreignFiles } from './foreign-files.ts'
import type { RetestFile } from './retest-contract.ts'

const spec: GridSpec = {
  axes: [
    { kind: 'number', name: 'size', low: 0, high: 3, bins: 3 },
    { kind: 'category', name: 'kind', values: ['wide', 'tall'] },
  ],
  objective: 'optimal',
  offset: -1,
}
const row = (serial: number, cell: readonly number[] | null, objective: number | null) => ({
  ...candidate(1, serial, 0, { cell, objective } as Partial<Attempt>),
  cycle: serial,
})

describe('the archive of a history', () => {
  const { file, rows } = archiveOf(spec, [
    row(1, [2, 0], 0.5),
    row(2, [0, 1], 0.25),
    row(3, [2, 0], 0.5),
    row(4, [0, 1], 0.75),
    row(5, null, 2),
    row(6, [1, 0], null),
  ])

  it('has the best of each cell, the first of equals, by cell', () => {
    expect(rows.map(({ id }) => id)).toEqual(['L4', 'L1'])
    expect(
      file.elites.map(({ cell, id, objective, level }) => [cell, id, objective, level]),
    ).toEqual([
      [[0, 1], 'L4', 0.75, 'levels/L4.txt'],
      [[2, 0], 'L1', 0.5, 'levels/L1.txt'],
    ])
    expect(file).toMatchObject({
      ...{ attempts: 6, scored: 5, cells: 6, filled: 2, coverage: 1 / 3 },
      ...{ mean: 0.625, max: 0.75, qdScore: 3.25 },
    })
  })

  it('is empty where nothing was scored, and keeps foreign ids out of paths', () => {
    expect(archiveOf(spec, [row(6, [1, 0], null)]).file).toMatchObject({ mean: null, elites: [] })
    const hostile = { ...row(1, [0, 0], 1), id: '../../x' as never }
    expect(archiveOf(spec, [hostile]).file.elites[0].level).toBe('levels/______x.txt')
  })

  it('has its best levels in the form of another program too, where there is one', () => {
    const foreign = {
      folder: 'theirs',
      file: (level: number, name: string) => ({ name: `${name}.map`, text: `level ${level}` }),
    }
    const space = { foreign, decode: ([byte]: Uint8Array) => byte } as unknown as LevelSpace<number>
    expect(foreignFiles(rows, space)).toEqual([
      { path: 'theirs/01-L4.map', text: 'level 4' },
      { path: 'theirs/02-L1.map', text: 'level 1' },
    ])
    const many = Array.from({ length: 60 }, (_, i) => row(i, [0, 0], i))
    expect(foreignFiles(many, space)).toHaveLength(50)
    expect(foreignFiles(many, space)[0].path).toBe('theirs/01-L59.map')
    expect(foreignFiles(rows, { decode: space.decode } as LevelSpace<number>)).toEqual([])
  })

  it('is compared cell by cell, on the same axes alone', () => {
    const other = archiveOf(spec, [row(7, [0, 1], 1), row(8, [2, 0], 0.25), row(9, [1, 1], 1)]).file
    const { both, onlyFirst, onlySecond, meanDifference } = compareArchives(file, other)
    expect(both).toEqual([
      { id: 'L7', cell: [0, 1], first: 0.75, second: 1 },
      { id: 'L8', cell: [2, 0], first: 0.5, second: 0.25 },
    ])
    expect([onlyFirst, onlySecond, meanDifference]).toEqual([0, 1, 0])
    const { axes } = { ...file, axes: file.axes.slice(1) }
    expect(() => compareArchives(file, { ...other, axes })).toThrow(/other axes/)
    expect(() => compareArchives(file, { ...other, objective: 'bound' })).toThrow(/bound/)
  })
})

describe('retests of one archive', () => {
  const retest = (...levels: (readonly [string, number, number])[]): RetestFile => ({
    ...{ format: 1, objective: 'optimal', axes: spec.axes, repeats: 8, seed: 0 },
    ...{ policy: { name: 'a', sha256: null }, archived: 1, fresh: 1, interval: null },
    ...{ above: 1, surely: 1 },
    levels: levels.map(([id, fresh, half]) => ({
      ...{ id, cell: [0, 0], archived: 1, fresh, scored: 8, values: {} },
      interval: [fresh - half, fresh + half],
    })),
  })
  const [before, after] = [
    retest(['L1', 0.9, 0.1], ['L2', 0.5, 0.1], ['L3', 0.4, 0.1]),
    retest(['L1', 0.2, 0.1], ['L2', 0.6, 0.1]),
  ]

  it('are compared level by level, with what the intervals say', () => {
    const { both, onlyFirst } = compareRetests(before, after)
    expect(both.map(({ id, apart }) => [id, apart])).toEqual([
      ['L2', false],
      ['L1', true],
    ])
    expect(onlyFirst).toBe(1)
    expect(() => compareRetests(before, retest(['L9', 1, 0]))).toThrow(/no level in common/)
  })

  let dir = ''
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'agon-retests-'))
  })
  afterEach(() => rmSync(dir, { recursive: true }))

  it('are read from files, and never set against a whole archive', () => {
    const [a, b] = [join(dir, 'a.json'), join(dir, 'b.json')]
    writeFileSync(a, JSON.stringify(before))
    writeFileSync(b, JSON.stringify(after))
    expect(compareStress(a, b).of).toBe('retests')
    expect(() => compareStress(a, dir)).toThrow(
      expect.objectContaining({ code: 'stress/different' }),
    )
    expect(() => compareStress(dir, dir)).toThrow(
      expect.objectContaining({ code: 'stress/no-archive' }),
    )
    writeFileSync(b, '{"format":1}')
    expect(() => compareStress(a, b)).toThrow(expect.objectContaining({ code: 'stress/no-retest' }))
  })
})
