import type { RandomStream } from '../../core/random.ts'
import { ratesOf } from './cma-rates.ts'
import { dotProduct } from './dot-product.ts'
import { fillNormals } from './normals.ts'
import { decomposeSymmetric, type EigenScratch, eigenScratch } from './symmetric-eigen.ts'

/**
 * A normal distribution that learns from ranked samples: CMA-ES with full covariance (Hansen, "The CMA Evolution Strategy: A
 * Tutorial", 2016), whose number of parents may differ from generation to generation. All arrays are made once.
 */
export interface CmaEs {
  readonly n: number
  /** What one unit of the distribution is of each number. */
  readonly widths: Float64Array
  readonly mean: Float64Array
  sigma: number
  /** Symmetric, `[n, n]`. */
  readonly covariance: Float64Array
  readonly covariancePath: Float64Array
  readonly sigmaPath: Float64Array
  /** Since the last reset. */
  generations: number
  /** Samples told since the last reset, and how many of those the decomposition is behind. */
  evaluations: number
  decomposedAt: number
  /** Eigenvectors of the covariance as it was decomposed, one a row, and the roots of its eigenvalues. */
  readonly basis: Float64Array
  readonly scales: Float64Array
  readonly scratch: Scratch
}

interface Scratch {
  readonly eigen: EigenScratch
  readonly matrix: Float64Array
  /** basisᵀ · scales: takes normals to samples, `[n, n]`. */
  readonly transform: Float64Array
  readonly normals: Float64Array
  readonly step: Float64Array
  readonly turned: Float64Array
  /** Steps of the parents, `[most, n]`, and their weights; longer as generations are. */
  steps: Float64Array
  weights: Float64Array
}

export function createCmaEs(widths: Float64Array): CmaEs {
  const n = widths.length
  return {
    ...{ n, widths, sigma: 0, generations: 0, evaluations: 0, decomposedAt: 0 },
    mean: new Float64Array(n),
    covariance: new Float64Array(n * n),
    covariancePath: new Float64Array(n),
    sigmaPath: new Float64Array(n),
    basis: new Float64Array(n * n),
    scales: new Float64Array(n),
    scratch: {
      eigen: eigenScratch(n),
      matrix: new Float64Array(n * n),
      transform: new Float64Array(n * n),
      normals: new Float64Array(n),
      step: new Float64Array(n),
      turned: new Float64Array(n),
      steps: new Float64Array(0),
      weights: new Float64Array(0),
    },
  }
}

/** Begins anew around `mean`, round and of width `sigma`. */
export function resetCmaEs(es: CmaEs, mean: ArrayLike<number>, sigma: number): void {
  const { n, covariance, basis, scales } = es
  es.mean.set(mean)
  es.sigma = sigma
  es.generations = 0
  es.evaluations = 0
  es.decomposedAt = 0
  es.covariancePath.fill(0)
  es.sigmaPath.fill(0)
  covariance.fill(0)
  basis.fill(0)
  for (let i = 0; i < n; i++) {
    covariance[i * n + i] = 1
    basis[i * n + i] = 1
  }
  scales.fill(1)
  fillTransform(es)
}

/** What `basis` and `scales` give; to be called after they were written from outside. */
export function fillTransform({ n, basis, scales, widths, scratch: { transform } }: CmaEs): void {
  for (let i = 0; i < n; i++)
    for (let k = 0; k < n; k++) transform[i * n + k] = widths[i] * scales[k] * basis[k * n + i]
}

/** Writes a sample to `out[at … at + n − 1]`. */
export function sampleCmaEs(
  { n, mean, sigma, scratch: { transform, normals } }: CmaEs,
  stream: RandomStream,
  out: Float64Array,
  at: number,
): void {
  fillNormals(stream, normals, n)
  for (let i = 0; i < n; i++)
    out[at + i] = mean[i] + sigma * dotProduct(transform, i * n, normals, 0, n)
}

/**
 * Learns from a generation.
 * @param points `[count, n]`
 * @param order the first `parents` of it are the places of the best, best first
 * @param count samples of the generation, at least `parents`
 */
export function updateCmaEs(
  es: CmaEs,
  points: Float64Array,
  order: ArrayLike<number>,
  parents: number,
  count: number,
): void {
  const { n } = es
  es.evaluations += count
  es.generations++
  if (parents === 0) return
  const spread = weigh(es, parents)
  const rates = ratesOf(n, spread)
  const { cs, cc, c1, cmu, damping } = rates
  moveMean(es, points, order, parents)
  const { sigmaPath, covariancePath, scratch } = es
  whiten(es, scratch.step, scratch.turned)
  const alongSigma = Math.sqrt(cs * (2 - cs) * spread)
  let squares = 0
  for (let i = 0; i < n; i++) {
    sigmaPath[i] = (1 - cs) * sigmaPath[i] + alongSigma * scratch.turned[i]
    squares += sigmaPath[i] * sigmaPath[i]
  }
  const faded = 1 - (1 - cs) ** (2 * es.generations)
  const short = squares / n / faded < 2 + 4 / (n + 1)
  const along = short ? Math.sqrt(cc * (2 - cc) * spread) : 0
  for (let i = 0; i < n; i++)
    covariancePath[i] = (1 - cc) * covariancePath[i] + along * scratch.step[i]
  const lost = short ? 0 : c1 * cc * (2 - cc)
  addSteps(es, 1 - c1 - cmu + lost, c1, cmu, parents)
  es.sigma *= Math.exp(Math.min(1, ((cs / damping) * (squares / n - 1)) / 2))
  const gap = (0.5 * count) / ((c1 + cmu) * n)
  if (es.evaluations - es.decomposedAt > gap) decompose(es)
}

