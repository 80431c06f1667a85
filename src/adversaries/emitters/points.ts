import type { LevelId } from '../../core/ids.ts'
import type { RandomStream } from '../../core/random.ts'
import type { Genome, GenomeBounds, LevelSpace } from '../../envs/contract.ts'
import type { Elite } from '../grid/contract.ts'
import type { Emission, EmitterContext } from './contract.ts'

/** What a sigma of 1 is of each number of a genome: 1, or its range. */
export function widthsOf({ low, high, names }: GenomeBounds, relative: boolean): Float64Array {
  return Float64Array.from(names, (_, i) => (relative && high[i] > low[i] ? high[i] - low[i] : 1))
}

/** The genome of a space that is known to have one. */
export function genomeOf<L>({ genome }: LevelSpace<L>): Genome<L> {
  if (genome === undefined) throw new TypeError('a level space without a genome has no points')
  return genome
}

export const vectorOf = <L>(levels: LevelSpace<L>, { level }: Elite): Float64Array =>
  genomeOf(levels).toVector(levels.decode(level))

/** Any of the elites that are its parents, or null where there are none yet. */
export function drawElite(
  { cells, grid }: Pick<EmitterContext<unknown>, 'cells' | 'grid'>,
  random: RandomStream,
): Elite | null {
  if (cells.length === 0) return null
  return grid.elites[cells[random.integer(cells.length)]] ?? null
}

/** A level of the space's own generator. */
export const generatedLevel = <L>(levels: LevelSpace<L>, random: RandomStream): Emission<L> => ({
  ...{ level: levels.sample(random), operator: 'generate', parents: NONE },
})

export function clip(point: Float64Array, { low, high }: GenomeBounds, at = 0): void {
  for (let i = 0; i < low.length; i++)
    point[at + i] = Math.min(Math.max(point[at + i], low[i]), high[i])
}

export function isInside(point: Float64Array, { low, high }: GenomeBounds, at: number): boolean {
  for (let i = 0; i < low.length; i++)
    if (!(point[at + i] >= low[i] && point[at + i] <= high[i])) return false
  return true
}

const NONE: readonly LevelId[] = []
