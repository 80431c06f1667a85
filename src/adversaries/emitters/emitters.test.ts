import { describe, expect, it } from 'vitest'
import { levelId } from '../../core/ids.ts'
import { stream } from '../../core/random.ts'
import type { LevelSpace } from '../../envs/contract.ts'
import type { Axis, EliteGrid } from '../grid/contract.ts'
import { createGrid } from '../grid/elite-grid.ts'
import { insertElite } from '../grid/insertion.ts'
import { integerLevels } from '../testing/integer-levels.ts'
import { pointLevels } from '../testing/point-levels.ts'
import type { Emission, EmissionResult } from './contract.ts'
import { emitterOption, makeEmitter } from './emitters.ts'
import { improvementEmitter } from './improvement-emitter.ts'

const AXIS: Axis = { kind: 'number', name: 'x', low: -1, high: 1, bins: 10 }
const levels = pointLevels(4)

function gridWith(...points: readonly (readonly number[])[]): EliteGrid {
  const grid = createGrid([AXIS])
  points.forEach((point, i) => {
    const level = levels.encode(Float64Array.from(point))
    const elite = { level, operator: 'generate', parents: [], objective: i }
    insertElite(grid, i, { id: levelId(i + 1), ...elite })
  })
  return grid
}

const contextOf = (grid: EliteGrid, ...purpose: string[]) => ({
  ...{ levels, grid, cells: grid.filled, random: stream('emitters', ...purpose) },
})

const emitter = (option: object) => makeEmitter('one', emitterOption.parse(option), levels)

const pointOf = (emission: Emission<Float64Array>): number[] => [
  ...('level' in emission ? emission.level : emission.vector),
]

describe('simple emitters', () => {
  it.each(['random', 'mutation', 'gaussian', 'iso-line'])(
    '%s: levels of the generator while there is no elite, equal for equal seeds',
    (kind) => {
      const one = emitter({ kind })
      const asked = () => one.ask(one.init(), 5, contextOf(gridWith(), kind))
      const first = asked()
      expect(first.map(({ operator, parents }) => [operator, parents])).toEqual(
        Array.from({ length: 5 }, () => ['generate', []]),
      )
      expect(asked().map(pointOf)).toEqual(first.map(pointOf))
    },
  )

  it('change elites that they name, and stay inside', () => {
    const grid = gridWith([0.99, 0, 0, -0.99], [0.5, 0.5, 0.5, 0.5])
    for (const option of [
      { kind: 'mutation' },
      { kind: 'gaussian', sigma: 0.2 },
      { kind: 'iso-line', sigma: 0.05 },
    ]) {
      const one = emitter(option)
      const given = one.ask(one.init(), 50, contextOf(grid, option.kind))
      const points = given.map(pointOf)
      expect(points.flat().every((x) => x >= -1 && x <= 1)).toBe(true)
      expect(new Set(points.map(String)).size).toBe(50)
      const named = new Set(given.flatMap(({ parents }) => parents))
      expect(named).toEqual(new Set(['L1', 'L2']))
    }
  })

  it('gaussian noise is as wide as sigma, in units or as a share of the range', () => {
    const grid = gridWith([0, 0, 0, 0])
    const spread = (option: object) => {
      const one = emitter({ kind: 'gaussian', sigma: 0.1, ...option })
      const points = one.ask(one.init(), 1000, contextOf(grid, 'spread')).flatMap(pointOf)
      return Math.sqrt(points.reduce((sum, x) => sum + x * x, 0) / points.length)
    }
    expect(spread({})).toBeCloseTo(0.1, 2)
    expect(spread({ sigmaOf: 'range' })).toBeCloseTo(0.2, 2)
  })

  it('iso-line moves along the line to another elite', () => {
    const grid = gridWith([0, 0, 0, 0], [0.5, 0.5, 0, 0])
    const one = emitter({ kind: 'iso-line', sigma: 1e-6, lineSigma: 0.3 })
    for (const [x, y, z] of one.ask(one.init(), 40, contextOf(grid, 'line')).map(pointOf)) {
      expect(x).toBeCloseTo(y, 4)
      expect(z).toBeCloseTo(0, 4)
    }
  })

  it('mutation takes the operator named; what the levels cannot do is refused', () => {
    const one = emitter({ kind: 'mutation', operator: 'jump' })
    const [{ operator }] = one.ask(one.init(), 1, contextOf(gridWith([0, 0, 0, 0]), 'jump'))
    expect(operator).toBe('jump')
    const refused = (option: object, space: LevelSpace<never>) => () =>
      makeEmitter('one', emitterOption.parse(option), space)
    const integers = integerLevels(9) as unknown as LevelSpace<never>
    const points = levels as unknown as LevelSpace<never>
    const code = (name: string) => expect.objectContaining({ code: name })
    expect(refused({ kind: 'gaussian' }, integers)).toThrow(code('adversary/genome'))
    expect(refused({ kind: 'cma-me' }, integers)).toThrow(code('adversary/genome'))
    expect(refused({ kind: 'mutation', operator: 'hop' }, points)).toThrow(
      code('adversary/operator'),
    )
  })
})

