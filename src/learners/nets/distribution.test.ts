import { describe, expect, it } from 'vitest'
import type { ActionSpec } from '../../core/action-space.ts'
import { normalQuantile } from '../../core/normal-quantile.ts'
import { stream } from '../../core/random.ts'
import { type NamedTensors, tensor } from '../../core/tensor.ts'
import { openSession } from '../../inference/session.ts'
import { checkOperation, normals, type OperationCase } from '../graph/check-operation.ts'
import * as g from '../graph/index.ts'
import { distributionOf, sampleAction } from './distribution.ts'

async function sample(logits: readonly number[], noise: Float32Array): Promise<Int32Array> {
  const graph = g.createGraph()
  const values = g.input(graph, 'logits', 'float32', ['B', logits.length])
  const uniform = g.input(graph, 'noise', 'float32', ['B'])
  const session = await openSession(
    g.toOnnx(graph, { action: sampleAction(values, uniform, logits.length) }),
  )
  const rows = noise.length
  const data = Float32Array.from(
    { length: rows * logits.length },
    (_, i) => logits[i % logits.length],
  )
  const { action } = await session.run({
    logits: tensor('float32', [rows, logits.length], data),
    noise: tensor('float32', [rows], noise),
  })
  await session.release()
  return action.data as Int32Array
}

describe('sampling inside the graph', () => {
  it('takes actions as often as their probabilities say', async () => {
    const rows = 40_000
    const random = stream(4)
    const noise = Float32Array.from({ length: rows }, () => random.uniform())
    const counts = new Array(4).fill(0)
    for (const action of await sample([0.1, 0.2, 0.3, 0.4].map(Math.log), noise)) counts[action]++
    counts.forEach((count, i) => {
      const p = 0.1 * (i + 1)
      // Five standard deviations.
      expect(Math.abs(count - p * rows)).toBeLessThan(5 * Math.sqrt(rows * p * (1 - p)))
    })
  })

  it('stays inside the actions at both ends of the noise', async () => {
    const ends = Float32Array.of(0, 1 - 2 ** -24)
    for (const count of [2, 7, 169]) {
      const logits = Array.from({ length: count }, (_, i) => Math.sin(i))
      expect([...(await sample(logits, ends))]).toEqual([0, count - 1])
    }
  })

  it('never takes an impossible action', async () => {
    const ends = Float32Array.of(0, 0.5, 1 - 2 ** -24)
    const never = -1e30
    expect([...(await sample([never, 0, 0.3, 0.1, never], ends))]).toEqual([1, 2, 3])
  })
})

const PADS: ActionSpec = { kind: 'multi-discrete', counts: [3, 2] }
const ARM: ActionSpec = { kind: 'box', shape: [2], low: [-1, -1], high: [1, 1] }
const ROWS = 3
const PICKED = tensor('int32', [ROWS, 2], Int32Array.of(2, 0, 0, 1, 1, 1))

const list = (feeds: NamedTensors, name: string): number[] =>
  Array.from(feeds[name].data as ArrayLike<number>)
/** Log-probabilities of one categorical. */
const logs = (logits: readonly number[]): number[] => {
  const norm = Math.log(logits.reduce((sum, x) => sum + Math.exp(x), 0))
  return logits.map((x) => x - norm)
}
const perRow = (f: (row: number) => number): Float64Array =>
  Float64Array.from({ length: ROWS }, (_, row) => f(row))
const entropyOf = (logits: readonly number[]): number =>
  -logs(logits).reduce((sum, x) => sum + Math.exp(x) * x, 0)

const noise = (): ReturnType<typeof normals> => {
  const out = normals([ROWS, 2], 5)
  const ends = [0.003, 0.5, 0.2, 0.99, 0.075, 0.93]
  ends.forEach((value, i) => {
    out.data[i] = Math.fround(value)
  })
  return out
}

