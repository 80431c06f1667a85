import { describe, expect, it } from 'vitest'
import type { InitName } from './inits.ts'
import { createNetwork, type NetworkSpec } from './network.ts'
import { initialiseLayout } from './segments.ts'
import { studentNetwork } from './student.ts'

const MAZE: NetworkSpec = {
  observations: {
    image: { dtype: 'uint8', shape: [5, 5, 3], low: 0, high: 10 },
    direction: { dtype: 'int32', shape: [], low: 0, high: 3 },
  },
  actions: { kind: 'discrete', count: 7 },
}
const HIDDEN = 24

interface Started {
  readonly rows: number
  readonly columns: number
  readonly values: Float32Array
}

function start(profile: InitName, actorInit: 'orthogonal' | 'constant' = 'orthogonal') {
  const options = { ...studentNetwork(profile), hidden: HIDDEN, actorInit }
  const { layout } = createNetwork(MAZE, options)
  const flat = new Float32Array(layout.size)
  initialiseLayout(layout, flat, [5])
  return (name: string): Started => {
    const found = layout.segments.find((segment) => segment.name === name)
    if (found === undefined) throw new Error(`no segment ${name}`)
    const columns = found.shape.at(-1) ?? 1
    const values = flat.subarray(found.offset, found.offset + found.size)
    return { rows: found.size / columns, columns, values }
  }
}

/** The gain of columns `from` to `to` if they (or their rows) are orthogonal, else NaN. */
function gainOf({ rows, columns, values }: Started, from = 0, to = columns): number {
  const column = (j: number) => Array.from({ length: rows }, (_, i) => values[i * columns + j])
  const row = (i: number) => [...values.subarray(i * columns + from, i * columns + to)]
  const tall = rows >= to - from
  const vectors = tall
    ? Array.from({ length: to - from }, (_, j) => column(from + j))
    : Array.from({ length: rows }, (_, i) => row(i))
  const dot = (a: number[], b: number[]) => a.reduce((sum, v, k) => sum + v * b[k], 0)
  const square = dot(vectors[0], vectors[0])
  const orthogonal = vectors.every((a, i) =>
    vectors.every((b, j) => Math.abs(dot(a, b) - (i === j ? square : 0)) < 1e-5),
  )
  return orthogonal ? Math.sqrt(square) : Number.NaN
}

const largest = ({ values }: Started) => Math.max(...values.map(Math.abs))
const deviation = ({ values }: Started) => Math.hypot(...values) / Math.sqrt(values.length)

describe.each(['minimax', 'jaxued', 'dcd'] as const)('first weights of %s', (profile) => {
  const at = start(profile)

  it('have the gains of the heads', () => {
    const hidden = profile === 'jaxued' ? 2 : Math.SQRT2
    expect(gainOf(at('actor/hidden/w'))).toBeCloseTo(hidden, 5)
    expect(gainOf(at('critic/hidden/w'))).toBeCloseTo(hidden, 5)
    expect(gainOf(at('actor/out/w'))).toBeCloseTo(0.01, 6)
    expect(gainOf(at('critic/out/w'))).toBeCloseTo(1, 5)
  })

  it('start every bias at 0, but for the direction of dcd', () => {
    const biases = ['image/bias', 'core/b', 'actor/hidden/b', 'actor/out/b', 'critic/out/b']
    if (profile === 'dcd') biases.push('core/b2')
    for (const name of biases) expect([name, largest(at(name))]).toEqual([name, 0])
  })

  it('have orthogonal recurrent gates, in dcd all gates as one matrix', () => {
    const wh = at('core/wh')
    const gates = [0, 1, 2, 3].map((gate) => gainOf(wh, gate * HIDDEN, (gate + 1) * HIDDEN))
    if (profile === 'dcd') {
      expect(gainOf(wh)).toBeCloseTo(1, 5)
      expect(gates).toEqual(new Array(4).fill(Number.NaN))
    } else for (const gain of gates) expect(gain).toBeCloseTo(1, 5)
  })
})

describe('what the profiles start differently', () => {
  const [minimax, jaxued, dcd] = (['minimax', 'jaxued', 'dcd'] as const).map((name) => start(name))

  it('convolution: orthogonal √2, LeCun normal, Xavier uniform', () => {
    expect(gainOf(minimax('image/kernel'))).toBeCloseTo(Math.SQRT2, 5)
    // 27 inputs: deviation 1/√27, cut at two deviations of the underlying normal.
    expect(deviation(jaxued('image/kernel'))).toBeGreaterThan(0.9 / Math.sqrt(27))
    expect(deviation(jaxued('image/kernel'))).toBeLessThan(1.1 / Math.sqrt(27))
    expect(largest(jaxued('image/kernel'))).toBeGreaterThan(1.9 / Math.sqrt(27))
    const bound = Math.sqrt(6 / (27 + 144))
    expect(largest(dcd('image/kernel'))).toBeLessThanOrEqual(bound)
    expect(largest(dcd('image/kernel'))).toBeGreaterThan(0.98 * bound)
  })

  it('direction: a table, one-hot · linear, one-hot · PyTorch linear', () => {
    expect(gainOf(minimax('direction/embedding'))).toBeCloseTo(1, 5)
    expect(gainOf(jaxued('direction/embedding'))).toBeCloseTo(Math.SQRT2, 5)
    expect(largest(jaxued('direction/bias'))).toBe(0)
    for (const name of ['direction/embedding', 'direction/bias']) {
      expect(largest(dcd(name))).toBeLessThanOrEqual(0.5)
      expect(largest(dcd(name))).toBeGreaterThan(0.2)
    }
    expect(gainOf(dcd('direction/embedding'))).toBeNaN()
  })

  it('core input: orthogonal by gate, LeCun normal, orthogonal as one matrix', () => {
    const wx = minimax('core/wx')
    for (const gate of [0, 1, 2, 3])
      expect(gainOf(wx, gate * HIDDEN, (gate + 1) * HIDDEN)).toBeCloseTo(1, 5)
    expect(gainOf(wx)).toBeNaN()
    expect(deviation(jaxued('core/wx')) * Math.sqrt(149)).toBeCloseTo(1, 1)
    expect(gainOf(dcd('core/wx'))).toBeCloseTo(1, 5)
  })

  it('last actor layer: every weight 0.01 on request, as minimax has it', () => {
    expect(new Set(start('minimax', 'constant')('actor/out/w').values)).toEqual(
      new Set([Math.fround(0.01)]),
    )
  })
})
