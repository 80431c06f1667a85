import { levelId } from '../../core/ids.ts'
import { stream } from '../../core/random.ts'
import type { GenomeBounds } from '../../envs/contract.ts'
import type { EmissionResult, Emitter, EmitterContext } from '../emitters/contract.ts'
import { improvementEmitter } from '../emitters/improvement-emitter.ts'
import { gaussianEmitter, isoLineEmitter } from '../emitters/simple-emitters.ts'
import { indexOn } from '../grid/axes.ts'
import type { GridFigures, NumberAxis } from '../grid/contract.ts'
import { createGrid } from '../grid/elite-grid.ts'
import { insertElite } from '../grid/insertion.ts'
import { gridFigures } from '../grid/metrics.ts'
import { pointLevels } from './point-levels.ts'

/**
 * The linear projection benchmark of Fontaine et al. 2020, as pyribs' example `sphere` has it: points without bounds, the optimum at
 * 2.048 in each number, objectives from 0 to 100, and two measures, the sum of each half of the numbers, x outside ±5.12 taken as
 * 5.12 / x.
 */
export type Problem = 'sphere' | 'rastrigin'

const REACH = 5.12
const SHIFT = 0.4 * REACH

/** A sum of the same term for each number. */
const TERMS: Readonly<Record<Problem, (x: number) => number>> = {
  sphere: (x) => x * x,
  rastrigin: (x) => 10 + x * x - 10 * Math.cos(2 * Math.PI * x),
}

export function objectiveOf(problem: Problem, point: Float64Array): number {
  const term = TERMS[problem]
  let sum = 0
  for (let i = 0; i < point.length; i++) sum += term(point[i] - SHIFT)
  return 100 * (1 - sum / (point.length * term(-REACH - SHIFT)))
}

export function measureOf(point: Float64Array, half: 0 | 1): number {
  const middle = point.length >> 1
  const [from, to] = half === 0 ? [0, middle] : [middle, point.length]
  let sum = 0
  for (let i = from; i < to; i++) sum += Math.abs(point[i]) > REACH ? REACH / point[i] : point[i]
  return sum
}

/** The emitters of pyribs' example, all of width 0.5. */
export const ALGORITHMS = {
  'map-elites': { emitters: 1, batch: 540 },
  'line-map-elites': { emitters: 1, batch: 540 },
  'cma-me': { emitters: 15, batch: 36 },
  'cma-me-mu': { emitters: 15, batch: 36 },
} as const

export type Algorithm = keyof typeof ALGORITHMS

export interface Setting {
  readonly algorithm: Algorithm
  readonly problem: Problem
  readonly dimensions: number
  /** Bins on either axis. */
  readonly bins: number
  readonly iterations: number
  readonly seed: number
  /** Candidates of an iteration, of all emitters together. */
  readonly batch?: number
}

export function searchProjection(setting: Setting): GridFigures {
  const { algorithm, problem, dimensions, bins, iterations, seed } = setting
  const edge = (dimensions / 2) * REACH
  const axis: NumberAxis = { kind: 'number', name: 'sum', low: -edge, high: edge, bins }
  const levels = pointLevels(dimensions, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)
  const grid = createGrid([axis, axis])
  const { emitters: count, batch } = ALGORITHMS[algorithm]
  const each = Math.floor((setting.batch ?? count * batch) / count)
  const emitters = Array.from({ length: count }, (_, i) =>
    emitterOf(algorithm, `${algorithm}/${i}`, levels.genome!.bounds, each),
  )
  const records = emitters.map((emitter) => emitter.init())
  let serial = 0
  const judge = (point: Float64Array) => {
    const [first, second] = [indexOn(axis, measureOf(point, 0)), indexOn(axis, measureOf(point, 1))]
    return { cell: first * bins + second, objective: objectiveOf(problem, point) }
  }
  const put = (point: Float64Array): void => {
    const { cell, objective } = judge(point)
    if (!(objective > grid.objectives[cell])) return
    const elite = { level: levels.encode(point), operator: 'emit', parents: [], objective }
    insertElite(grid, cell, { id: levelId(++serial), ...elite })
  }
  const resultOf = (point: Float64Array): EmissionResult => {
    const { cell, objective } = judge(point)
    const before = grid.objectives[cell]
    if (before === Number.NEGATIVE_INFINITY)
      return { status: 'new', objective, improvement: objective }
    const status = objective > before ? 'better' : 'kept-out'
    return { status, objective, improvement: objective - before }
  }
  // Whatever changes elites begins at the middle, as CMA-ME does.
  if (!algorithm.startsWith('cma-me')) put(new Float64Array(dimensions))
  for (let iteration = 0; iteration < iterations; iteration++) {
    const context = (purpose: string, i: number): EmitterContext<Float64Array> => ({
      ...{ levels, grid, cells: grid.filled },
      random: stream(seed, purpose, iteration, i),
    })
    const points = emitters.map((emitter, i) =>
      emitter
        .ask(records[i], each, context('ask', i))
        .map((one) => ('level' in one ? one.level : one.vector)),
    )
    // All are judged against the grid as it was before the iteration.
    const results = points.map((own) => own.map(resultOf))
    for (const point of points.flat()) put(point)
    for (const [i, emitter] of emitters.entries())
      emitter.tell(records[i], results[i], context('tell', i))
  }
  return gridFigures(grid, 0)
}

function emitterOf(
  algorithm: Algorithm,
  id: string,
  bounds: GenomeBounds,
  batch: number,
): Emitter<unknown, Float64Array> {
  const noise = { sigma: 0.5, relative: false }
  switch (algorithm) {
    case 'map-elites':
      return gaussianEmitter(id, noise) as Emitter<unknown, Float64Array>
    case 'line-map-elites':
      return isoLineEmitter(id, { ...noise, lineSigma: 0.2 }) as Emitter<unknown, Float64Array>
    case 'cma-me':
    case 'cma-me-mu':
      return improvementEmitter(id, bounds, {
        ...{ ...noise, batch, bounds: 'clip', selection: algorithm === 'cma-me' ? 'filter' : 'mu' },
        start: new Float64Array(bounds.names.length),
      }) as Emitter<unknown, Float64Array>
  }
}
