/**
 * The normal part of HiPPO-LegS (Gu et al. 2020; Smith et al. 2023, appendix B.1), diagonalised: `−½·1 + K` with
 * `K_ij = ∓½·√((2i+1)(2j+1))` below and above the diagonal. K is skew-symmetric, so its eigenvalues are ±iω in pairs, and one
 * of each pair stands for both where everything else is real.
 */
export interface HippoSpectrum {
  /** n: rows of `vectors`. */
  readonly size: number
  /** `[n/2]`: imaginary parts, the negative ones, ascending. Every real part is −½. */
  readonly frequencies: Float64Array
  /** `[n, n/2]`, row-major: eigenvectors in columns, each of length 1. */
  readonly vectors: { readonly re: Float64Array; readonly im: Float64Array }
}

const known = new Map<number, HippoSpectrum>()

/** @param n even */
export function hippoSpectrum(n: number): HippoSpectrum {
  const before = known.get(n)
  if (before !== undefined) return before
  const made = diagonalise(n)
  known.set(n, made)
  return made
}

/** Columns whose cosine is smaller are orthogonal: a hundred times what float64 can tell. */
const ORTHOGONAL = 1e-14
/** Convergence is quadratic; ten are plenty for any size that a network has. */
const SWEEPS = 30

const skew = (i: number, j: number): number =>
  i === j ? 0 : (i > j ? -0.5 : 0.5) * Math.sqrt((2 * i + 1) * (2 * j + 1))

/**
 * One-sided Jacobi (Golub and Van Loan, §8.6): rotations of two columns each make all columns of K orthogonal. Their lengths
 * are then its frequencies, each twice, and a direction `u` of each pair gives both eigenvectors, `(u ∓ i·K·u/ω)/√2`.
 */
function diagonalise(n: number): HippoSpectrum {
  const columns = Array.from({ length: n }, (_, j) =>
    Float64Array.from({ length: n }, (_, i) => skew(i, j)),
  )
  for (let sweep = 0, turned = true; turned && sweep < SWEEPS; sweep++) {
    turned = false
    for (let p = 0; p < n - 1; p++)
      for (let q = p + 1; q < n; q++) if (makeOrthogonal(columns[p], columns[q])) turned = true
  }
  const pairs = columns
    .map((column) => ({ column, frequency: Math.sqrt(dot(column, column)) }))
    .sort((a, b) => b.frequency - a.frequency)
    .filter((_, place) => place % 2 === 0)
  const half = n / 2
  const re = new Float64Array(n * half)
  const im = new Float64Array(n * half)
  pairs.forEach(({ column, frequency }, at) => {
    for (let i = 0; i < n; i++) {
      let moved = 0
      for (let j = 0; j < n; j++) moved += skew(i, j) * column[j]
      re[i * half + at] = (column[i] / frequency) * Math.SQRT1_2
      im[i * half + at] = (moved / frequency ** 2) * Math.SQRT1_2
    }
  })
  const frequencies = Float64Array.from(pairs, ({ frequency }) => -frequency)
  return { size: n, frequencies, vectors: { re, im } }
}

/** @returns whether they were not */
function makeOrthogonal(a: Float64Array, b: Float64Array): boolean {
  const [first, second, both] = [dot(a, a), dot(b, b), dot(a, b)]
  if (Math.abs(both) <= ORTHOGONAL * Math.sqrt(first * second)) return false
  const ratio = (second - first) / (2 * both)
  const tangent = (ratio >= 0 ? 1 : -1) / (Math.abs(ratio) + Math.sqrt(1 + ratio * ratio))
  const cosine = 1 / Math.sqrt(1 + tangent * tangent)
  const sine = tangent * cosine
  for (let i = 0; i < a.length; i++) {
    const before = a[i]
    a[i] = cosine * before - sine * b[i]
    b[i] = sine * before + cosine * b[i]
  }
  return true
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}
