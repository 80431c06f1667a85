/** Count, mean and sum of squared deviations of each element, in float64. */
export interface RunningMoments {
  count: number
  readonly mean: Float64Array
  readonly squares: Float64Array
}

export const emptyMoments = (size: number): RunningMoments => ({
  count: 0,
  mean: new Float64Array(size),
  squares: new Float64Array(size),
})

/** One more row of elements (Welford 1962): those of `row` from `at` on. */
export function addRow(to: RunningMoments, row: ArrayLike<number>, at = 0): void {
  to.count++
  for (let i = 0; i < to.mean.length; i++) {
    const off = row[at + i] - to.mean[i]
    to.mean[i] += off / to.count
    to.squares[i] += off * (row[at + i] - to.mean[i])
  }
}

/** `from` added to `to` (Chan, Golub and LeVeque 1979); the order of additions is part of the bits. */
export function mergeMoments(to: RunningMoments, from: RunningMoments): void {
  if (from.count === 0) return
  const count = to.count + from.count
  for (let i = 0; i < to.mean.length; i++) {
    const off = from.mean[i] - to.mean[i]
    to.mean[i] += (off * from.count) / count
    to.squares[i] += from.squares[i] + (off * off * to.count * from.count) / count
  }
  to.count = count
}

/** Of the population, as Gymnasium has it. */
export const varianceOf = ({ count, squares }: RunningMoments, i: number): number =>
  count === 0 ? 1 : squares[i] / count

/** Added to a variance before its root (Gymnasium). */
const EPSILON = 1e-8

/** 1/deviation of an element; 1 where nothing was seen yet. */
export const scaleOf = (of: RunningMoments, i: number): number =>
  of.count === 0 ? 1 : 1 / Math.sqrt(varianceOf(of, i) + EPSILON)