const kept: EmissionResult = { status: 'kept-out', objective: 0, improvement: -1 }
const improving = (improvement: number): EmissionResult => ({
  ...{ status: 'better', objective: improvement, improvement },
})

describe('the improvement emitter', () => {
  const { bounds } = levels.genome!
  const options = {
    ...{ sigma: 0.1, relative: false, batch: 6 },
    ...({ bounds: 'clip', selection: 'filter' } as const),
  }
  const make = (more: object = {}) =>
    improvementEmitter<Float64Array>('cma-me', bounds, { ...options, ...more })
  const grid = gridWith([0, 0, 0, 0])

  it('moves towards what found new cells, then towards the larger improvements', () => {
    const one = make()
    const record = one.init()
    const context = contextOf(grid, 'ranking')
    const given = one.ask(record, 6, context).map(pointOf)
    const results = given.map(([x]): EmissionResult => {
      if (x > 0.05) return { status: 'new', objective: -5, improvement: -5 }
      return x > 0 ? improving(x) : kept
    })
    one.tell(record, results, context)
    const found = given.filter(([x]) => x > 0)
    expect(found.length).toBeGreaterThan(1)
    expect(record.restarts).toBe(0)
    const means = found.map(([x]) => x)
    expect(record.es.mean[0]).toBeGreaterThan(Math.min(...means) - 1e-12)
    expect(record.es.mean[0]).toBeLessThan(Math.max(...means) + 1e-12)
  })

  it('begins anew at an elite where nothing entered the grid, or nothing tells best from worst', () => {
    for (const result of [kept, improving(1)]) {
      const one = make()
      const record = one.init()
      const context = contextOf(grid, 'restart')
      one.ask(record, 6, context)
      record.es.sigma = 7
      one.tell(
        record,
        Array.from({ length: 6 }, () => result),
        context,
      )
      expect(record).toMatchObject({ restarts: 1, parents: ['L1'] })
      expect([record.es.sigma, ...record.es.mean]).toEqual([0.1, 0, 0, 0, 0])
    }
  })

  it('goes on with a generation over several cycles, and takes more than its batch', () => {
    const one = make()
    const record = one.init()
    const context = contextOf(grid, 'parts')
    const told = (count: number) => {
      one.ask(record, count, context)
      one.tell(
        record,
        Array.from({ length: count }, (_, i) => improving(i)),
        context,
      )
    }
    told(4)
    expect(record.es.generations).toBe(0)
    told(5)
    expect([record.es.generations, record.es.evaluations, record.told]).toEqual([1, 9, 0])
    expect(() => one.tell(record, [kept], context)).toThrow(/gave 0/)
  })

  it('comes back from a snapshot bit for bit, in the middle of a generation too', () => {
    for (const first of [3, 6, 14]) {
      const one = make()
      let record = one.init()
      let copy = one.init()
      for (let cycle = 0; cycle < 12; cycle++) {
        const step = (of: typeof record) => {
          const context = contextOf(grid, `cycle ${cycle}`)
          const given = one.ask(of, cycle % 2 === 0 ? first : 5, context).map(pointOf)
          one.tell(
            of,
            given.map(([x, y]) => (x > y ? improving(x - y) : kept)),
            context,
          )
          return given
        }
        expect(step(copy)).toEqual(step(record))
        const snapshot = structuredClone(one.snapshot(record))
        copy = one.restore(snapshot)
        expect(one.snapshot(copy)).toEqual(snapshot)
        if (cycle === 5) record = one.restore(snapshot)
      }
    }
    const { tensors, state } = make().snapshot(make().init())
    expect(() => make().restore({ state, tensors: { ...tensors, mean: tensors.sigma } })).toThrow(
      expect.objectContaining({ code: 'snapshot/corrupt' }),
    )
  })

  it.each(['clip', 'resample'] as const)('keeps inside by %s', (rule) => {
    const edge = gridWith([0.98, 0, 0, 0])
    const one = make({ bounds: rule, sigma: 0.5 })
    const points = one.ask(one.init(), 200, contextOf(edge, 'edge')).map(pointOf)
    expect(points.flat().every((x) => x >= -1 && x <= 1)).toBe(true)
    const onEdge = points.filter(([x]) => x === 1).length
    if (rule === 'clip') expect(onEdge).toBeGreaterThan(60)
    else expect(onEdge).toBe(0)
  })
})
