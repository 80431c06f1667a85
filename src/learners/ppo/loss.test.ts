import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tensor } from '../../core/tensor.ts'
import { runOnnx } from '../graph/check-operation.ts'
import * as g from '../graph/index.ts'
import { LOSS_TERMS, type LossRule, ppoLoss } from './loss.ts'

const RULE: LossRule = {
  clip: 0.2,
  valueClip: true,
  entropyCoefficient: 0.03,
  valueCoefficient: 0.5,
}
const N = 6
const ACTIONS = 3

interface Batch {
  readonly logits: number[]
  readonly value: number[]
  readonly action: number[]
  readonly oldLogProb: number[]
  readonly oldValue: number[]
  readonly advantage: number[]
  readonly target: number[]
  readonly weight: number[]
}

const numbers = (length: number, bound: number) =>
  fc.array(fc.double({ min: -bound, max: bound, noNaN: true }), {
    minLength: length,
    maxLength: length,
  })
const batch: fc.Arbitrary<Batch> = fc.record({
  logits: numbers(N * ACTIONS, 2),
  value: numbers(N, 1),
  action: fc.array(fc.nat(ACTIONS - 1), { minLength: N, maxLength: N }),
  oldLogProb: numbers(N, 0.5).map((list) => list.map((x) => x - 1.1)),
  oldValue: numbers(N, 1),
  advantage: numbers(N, 2),
  target: numbers(N, 1),
  weight: fc
    .array(fc.constantFrom(0, 1), { minLength: N - 1, maxLength: N - 1 })
    .map((w) => [1, ...w]),
})

/** The definitions, one step at a time. */
function reference(of: Batch, rule: LossRule) {
  const kept = of.weight.reduce((a, b) => a + b, 0)
  const terms = { policy: 0, value: 0, entropy: 0, kl: 0, outside: 0, mean: 0 }
  for (let i = 0; i < N; i++) {
    const row = of.logits.slice(i * ACTIONS, (i + 1) * ACTIONS)
    const norm = Math.log(row.reduce((sum, x) => sum + Math.exp(x), 0))
    const logs = row.map((x) => x - norm)
    const ratio = Math.exp(logs[of.action[i]] - of.oldLogProb[i])
    const clipped = Math.min(Math.max(ratio, 1 - rule.clip), 1 + rule.clip)
    const w = of.weight[i] / kept
    terms.policy -= w * Math.min(ratio * of.advantage[i], clipped * of.advantage[i])
    const error = of.value[i] - of.target[i]
    const step = Math.min(Math.max(of.value[i] - of.oldValue[i], -rule.clip), rule.clip)
    const other = of.oldValue[i] + step - of.target[i]
    const huber = Math.abs(error) <= 1 ? 0.5 * error ** 2 : Math.abs(error) - 0.5
    terms.value += w * (rule.valueClip ? 0.5 * Math.max(error ** 2, other ** 2) : huber)
    terms.entropy -= logs.reduce((sum, x) => sum + Math.exp(x) * x, 0) / N
    terms.kl += w * (ratio - 1 - Math.log(ratio))
    terms.outside += Math.abs(ratio - 1) >= rule.clip ? w : 0
    terms.mean += of.value[i] / N
  }
  const { policy, value, entropy, kl, outside, mean } = terms
  const total = policy + rule.valueCoefficient * value - rule.entropyCoefficient * entropy
  return [total, policy, value, entropy, kl, outside, mean]
}

function build(rule: LossRule) {
  const graph = g.createGraph()
  const vector = (name: string) => g.input(graph, name, 'float32', [N])
  const inputs = {
    logits: g.input(graph, 'logits', 'float32', [N, ACTIONS]),
    value: vector('value'),
    actions: { kind: 'discrete', count: ACTIONS } as const,
    action: g.input(graph, 'action', 'int32', [N]),
    oldLogProb: vector('oldLogProb'),
    oldValue: vector('oldValue'),
    advantage: vector('advantage'),
    target: vector('target'),
    weight: vector('weight'),
    keptScale: g.input(graph, 'keptScale', 'float32', []),
    allScale: g.input(graph, 'allScale', 'float32', []),
  }
  const terms = ppoLoss(inputs, rule)
  const slopes = g.gradients(terms.total_loss, [inputs.logits, inputs.value])
  return { outputs: [...LOSS_TERMS.map((name) => terms[name]), ...slopes] }
}

