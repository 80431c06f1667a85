import type { RandomStream } from '../../core/random.ts'
import type { LevelSpace } from '../../envs/contract.ts'
import type { Emission, Emitter, EmitterContext } from './contract.ts'
import { fillNormals } from './normals.ts'
import { clip, drawElite, generatedLevel, genomeOf, vectorOf, widthsOf } from './points.ts'

/** Emitters that remember nothing: whatever they know stands in the grid. */
type Stateless<L> = Emitter<null, L>

/** One candidate after the other. */
function stateless<L>(id: string, one: (context: EmitterContext<L>) => Emission<L>): Stateless<L> {
  return {
    id,
    init: () => null,
    ask: (_, count, context) => Array.from({ length: count }, () => one(context)),
    tell: () => {},
    snapshot: () => ({ state: null, tensors: {} }),
    restore: () => null,
  }
}

/** New levels of the generator. */
export const randomEmitter = <L>(id: string): Stateless<L> =>
  stateless(id, ({ levels, random }) => generatedLevel(levels, random))

/** An elite changed by the level space's own way, or by the operator named; a new level while there is no elite. */
export const mutationEmitter = <L>(id: string, operator?: string): Stateless<L> =>
  stateless(id, (context) => {
    const { levels, random } = context
    const elite = drawElite(context, random)
    if (elite === null) return generatedLevel(levels, random)
    const mutation = levels.mutate(levels.decode(elite.level), random, operator)
    return { ...mutation, parents: [elite.id] }
  })

export interface NoiseOptions {
  readonly sigma: number
  /** Whether sigma is a share of each number's range; otherwise it is in its units. */
  readonly relative: boolean
}

/** An elite with normal noise on every number of its genome, clipped to the bounds (MAP-Elites; Mouret and Clune 2015). */
export const gaussianEmitter = <L>(id: string, options: NoiseOptions): Stateless<L> =>
  stateless(id, (context) => {
    const { levels, random } = context
    const elite = drawElite(context, random)
    if (elite === null) return generatedLevel(levels, random)
    const vector = noisy(levels, vectorOf(levels, elite), options, random)
    clip(vector, genomeOf(levels).bounds)
    return { vector, operator: 'gaussian', parents: [elite.id] }
  })

export interface IsoLineOptions extends NoiseOptions {
  /** Of the step along the line to another elite, as a share of the way. */
  readonly lineSigma: number
}

/** An elite with noise, moved along the line to another elite, clipped to the bounds (Vassiliades and Mouret 2018, Iso+LineDD). */
export const isoLineEmitter = <L>(id: string, options: IsoLineOptions): Stateless<L> =>
  stateless(id, (context) => {
    const { levels, random } = context
    const elite = drawElite(context, random)
    const other = drawElite(context, random)
    if (elite === null || other === null) return generatedLevel(levels, random)
    const from = vectorOf(levels, elite)
    const to = vectorOf(levels, other)
    const vector = noisy(levels, from, options, random)
    const along = options.lineSigma * random.normal()
    for (let i = 0; i < vector.length; i++) vector[i] += along * (to[i] - from[i])
    clip(vector, genomeOf(levels).bounds)
    return { vector, operator: 'iso-line', parents: [elite.id, other.id] }
  })

function noisy<L>(
  levels: LevelSpace<L>,
  point: Float64Array,
  { sigma, relative }: NoiseOptions,
  random: RandomStream,
): Float64Array {
  const widths = widthsOf(genomeOf(levels).bounds, relative)
  const vector = new Float64Array(point.length)
  fillNormals(random, vector, vector.length)
  for (let i = 0; i < vector.length; i++) vector[i] = point[i] + sigma * widths[i] * vector[i]
  return vector
}