/** log(μ + ½) − log(i), to a sum of 1. @returns how many equal weights would be as good */
function weigh({ scratch }: CmaEs, parents: number): number {
  if (scratch.weights.length < parents) scratch.weights = new Float64Array(parents)
  const { weights } = scratch
  let total = 0
  for (let i = 0; i < parents; i++) {
    weights[i] = Math.log(parents + 0.5) - Math.log(i + 1)
    total += weights[i]
  }
  let squares = 0
  for (let i = 0; i < parents; i++) {
    weights[i] /= total
    squares += weights[i] * weights[i]
  }
  return 1 / squares
}

/** The mean goes to that of the parents; `scratch.steps` and `scratch.step` take their steps and its own, in units of sigma. */
function moveMean(
  { n, mean, sigma, widths, scratch }: CmaEs,
  points: Float64Array,
  order: ArrayLike<number>,
  parents: number,
): void {
  if (scratch.steps.length < parents * n) scratch.steps = new Float64Array(parents * n)
  const { steps, weights, step } = scratch
  step.fill(0)
  for (let k = 0; k < parents; k++) {
    const [from, to, weight] = [order[k] * n, k * n, weights[k]]
    for (let i = 0; i < n; i++) {
      const moved = (points[from + i] - mean[i]) / (sigma * widths[i])
      steps[to + i] = moved
      step[i] += weight * moved
    }
  }
  for (let i = 0; i < n; i++) mean[i] += sigma * widths[i] * step[i]
}

/** C^(−½) · step. */
function whiten({ n, basis, scales }: CmaEs, step: Float64Array, out: Float64Array): void {
  out.fill(0)
  for (let k = 0; k < n; k++) {
    const row = k * n
    const along = dotProduct(basis, row, step, 0, n) / scales[k]
    for (let i = 0; i < n; i++) out[i] += along * basis[row + i]
  }
}

/** C ← kept · C + c1 · path·pathᵀ + cmu · Σ weight · step·stepᵀ; the lower half, then its mirror. */
function addSteps(
  { n, covariance, covariancePath, scratch: { steps, weights } }: CmaEs,
  kept: number,
  c1: number,
  cmu: number,
  parents: number,
): void {
  for (let i = 0; i < n; i++) {
    const row = i * n
    const path = c1 * covariancePath[i]
    for (let j = 0; j <= i; j++)
      covariance[row + j] = kept * covariance[row + j] + path * covariancePath[j]
    let k = 0
    // Two parents at a time: a number of the covariance is read and written half as often.
    for (; k + 1 < parents; k += 2) {
      const [one, two] = [k * n, k * n + n]
      const ofOne = cmu * weights[k] * steps[one + i]
      const ofTwo = cmu * weights[k + 1] * steps[two + i]
      for (let j = 0; j <= i; j++)
        covariance[row + j] += ofOne * steps[one + j] + ofTwo * steps[two + j]
    }
    if (k < parents) {
      const last = cmu * weights[k] * steps[k * n + i]
      for (let j = 0; j <= i; j++) covariance[row + j] += last * steps[k * n + j]
    }
  }
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) covariance[j * n + i] = covariance[i * n + j]
}

/** Where it fails the scales are NaN, at which a search stops. */
function decompose(es: CmaEs): void {
  const { n, covariance, basis, scales, scratch } = es
  scratch.matrix.set(covariance)
  const found = decomposeSymmetric(n, scratch.matrix, scales, basis, scratch.eigen)
  for (let i = 0; i < n; i++) scales[i] = found ? Math.sqrt(scales[i]) : Number.NaN
  es.decomposedAt = es.evaluations
  fillTransform(es)
}

/**
 * Whether there is nothing left to learn here: a covariance with a condition above 10¹⁴ or one that is none any more, or a
 * distribution narrower than 10⁻¹¹.
 */
export function isExhausted({ n, scales, sigma }: CmaEs): boolean {
  let [least, most] = [Number.POSITIVE_INFINITY, 0]
  for (let i = 0; i < n; i++) {
    if (!(scales[i] > 0)) return true
    least = Math.min(least, scales[i])
    most = Math.max(most, scales[i])
  }
  return (most / least) ** 2 > 1e14 || !(sigma * most >= 1e-11) || !Number.isFinite(sigma)
}
