import type { RandomStream } from '../../core/random.ts'

/**
 * How likely each cell is to be the next target: ∝ exp(−F / t), where an empty cell has fitness 0. The paper's pseudocode prints the other
 * sign, against its own text.
 * @param fitness `[cells]`; −∞ where a cell is empty
 * @param left whether a cell may be drawn
 * @returns `[cells]`, of sum 1; all 0 where no cell is left
 */
export function targetProbabilities(
  fitness: Float64Array,
  temperature: number,
  left: (cell: number) => boolean,
): Float64Array {
  const found = new Float64Array(fitness.length)
  let most = Number.NEGATIVE_INFINITY
  for (let cell = 0; cell < fitness.length; cell++) {
    if (!left(cell)) continue
    found[cell] = -(fitness[cell] === Number.NEGATIVE_INFINITY ? 0 : fitness[cell]) / temperature
    most = Math.max(most, found[cell])
  }
  let sum = 0
  for (let cell = 0; cell < fitness.length; cell++) {
    found[cell] = left(cell) ? Math.exp(found[cell] - most) : 0
    sum += found[cell]
  }
  if (sum > 0) for (let cell = 0; cell < fitness.length; cell++) found[cell] /= sum
  return found
}

/** The index at a number in [0, 1); −1 where all are 0. */
export function indexAt(probabilities: Float64Array, at: number): number {
  let [below, last] = [0, -1]
  for (let i = 0; i < probabilities.length; i++) {
    if (probabilities[i] === 0) continue
    below += probabilities[i]
    last = i
    if (at < below) return i
  }
  return last
}

export interface TargetDraw {
  /** `[cells]`; −∞ where a cell is empty. */
  readonly fitness: Float64Array
  readonly temperature: number
  /** Of each candidate: the cell of its parent, which is never drawn; −1: it has none. */
  readonly parents: readonly number[]
  readonly random: (candidate: number) => RandomStream
}

/**
 * A target for each candidate of a batch: without replacement where there are as many cells, else any. Where the parent's own cell
 * alone is left, one that has been drawn already is drawn again.
 */
export function drawTargets({ fitness, temperature, parents, random }: TargetDraw): number[] {
  const once = parents.length <= fitness.length
  const taken = new Set<number>()
  return parents.map((parent, candidate) => {
    const at = random(candidate).uniform()
    const free = (cell: number): boolean => cell !== parent && !(once && taken.has(cell))
    const first = indexAt(targetProbabilities(fitness, temperature, free), at)
    const cell =
      first >= 0
        ? first
        : indexAt(
            targetProbabilities(fitness, temperature, (one) => one !== parent),
            at,
          )
    // A grid of a single cell has nothing but the parent's.
    const drawn = cell < 0 ? parent : cell
    taken.add(drawn)
    return drawn
  })
}
