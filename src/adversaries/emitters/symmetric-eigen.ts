import { dotProduct } from './dot-product.ts'

/** Memory of one decomposition, for matrices `[n, n]`. */
export interface EigenScratch {
  /** Householder vectors, one a row. */
  readonly reflectors: Float64Array
  readonly factors: Float64Array
  readonly off: Float64Array
  readonly work: Float64Array
}

export const eigenScratch = (n: number): EigenScratch => ({
  reflectors: new Float64Array(n * n),
  factors: new Float64Array(n),
  off: new Float64Array(n),
  work: new Float64Array(n),
})

/**
 * Eigenvalues and eigenvectors of a real symmetric matrix: Householder reflections to a tridiagonal one, then QL steps with
 * implicit shifts (Golub and Van Loan, "Matrix Computations", §8.3). Allocates nothing.
 * @param a `[n, n]` row-major, all of it; destroyed
 * @param values takes the `n` eigenvalues, in no order
 * @param vectors takes `[n, n]`: row `i` is the unit eigenvector of value `i`
 * @returns false where the steps do not converge, as for what is not finite
 */
export function decomposeSymmetric(
  n: number,
  a: Float64Array,
  values: Float64Array,
  vectors: Float64Array,
  scratch: EigenScratch,
): boolean {
  tridiagonalise(n, a, values, scratch)
  accumulate(n, vectors, scratch)
  return iterate(n, values, scratch.off, vectors)
}

/** Diagonal to `diagonal`, what is beside it to `off[0 … n−2]`; the reflection of column `k` to row `k` of `reflectors`. */
function tridiagonalise(
  n: number,
  a: Float64Array,
  diagonal: Float64Array,
  { reflectors, factors, off, work }: EigenScratch,
): void {
  for (let k = 0; k < n - 2; k++) {
    const row = k * n
    let below = 0
    for (let i = k + 2; i < n; i++) below += a[row + i] * a[row + i]
    const head = a[row + k + 1]
    if (below === 0) {
      factors[k] = 0
      off[k] = head
      continue
    }
    const norm = Math.sqrt(head * head + below)
    const reached = head > 0 ? -norm : norm
    off[k] = reached
    const lead = head - reached
    const factor = 2 / (lead * lead + below)
    factors[k] = factor
    reflectors[row + k + 1] = lead
    for (let i = k + 2; i < n; i++) reflectors[row + i] = a[row + i]
    reflect(n, k, a, factor, reflectors, work)
  }
  for (let i = 0; i < n; i++) diagonal[i] = a[i * n + i]
  if (n > 1) off[n - 2] = a[(n - 2) * n + n - 1]
  off[n - 1] = 0
}

/** H·A·H on rows and columns past `k`: A − v·wᵀ − w·vᵀ. */
function reflect(
  n: number,
  k: number,
  a: Float64Array,
  factor: number,
  reflectors: Float64Array,
  work: Float64Array,
): void {
  const v = k * n
  let along = 0
  for (let i = k + 1; i < n; i++) {
    work[i] = factor * dotProduct(a, i * n + k + 1, reflectors, v + k + 1, n - k - 1)
    along += work[i] * reflectors[v + i]
  }
  const half = 0.5 * factor * along
  for (let i = k + 1; i < n; i++) work[i] -= half * reflectors[v + i]
  for (let i = k + 1; i < n; i++) {
    const row = i * n
    const [vi, wi] = [reflectors[v + i], work[i]]
    for (let j = k + 1; j < n; j++) a[row + j] -= vi * work[j] + wi * reflectors[v + j]
  }
}

/** The product of the reflections, transposed. */
function accumulate(n: number, vectors: Float64Array, { reflectors, factors }: EigenScratch): void {
  vectors.fill(0)
  for (let i = 0; i < n; i++) vectors[i * n + i] = 1
  for (let k = n - 3; k >= 0; k--) {
    const factor = factors[k]
    if (factor === 0) continue
    const v = k * n
    for (let i = k + 1; i < n; i++) {
      const row = i * n
      const scaled = factor * dotProduct(vectors, row + k + 1, reflectors, v + k + 1, n - k - 1)
      for (let j = k + 1; j < n; j++) vectors[row + j] -= scaled * reflectors[v + j]
    }
  }
}

const MOST_STEPS = 60

function iterate(n: number, d: Float64Array, e: Float64Array, vectors: Float64Array): boolean {
  for (let low = 0; low < n; low++) {
    for (let step = 0; ; step++) {
      let high = low
      while (high < n - 1) {
        const scale = Math.abs(d[high]) + Math.abs(d[high + 1])
        if (Math.abs(e[high]) <= Number.EPSILON * scale) break
        high++
      }
      if (high === low) break
      if (step === MOST_STEPS) return false
      shiftedStep(n, low, high, d, e, vectors)
    }
  }
  return true
}

/** One QL step on the block `low … high`, whose rotations the vectors go through as well. */
function shiftedStep(
  n: number,
  low: number,
  high: number,
  d: Float64Array,
  e: Float64Array,
  vectors: Float64Array,
): void {
  const ratio = (d[low + 1] - d[low]) / (2 * e[low])
  const root = Math.sqrt(ratio * ratio + 1)
  let g = d[high] - d[low] + e[low] / (ratio + (ratio >= 0 ? root : -root))
  let [sine, cosine, moved] = [1, 1, 0]
  for (let i = high - 1; i >= low; i--) {
    const f = sine * e[i]
    const b = cosine * e[i]
    const length = Math.sqrt(f * f + g * g)
    e[i + 1] = length
    if (length === 0) {
      d[i + 1] -= moved
      e[high] = 0
      return
    }
    sine = f / length
    cosine = g / length
    const base = d[i + 1] - moved
    const turned = (d[i] - base) * sine + 2 * cosine * b
    moved = sine * turned
    d[i + 1] = base + moved
    g = cosine * turned - b
    rotateRows(n, i * n, sine, cosine, vectors)
  }
  d[low] -= moved
  e[low] = g
  e[high] = 0
}

function rotateRows(
  n: number,
  upper: number,
  sine: number,
  cosine: number,
  vectors: Float64Array,
): void {
  const lower = upper + n
  for (let k = 0; k < n; k++) {
    const other = vectors[lower + k]
    const own = vectors[upper + k]
    vectors[lower + k] = sine * own + cosine * other
    vectors[upper + k] = cosine * own - sine * other
  }
}
