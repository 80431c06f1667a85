import { describe, expect, it } from 'vitest'
import { type NamedTensors, tensor } from '../../../core/tensor.ts'
import { measureOperation, type OperationCase } from '../check-operation.ts'
import { softplus } from './activation.ts'
import { digamma, logBeta, logGamma } from './gamma.ts'

const EULER = 0.5772156649015329
const harmonic = (n: number): number =>
  Array.from({ length: n }, (_, k) => 1 / (k + 1)).reduce((a, b) => a + b, 0)
const logFactorial = (n: number): number =>
  Array.from({ length: n }, (_, k) => Math.log(k + 1)).reduce((a, b) => a + b, 0)
const feed = (...values: number[]) => tensor('float64', [values.length], Float64Array.from(values))

/** ½ and whole numbers, where both are known in closed form. */
const AT = [0.5, 1, 2, 3, 7, 25, 120]
const CASES: Record<string, OperationCase> = {
  'logGamma is that of factorials, and ln √π at ½': {
    feeds: { x: feed(...AT) },
    build: ({ x }) => logGamma(x),
    definition: () =>
      Float64Array.from(AT, (x) => (x < 1 ? 0.5 * Math.log(Math.PI) : logFactorial(x - 1))),
  },
  'digamma is that of harmonic numbers, and −γ − 2 ln 2 at ½': {
    feeds: { x: feed(...AT) },
    build: ({ x }) => digamma(x),
    definition: () =>
      Float64Array.from(AT, (x) => (x < 1 ? -EULER - 2 * Math.LN2 : harmonic(x - 1) - EULER)),
  },
  'logBeta(a, b) is (a−1)!(b−1)! / (a+b−1)!': {
    feeds: { a: feed(1, 2, 5, 1, 40), b: feed(1, 3, 2, 9, 40) },
    build: ({ a, b }) => logBeta(a, b),
    definition: (feeds: NamedTensors) =>
      Float64Array.from(feeds.a.data as Float64Array, (a, i) => {
        const b = Number(feeds.b.data[i])
        return logFactorial(a - 1) + logFactorial(b - 1) - logFactorial(a + b - 1)
      }),
  },
}

describe('the gamma function', () => {
  it.each(Object.entries(CASES))('%s', async (_, of) => {
    const errors = await measureOperation(of)
    // Relative to the largest element: 453 for logGamma, where the series is off by 1e-9 at most.
    expect(errors.definition).toBeLessThan(1e-9)
    expect(errors.differences).toBeLessThan(1e-6)
    expect(errors.forward).toBeLessThan(1e-6)
    expect(errors.backward).toBeLessThan(2e-6)
  })

  it('has a digamma that is the slope of logGamma, as close as the series are', async () => {
    const errors = await measureOperation({
      feeds: { x: feed(0.5, 0.75, 1, 1.5, 2.25, 6, 30) },
      build: ({ x }) => digamma(x),
      definition: ({ x }) =>
        Float64Array.from(
          x.data as Float64Array,
          (v) => (reference(v + 1e-4) - reference(v - 1e-4)) / 2e-4,
        ),
    })
    expect(errors.definition).toBeLessThan(1e-7)
  })

  it('is kept finite in softplus on both sides', async () => {
    const { forward, differences, definition } = await measureOperation({
      feeds: { x: feed(-80, -1, 0, 1, 80) },
      build: ({ x }) => softplus(x),
      definition: () =>
        Float64Array.of(-80, -1, 0, 1, 80).map((x) => (x > 50 ? x : Math.log1p(Math.exp(x)))),
    })
    expect(Math.max(forward, definition)).toBeLessThan(1e-6)
    expect(differences).toBeLessThan(1e-6)
  })
})

/** ln Γ by Lanczos (g = 7, nine terms), to about 1e-15. */
function reference(x: number): number {
  const terms = [
    0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
    -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
    1.5056327351493116e-7,
  ]
  const sum = terms.slice(1).reduce((total, term, k) => total + term / (x + k), terms[0])
  const t = x + 6.5
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum)
}
