import type { RandomStream } from '../../core/random.ts'
import type { GenomeBounds } from '../../envs/contract.ts'
import { isExhausted, resetCmaEs, sampleCmaEs, updateCmaEs } from './cma-es.ts'
import type { Emission, Emitter, EmitterContext } from './contract.ts'
import {
  emptyRecord,
  type ImprovementRecord,
  makeRoom,
  noteResults,
  rankSamples,
  restoreImprovement,
  snapshotImprovement,
} from './improvement-record.ts'
import { clip, drawElite, genomeOf, isInside, vectorOf, widthsOf } from './points.ts'

export interface ImprovementOptions {
  readonly sigma: number
  /** Whether sigma is a share of each number's range; otherwise it is in its units. */
  readonly relative: boolean
  /** Fewest samples of a generation; absent: 4 + ⌊3 ln n⌋. */
  readonly batch?: number
  /** What is outside is clipped; or it is drawn again, a hundred times at most before it is clipped. */
  readonly bounds: 'clip' | 'resample'
  /** Which samples are parents: all that entered the grid, or the better half. */
  readonly selection: 'filter' | 'mu'
  /** Where it begins; absent: at an elite, or at a new level while there is none. */
  readonly start?: Float64Array
}

/**
 * CMA-ME's improvement emitter (Fontaine et al. 2020), by the rules of pyribs: a CMA-ES whose samples are ranked by what they did
 * to the grid, those first that found an empty cell, by objective, then those that are better than the elite of their cell, by
 * how much. Where a generation put nothing into the grid, where all of it came to the same, or where there is nothing left
 * to learn, it begins anew at a random elite. A generation goes on over several cycles while it is short.
 */
export function improvementEmitter<L>(
  id: string,
  bounds: GenomeBounds,
  options: ImprovementOptions,
): Emitter<ImprovementRecord, L> {
  const n = bounds.names.length
  const widths = widthsOf(bounds, options.relative)
  const batch = options.batch ?? 4 + Math.floor(3 * Math.log(n))
  return {
    id,
    init: () => emptyRecord(widths),
    ask(record, count, context) {
      if (!record.begun) begin(record, options, context)
      makeRoom(record, record.told + count)
      const { parents, points } = record
      return Array.from({ length: count }, (): Emission<L> => {
        const at = n * record.asked++
        sampleInside(record, bounds, options.bounds, context.random, at)
        return { vector: points.subarray(at, at + n), operator: 'cma-me', parents }
      })
    },
    tell(record, results, context) {
      noteResults(record, results)
      if (record.told < batch) return
      const entered = rankSamples(record)
      const parents = options.selection === 'filter' ? entered : record.told >> 1
      updateCmaEs(record.es, record.points, record.order, parents, record.told)
      if (entered === 0 || isExhausted(record.es) || isFlat(record)) {
        moveToElite(record, options, context)
        record.restarts++
      }
      record.told = 0
      record.asked = 0
    },
    holds: ({ parents }) => parents,
    snapshot: snapshotImprovement,
    restore: (snapshot) => restoreImprovement(emptyRecord(widths), snapshot),
  }
}

function begin<L>(
  record: ImprovementRecord,
  options: ImprovementOptions,
  context: EmitterContext<L>,
): void {
  record.begun = true
  if (options.start === undefined) moveToElite(record, options, context)
  else resetCmaEs(record.es, options.start, options.sigma)
}

/** To a random elite of those that are its parents, or to a new level while there is none. */
function moveToElite<L>(
  record: ImprovementRecord,
  { sigma }: ImprovementOptions,
  context: EmitterContext<L>,
): void {
  const { levels, random } = context
  const elite = drawElite(context, random)
  const mean =
    elite === null ? genomeOf(levels).toVector(levels.sample(random)) : vectorOf(levels, elite)
  record.parents = elite === null ? [] : [elite.id]
  resetCmaEs(record.es, mean, sigma)
}

/** Draws before what is outside is clipped. */
const DRAWS = 100

function sampleInside(
  { es, points }: ImprovementRecord,
  bounds: GenomeBounds,
  rule: ImprovementOptions['bounds'],
  random: RandomStream,
  at: number,
): void {
  for (let draw = 0; draw < (rule === 'clip' ? 1 : DRAWS); draw++) {
    sampleCmaEs(es, random, points, at)
    if (isInside(points, bounds, at)) return
  }
  clip(points, bounds, at)
}

/** Nothing tells the best of the generation from the worst. */
function isFlat({ told, order, ranks, improvements }: ImprovementRecord): boolean {
  if (told < 2) return false
  const [best, worst] = [order[0], order[told - 1]]
  const apart = Math.abs(improvements[best] - improvements[worst])
  return ranks[best] === ranks[worst] && apart < 1e-12
}