const CASES: Record<string, OperationCase> = {
  'log-probability of several choices': {
    feeds: { x: normals([ROWS, 5]), action: PICKED },
    build: ({ x, action }) => distributionOf(PADS, x).logProb(action),
    definition: (feeds) =>
      perRow((row) => {
        const x = list(feeds, 'x').slice(row * 5, row * 5 + 5)
        const [first, second] = PICKED.data.subarray(2 * row, 2 * row + 2)
        return logs(x.slice(0, 3))[first] + logs(x.slice(3))[second]
      }),
  },
  'entropy of several choices': {
    feeds: { x: normals([ROWS, 5]) },
    build: ({ x }) => distributionOf(PADS, x).entropy(),
    definition: (feeds) =>
      perRow((row) => {
        const x = list(feeds, 'x').slice(row * 5, row * 5 + 5)
        return entropyOf(x.slice(0, 3)) + entropyOf(x.slice(3))
      }),
  },
  'log-density of real numbers': {
    feeds: { x: normals([ROWS, 4], 2), action: normals([ROWS, 2], 3) },
    build: ({ x, action }) => distributionOf(ARM, x).logProb(action),
    definition: (feeds) =>
      perRow((row) => {
        const x = list(feeds, 'x').slice(row * 4, row * 4 + 4)
        const action = list(feeds, 'action').slice(row * 2, row * 2 + 2)
        return action.reduce((sum, a, i) => {
          const variance = Math.exp(x[2 + i]) ** 2
          return (
            sum +
            Math.log(
              Math.exp(-((a - x[i]) ** 2) / (2 * variance)) / Math.sqrt(2 * Math.PI * variance),
            )
          )
        }, 0)
      }),
  },
  'entropy of real numbers': {
    feeds: { x: normals([ROWS, 4], 2) },
    build: ({ x }) => distributionOf(ARM, x).entropy(),
    definition: (feeds) =>
      perRow((row) =>
        [2, 3].reduce(
          (sum, i) =>
            sum +
            0.5 * Math.log(2 * Math.PI * Math.E * Math.exp(list(feeds, 'x')[row * 4 + i]) ** 2),
          0,
        ),
      ),
  },
  'real numbers drawn from uniform noise': {
    feeds: { x: normals([ROWS, 4], 2), noise: noise() },
    fixed: ['noise'],
    build: ({ x, noise }) => distributionOf(ARM, x).sample(noise),
    definition: (feeds) =>
      Float64Array.from({ length: ROWS * 2 }, (_, at) => {
        const [row, i] = [Math.floor(at / 2), at % 2]
        const x = list(feeds, 'x').slice(row * 4, row * 4 + 4)
        return x[i] + Math.exp(x[2 + i]) * normalQuantile(list(feeds, 'noise')[at])
      }),
  },
}

describe('distributions over actions', () => {
  it.each(Object.entries(CASES))('%s', async (_, of) => {
    await checkOperation(of)
  })

  it('draws each component of several choices from its own noise', async () => {
    const graph = g.createGraph()
    const logits = g.input(graph, 'logits', 'float32', ['B', 5])
    const uniform = g.input(graph, 'noise', 'float32', ['B', 2])
    const action = distributionOf(PADS, logits).sample(uniform)
    const session = await openSession(g.toOnnx(graph, { action }))
    const found = await session.run({
      logits: tensor('float32', [3, 5]),
      noise: tensor('float32', [3, 2], Float32Array.of(0.1, 0.9, 0.5, 0.1, 0.9, 0.6)),
    })
    await session.release()
    expect([...(found.action.data as Int32Array)]).toEqual([0, 1, 1, 0, 2, 1])
    expect(found.action.shape).toEqual([3, 2])
  })

  it('draws finite numbers at both ends of the noise', async () => {
    const graph = g.createGraph()
    const parameters = g.input(graph, 'parameters', 'float32', ['B', 4])
    const uniform = g.input(graph, 'noise', 'float32', ['B', 2])
    const session = await openSession(
      g.toOnnx(graph, { action: distributionOf(ARM, parameters).sample(uniform) }),
    )
    const { action } = await session.run({
      parameters: tensor('float32', [2, 4]),
      noise: tensor('float32', [2, 2], Float32Array.of(0, 1 - 2 ** -24, 0.5, 1)),
    })
    await session.release()
    const [least, most, middle, end] = action.data as Float32Array
    expect(least).toBeCloseTo(-5.42, 1)
    expect(most).toBeGreaterThan(5)
    expect([middle, end]).toEqual([0, -least])
  })
})
