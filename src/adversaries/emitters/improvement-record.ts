import { AgonError } from '../../core/errors.ts'
import type { LevelId } from '../../core/ids.ts'
import type { Json } from '../../core/snapshot.ts'
import { tensor } from '../../core/tensor.ts'
import { type CmaEs, createCmaEs, fillTransform } from './cma-es.ts'
import type { EmissionResult, EmitterSnapshot } from './contract.ts'

/** What an improvement emitter remembers. */
export interface ImprovementRecord {
  readonly es: CmaEs
  /** Samples of the generation under way, `[most, n]`. This and the next three are longer as generations are. */
  points: Float64Array
  /** By sample: 2 new, 1 better, 0 kept out, −1 unscored; and by how much. */
  ranks: Int8Array
  improvements: Float64Array
  /** Samples, best first. */
  order: Int32Array
  /** Samples of the generation that were given, and that were told of. */
  asked: number
  told: number
  /** False until the distribution stands somewhere. */
  begun: boolean
  /** The elite that it began at last. */
  parents: readonly LevelId[]
  restarts: number
}

export function emptyRecord(widths: Float64Array): ImprovementRecord {
  return {
    es: createCmaEs(widths),
    points: new Float64Array(0),
    ranks: new Int8Array(0),
    improvements: new Float64Array(0),
    order: new Int32Array(0),
    ...{ asked: 0, told: 0, begun: false, parents: [], restarts: 0 },
  }
}

/** Room for a generation of `count` samples; those that there are stay. */
export function makeRoom(record: ImprovementRecord, count: number): void {
  if (record.ranks.length >= count) return
  const { points, ranks, improvements } = record
  record.points = new Float64Array(count * record.es.n)
  record.points.set(points)
  record.ranks = new Int8Array(count)
  record.ranks.set(ranks)
  record.improvements = new Float64Array(count)
  record.improvements.set(improvements)
  record.order = new Int32Array(count)
}

const RANKS = { new: 2, better: 1, 'kept-out': 0, unscored: -1 } as const

/** @throws AgonError `adversary/out-of-order` where more or fewer are told of than were given */
export function noteResults(record: ImprovementRecord, results: readonly EmissionResult[]): void {
  if (record.told + results.length !== record.asked)
    throw new AgonError(
      'adversary/out-of-order',
      `an emitter is told of ${results.length} candidates, it gave ${record.asked - record.told}`,
    )
  for (const { status, improvement } of results) {
    record.ranks[record.told] = RANKS[status]
    record.improvements[record.told] = improvement
    record.told++
  }
}

/** Sorts `order`: by rank, then by improvement; of equals the earlier first. @returns how many entered the grid */
export function rankSamples({ told, order, ranks, improvements }: ImprovementRecord): number {
  let entered = 0
  for (let sample = 0; sample < told; sample++) {
    if (ranks[sample] > 0) entered++
    let place = sample
    while (place > 0) {
      const other = order[place - 1]
      const below =
        ranks[other] < ranks[sample] ||
        (ranks[other] === ranks[sample] && improvements[other] < improvements[sample])
      if (!below) break
      order[place] = other
      place--
    }
    order[place] = sample
  }
  return entered
}

interface State {
  readonly begun: boolean
  readonly parents: readonly LevelId[]
  readonly restarts: number
  readonly generations: number
  readonly evaluations: number
  readonly decomposedAt: number
}

const floats = (values: Float64Array) => tensor('float64', [values.length], values.slice())

export function snapshotImprovement(record: ImprovementRecord): EmitterSnapshot {
  const { es, told, begun, parents, restarts } = record
  const { generations, evaluations, decomposedAt, n } = es
  const state: State = { begun, parents, restarts, generations, evaluations, decomposedAt }
  return {
    state: state as unknown as Json,
    tensors: {
      mean: floats(es.mean),
      sigma: floats(Float64Array.of(es.sigma)),
      covariance: floats(es.covariance),
      covariance_path: floats(es.covariancePath),
      sigma_path: floats(es.sigmaPath),
      basis: floats(es.basis),
      scales: floats(es.scales),
      points: floats(record.points.subarray(0, told * n)),
      ranks: floats(Float64Array.from(record.ranks.subarray(0, told))),
      improvements: floats(record.improvements.subarray(0, told)),
    },
  }
}

/** Into an empty record. @throws AgonError `snapshot/corrupt` */
export function restoreImprovement(
  record: ImprovementRecord,
  { state, tensors }: EmitterSnapshot,
): ImprovementRecord {
  const { es } = record
  const { n } = es
  const column = (name: string, length?: number): Float64Array => {
    const found = tensors[name]
    const fits = length === undefined || found?.data.length === length
    if (found?.dtype !== 'float64' || !fits) throw damaged(name)
    return found.data as Float64Array
  }
  const ranks = column('ranks')
  const told = ranks.length
  es.mean.set(column('mean', n))
  es.sigma = column('sigma', 1)[0]
  es.covariance.set(column('covariance', n * n))
  es.covariancePath.set(column('covariance_path', n))
  es.sigmaPath.set(column('sigma_path', n))
  es.basis.set(column('basis', n * n))
  es.scales.set(column('scales', n))
  fillTransform(es)
  makeRoom(record, told)
  record.points.set(column('points', told * n))
  record.ranks.set(ranks)
  record.improvements.set(column('improvements', told))
  const { begun, parents, restarts, ...counts } = state as unknown as State
  if (!Array.isArray(parents) || Object.values(counts).some((count) => !Number.isInteger(count)))
    throw damaged('state')
  Object.assign(es, counts)
  return Object.assign(record, { begun, parents, restarts, told, asked: told })
}

const damaged = (what: string): AgonError =>
  new AgonError('snapshot/corrupt', `the emitter's snapshot is damaged: '${what}' is not whole`, {
    remedy: 'go back to the cut before it',
  })
