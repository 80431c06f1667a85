import { describe, expect, it } from 'vitest'
import type { BoxActions } from '../../core/action-space.ts'
import { stream } from '../../core/random.ts'
import { tensor } from '../../core/tensor.ts'
import { measureOperation, runOnnx } from '../graph/check-operation.ts'
import * as g from '../graph/index.ts'
import { distributionOf } from './distribution.ts'

const ARM: BoxActions = { kind: 'box', shape: [2], low: [-1, 0], high: [1, 5] }
/** α of both numbers, then β; three rows. */
const PARAMETERS = tensor(
  'float64',
  [3, 4],
  Float64Array.of(1, 1.75, 1, 2.5, 4, 1.25, 2, 9, 30, 2, 12.5, 1),
)
const ACTIONS = tensor('float64', [3, 2], Float64Array.of(-0.5, 1.25, 0.75, 0.5, 0.5, 4.5))
const of = (v: Readonly<Record<string, g.Value>>) => distributionOf(ARM, v.parameters, 'beta')

/**
 * ∫ x^(α−1)(1−x)^(β−1) f dx over the logit of x, below each of `ends` (ascending): midpoints of small steps, the last one cut
 * where it ends.
 */
function integrals(
  alpha: number,
  beta: number,
  ends: readonly number[],
  f = (_x: number) => 1,
): number[] {
  const step = 4e-3
  let sum = 0
  let t = -40
  const between = (from: number, size: number): number => {
    const at = from + size / 2
    const x = 1 / (1 + Math.exp(-at))
    return (
      size * Math.exp(-alpha * Math.log1p(Math.exp(-at)) - beta * Math.log1p(Math.exp(at))) * f(x)
    )
  }
  return ends.map((end) => {
    for (; t + step <= Math.min(end, 40); t += step) sum += between(t, step)
    return end < 40 ? sum + between(t, end - t) : sum
  })
}
const integral = (alpha: number, beta: number, f?: (x: number) => number): number =>
  integrals(alpha, beta, [Number.POSITIVE_INFINITY], f)[0]
const perRow = (each: (alpha: number, beta: number, i: number, row: number) => number) =>
  Float64Array.from({ length: 3 }, (_, row) =>
    [0, 1].reduce((sum, i) => {
      const at = (j: number): number => PARAMETERS.data[4 * row + j] as number
      return sum + each(at(i), at(2 + i), i, row)
    }, 0),
  )
const span = (i: number): number => ARM.high[i] - ARM.low[i]

describe('actions between bounds, drawn from Beta distributions', () => {
  it('have the log-density of what was drawn, with its gradient', async () => {
    const density = (alpha: number, beta: number, i: number, row: number): number => {
      const x = (Number(ACTIONS.data[2 * row + i]) - ARM.low[i]) / span(i)
      const whole = integral(alpha, beta)
      return Math.log((x ** (alpha - 1) * (1 - x) ** (beta - 1)) / whole / span(i))
    }
    const { definition, differences, forward, backward } = await measureOperation({
      feeds: { parameters: PARAMETERS, action: ACTIONS },
      fixed: ['action'],
      build: (v) => of(v).logProb(v.action),
      definition: () => perRow(density),
    })
    expect(definition).toBeLessThan(1e-7)
    expect(differences).toBeLessThan(1e-6)
    expect(Math.max(forward, backward)).toBeLessThan(1e-5)
  })

  it('have the entropy of their density, with its gradient', async () => {
    const entropy = (alpha: number, beta: number, i: number): number => {
      const whole = integral(alpha, beta)
      const log = (x: number): number =>
        (alpha - 1) * Math.log(x) + (beta - 1) * Math.log1p(-x) - Math.log(whole)
      const inner = (x: number): number => (x > 0 && x < 1 ? log(x) : 0)
      return -integral(alpha, beta, inner) / whole + Math.log(span(i))
    }
    const { definition, differences, forward, backward } = await measureOperation({
      feeds: { parameters: PARAMETERS },
      build: (v) => of(v).entropy(),
      definition: () => perRow(entropy),
    })
    expect(definition).toBeLessThan(1e-6)
    expect(differences).toBeLessThan(1e-6)
    expect(Math.max(forward, backward)).toBeLessThan(1e-5)
  })

  it('are drawn with the probabilities of the density, to 2 in 10 000', async () => {
    const graph = g.createGraph()
    const parameters = g.input(graph, 'parameters', 'float32', ['B', 2])
    const noise = g.input(graph, 'noise', 'float32', ['B', 1])
    const unit: BoxActions = { kind: 'box', shape: [1], low: [0], high: [1] }
    const drawn = distributionOf(unit, parameters, 'beta')
    const action = drawn.sample(noise)
    const pairs = [1, 1.02, 1.69, 3, 12, 90, 700].flatMap((a) =>
      [1, 1.3, 4, 55, 400].map((b) => [a, b]),
    )
    const shares = [0.001, 0.01, 0.1, 0.25, 0.5, 0.7, 0.9, 0.99, 0.999]
    const cases = pairs.flatMap((pair) => shares.map((share) => ({ pair, share })))
    const found = await runOnnx(
      graph,
      { action, log_prob: drawn.logProb(action) },
      {
        parameters: tensor(
          'float32',
          [cases.length, 2],
          Float32Array.from(cases.flatMap(({ pair }) => pair)),
        ),
        noise: tensor(
          'float32',
          [cases.length, 1],
          Float32Array.from(cases, ({ share }) => share),
        ),
      },
    )
    let worst = 0
    pairs.forEach(([a, b], pair) => {
      const at = shares.map((_, i) => {
        const x = Number(found.action.data[pair * shares.length + i])
        return Math.log(x) - Math.log1p(-x)
      })
      const [whole, ...under] = [integral(a, b), ...integrals(a, b, at)]
      under.forEach((part, i) => {
        worst = Math.max(worst, Math.abs(part / whole - shares[i]))
      })
    })
    expect(worst).toBeLessThan(2e-4)
  })

  it('stay inside their bounds at both ends of the noise, with a density that is a number', async () => {
    const graph = g.createGraph()
    const parameters = g.input(graph, 'parameters', 'float32', ['B', 4])
    const noise = g.input(graph, 'noise', 'float32', ['B', 2])
    const drawn = distributionOf(ARM, parameters, 'beta')
    const action = drawn.sample(noise)
    const random = stream('ends')
    const rows = 200
    const found = await runOnnx(
      graph,
      { action, log_prob: drawn.logProb(action) },
      {
        parameters: tensor(
          'float32',
          [rows, 4],
          Float32Array.from({ length: 4 * rows }, () => 1 + 2000 * random.uniform() ** 8),
        ),
        noise: tensor(
          'float32',
          [rows, 2],
          Float32Array.from({ length: 2 * rows }, (_, i) => (i % 3 === 0 ? 0 : 1 - 2 ** -24)),
        ),
      },
    )
    found.action.data.forEach((value, at) => {
      expect(Number(value)).toBeGreaterThanOrEqual(ARM.low[at % 2])
      expect(Number(value)).toBeLessThanOrEqual(ARM.high[at % 2])
    })
    expect([...found.log_prob.data].every((value) => Number.isFinite(Number(value)))).toBe(true)
  })
})
