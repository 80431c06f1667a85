import { describe, expect, it } from 'vitest'
import { stream } from '../../core/random.ts'
import { type NamedTensors, tensor } from '../../core/tensor.ts'
import { openSession } from '../../inference/session.ts'
import { checkOperation, normals } from '../graph/check-operation.ts'
import * as g from '../graph/index.ts'
import { erf64 } from '../graph/ops/activation.ts'
import { causalOnnx, packedLogits } from './causal-graph.ts'
import { packedBatch, packRows } from './packing.ts'
import { transformerLayout } from './transformer.ts'

const SHAPE = { vocabulary: 6, context: 8, layers: 2, width: 4, heads: 2 }
const layout = transformerLayout(SHAPE)
const weights = Object.fromEntries(
  layout.segments.map(({ name, shape }) => [name, normals(shape, stream(7, name))]),
)
const TEXTS = [
  { prompt: [1, 2, 3], answer: [4, 5] },
  { prompt: [5], answer: [1] },
  { prompt: [2, 2], answer: [3, 1, 5, 0] },
]
const size = { first: 0, rows: 2, context: SHAPE.context, promptWeight: 0.5 }
const batch = packedBatch(TEXTS, packRows(TEXTS, SHAPE.context), size)

type Matrix = number[][]
const data = (name: string): ArrayLike<number> => weights[name].data
const row = (name: string, at: number): number[] =>
  Array.from({ length: SHAPE.width }, (_, i) => data(name)[at * SHAPE.width + i])

function normalised(x: Matrix, name: string): Matrix {
  return x.map((v) => {
    const mean = v.reduce((a, b) => a + b) / v.length
    const variance = v.reduce((sum, b) => sum + (b - mean) ** 2, 0) / v.length
    return v.map(
      (b, i) =>
        ((b - mean) / Math.sqrt(variance + 1e-5)) * data(`${name}/scale`)[i] +
        data(`${name}/bias`)[i],
    )
  })
}

function linear(x: Matrix, name: string, to: number): Matrix {
  return x.map((v) =>
    Array.from({ length: to }, (_, j) =>
      v.reduce((sum, b, i) => sum + b * data(`${name}/w`)[i * to + j], data(`${name}/b`)[j]),
    ),
  )
}

/** One text by itself, token after token: GPT-2's equations in plain loops. */
function plainLogits(tokens: readonly number[]): Matrix {
  const { width, heads, layers, vocabulary } = SHAPE
  const part = width / heads
  const plus = (a: Matrix, b: Matrix): Matrix => a.map((v, i) => v.map((x, j) => x + b[i][j]))
  let x = tokens.map((token, at) =>
    row('embed/token', token).map((v, i) => v + row('embed/place', at)[i]),
  )
  for (let layer = 0; layer < layers; layer++) {
    const of = (name: string): string => `block-${layer}/${name}`
    const asked = linear(normalised(x, of('look')), of('ask'), 3 * width)
    const told = asked.map((own, at) =>
      Array.from({ length: heads }, (_, head) => {
        const scores = asked.slice(0, at + 1).map((other) => {
          let sum = 0
          for (let i = 0; i < part; i++)
            sum += own[head * part + i] * other[width + head * part + i]
          return Math.exp(sum / Math.sqrt(part))
        })
        const total = scores.reduce((a, b) => a + b)
        return Array.from({ length: part }, (_, i) =>
          scores.reduce(
            (sum, s, j) => sum + (s / total) * asked[j][2 * width + head * part + i],
            0,
          ),
        )
      }).flat(),
    )
    x = plus(x, linear(told, of('told'), width))
    const wide = linear(normalised(x, of('think')), of('wide'), 4 * width).map((v) =>
      v.map((b) => (b / 2) * (1 + erf64(b / Math.SQRT2))),
    )
    x = plus(x, linear(wide, of('narrow'), width))
  }
  return normalised(x, 'head/norm').map((v) =>
    Array.from({ length: vocabulary }, (_, token) =>
      row('embed/token', token).reduce((sum, w, i) => sum + w * v[i], 0),
    ),
  )
}

describe('a transformer over packed rows', () => {
  it('is that of each text by itself, and its gradient is right', async () => {
    const { tokens, places, texts, targets } = batch
    const feeds: NamedTensors = { ...weights, tokens, places, texts, targets }
    // Where something is read: places of padding have no definition.
    const berths = packRows(TEXTS, SHAPE.context)
    const read = TEXTS.flatMap(({ prompt, answer }, i) =>
      Array.from(
        { length: prompt.length + answer.length - 1 },
        (_, at) => berths[i].row * SHAPE.context + berths[i].from + at,
      ),
    )
    const errors = await checkOperation({
      feeds,
      build: ({ tokens: t, places: p, texts: s, ...parameters }) =>
        g.gather(
          packedLogits(SHAPE, parameters, { tokens: t, places: p, texts: s }),
          g.constant(t.graph, tensor('int32', [read.length], Int32Array.from(read))),
        ),
      definition: () =>
        Float64Array.from(
          TEXTS.flatMap(({ prompt, answer }) =>
            plainLogits([...prompt, ...answer].slice(0, -1)).flat(),
          ),
        ),
      tolerance: 2e-5,
    })
    expect(errors.definition).toBeLessThan(1e-12)
  })

  it('is the same in the file, whatever stands to the right', async () => {
    const baked = Object.fromEntries(
      Object.entries(weights).map(([name, { shape, data: from }]) => [
        name,
        tensor('float32', shape, Float32Array.from(from)),
      ]),
    )
    const session = await openSession(causalOnnx(SHAPE, baked))
    try {
      const text = [1, 2, 3, 4]
      const run = async (rows: readonly (readonly number[])[]) => {
        const flat = BigInt64Array.from(rows.flat(), BigInt)
        const { logits } = await session.run({
          tokens: tensor('int64', [rows.length, rows[0].length], flat),
        })
        expect(logits.shape).toEqual([rows.length, rows[0].length, SHAPE.vocabulary])
        return Array.from(logits.data as Float32Array)
      }
      const expected = plainLogits(text).flat()
      const near = (found: readonly number[]): void =>
        expected.forEach((value, i) => {
          expect(found[i]).toBeCloseTo(value, 4)
        })
      near(await run([text]))
      near(
        await run([
          [...text, 5, 0],
          [0, 1, 2, 3, 4, 5],
        ]),
      )
    } finally {
      await session.release()
    }
  })
})