function feedsOf(of: Batch) {
  const kept = of.weight.reduce((a, b) => a + b, 0)
  return Object.fromEntries(
    Object.entries({ ...of, keptScale: [1 / kept], allScale: [1 / N] }).map(([name, list]) => {
      const shape = name === 'logits' ? [N, ACTIONS] : name.endsWith('Scale') ? [] : [N]
      return [name, tensor('float64', shape, Float64Array.from(list))]
    }),
  )
}

function evaluate(outputs: readonly g.Value[], of: Batch): Float64Array[] {
  return g.evaluate([...outputs], feedsOf(of)).map(({ data }) => data)
}

describe.each([true, false])('the PPO loss, value clipping %s', (valueClip) => {
  const rule = { ...RULE, valueClip }
  const { outputs } = build(rule)

  it('equals its definition', () => {
    fc.assert(
      fc.property(batch, (of) => {
        const found = evaluate(outputs.slice(0, LOSS_TERMS.length), of)
        reference(of, rule).forEach((wanted, i) => {
          expect(found[i][0]).toBeCloseTo(wanted, 9)
        })
      }),
      { numRuns: 60 },
    )
  })

  it('has the slope of its definition', () => {
    fc.assert(
      fc.property(batch, (of) => {
        const [logits, value] = evaluate(outputs.slice(LOSS_TERMS.length), of)
        const slope = (list: number[], i: number, width: number): number => {
          const kept = list[i]
          list[i] = kept + width
          const above = reference(of, rule)[0]
          list[i] = kept - width
          const below = reference(of, rule)[0]
          list[i] = kept
          return (above - below) / (2 * width)
        }
        const check = (list: number[], found: Float64Array): void =>
          list.forEach((_, i) => {
            const near = slope(list, i, 1e-6)
            // A kink within the difference: the two widths disagree, and any slope between is right.
            if (Math.abs(near - slope(list, i, 1e-5)) < 1e-6)
              expect(Math.abs(found[i] - near)).toBeLessThan(1e-5)
          })
        check(of.logits, logits)
        check(of.value, value)
      }),
      { numRuns: 40 },
    )
  })
})

describe('the clipped value loss', () => {
  it('keeps the whole gradient inside the range, where float32 rounds the other branch away from V', async () => {
    const { outputs } = build({ ...RULE, entropyCoefficient: 0 })
    const same = Array.from({ length: N }, () => 0)
    const of: Batch = {
      logits: Array.from({ length: N * ACTIONS }, () => 0),
      value: [0.013, -0.007, 0.0011, 0.9, 0.2, -0.4],
      oldValue: [0.19, -0.2, 0.15, 0.8, 0.2, -0.4],
      target: [1, 1, -1, -1, 0.5, -0.5],
      action: same,
      oldLogProb: same.map(() => -Math.log(3)),
      advantage: same,
      weight: same.map(() => 1),
    }
    const rounded = of.value.map((value, i) => {
      const [v, old] = [Math.fround(value), Math.fround(of.oldValue[i])]
      return Math.fround(old + Math.fround(v - old)) !== v
    })
    expect(rounded.some(Boolean)).toBe(true)
    const slope = outputs[LOSS_TERMS.length + 1]
    const { slopes } = await runOnnx(slope.graph, { slopes: slope }, feedsOf(of))
    of.value.forEach((value, i) => {
      expect(Number(slopes.data[i])).toBeCloseTo((0.5 * (value - of.target[i])) / N, 7)
    })
  })
})
