import { describe, expect, it } from 'vitest'
import { stream } from '../../core/random.ts'
import { elementCount, type NamedTensors, tensor } from '../../core/tensor.ts'
import { normals, runOnnx } from './check-operation.ts'
import { evaluate } from './evaluate.ts'
import { gradients } from './gradients.ts'
import { createGraph, type Graph, input, type Value } from './graph.ts'
import { toOnnx } from './onnx/to-onnx.ts'
import { relu, tanh } from './ops/activation.ts'
import { cast, lessEqual, where } from './ops/compare.ts'
import { conv2d } from './ops/conv2d.ts'
import { add, mul, neg, sub } from './ops/elementwise.ts'
import { embedding, takeLast } from './ops/gather.ts'
import { concat, split } from './ops/join.ts'
import { lstm } from './ops/lstm.ts'
import { abs, clip, exp, maximum, minimum, square } from './ops/math.ts'
import { dense } from './ops/matmul.ts'
import { reduceMean } from './ops/mean.ts'
import { reduceSum } from './ops/reduce.ts'
import { reshape } from './ops/reshape.ts'
import { logSoftmax } from './ops/softmax.ts'

const T = 8
const B = 4
const H = 6
const SHAPES = {
  kernel: [3, 3, 3, 4],
  table: [4, 3],
  wx: [39, 4 * H],
  wh: [H, 4 * H],
  b: [4 * H],
  actor: [H, 7],
  critic: [H, 1],
}
const SIZE = Object.values(SHAPES).reduce((sum, shape) => sum + elementCount(shape), 0)

function feedsOf(): NamedTensors {
  const random = stream(7, 'model')
  const draw = (bound: number, count: number) =>
    Int32Array.from({ length: count }, () => random.integer(bound))
  const parameters = normals([SIZE], random)
  parameters.data.forEach((v, i) => {
    parameters.data[i] = Math.fround(0.3 * v)
  })
  const reset = tensor('float64', [T, B])
  for (const at of [9, 17, 18, 30]) reset.data[at] = 1
  return {
    parameters,
    image: tensor('uint8', [T * B, 5, 5, 3], Uint8Array.from(draw(11, T * B * 75))),
    direction: tensor('int32', [T * B], draw(4, T * B)),
    action: tensor('int32', [T * B], draw(7, T * B)),
    reset,
    h0: normals([B, H], random),
    c0: normals([B, H], random),
    old: normals([T * B], random),
    advantage: normals([T * B], random),
    target: normals([T * B], random),
  }
}

/** Convolution, direction, LSTM, two heads and the clipped losses of PPO, with weights in one flat vector. */
function build(): { graph: Graph; loss: Value; slope: Value } {
  const graph = createGraph()
  const rows = 'B*T'
  const f = (name: string, ...shape: (number | string)[]) => input(graph, name, 'float32', shape)
  const parameters = f('parameters', SIZE)
  const sizes = Object.values(SHAPES).map(elementCount)
  const parts = split(parameters, sizes, 0)
  const p = Object.fromEntries(
    Object.entries(SHAPES).map(([name, shape], i) => [name, reshape(parts[i], shape)]),
  )
  const image = mul(cast(input(graph, 'image', 'uint8', [rows, 5, 5, 3]), 'float32'), 0.1)
  const direction = input(graph, 'direction', 'int32', [rows])
  const action = input(graph, 'action', 'int32', [rows])
  const reset = f('reset', 'T', 'B')
  const [h0, c0] = [f('h0', 'B', H), f('c0', 'B', H)]
  const [old, advantage, target] = [f('old', rows), f('advantage', rows), f('target', rows)]

  const maps = reshape(relu(conv2d(image, p.kernel)), [rows, 36])
  const features = concat([maps, embedding(p.table, direction)], 1)
  const x = reshape(features, ['T', 'B', 39])
  const y = reshape(lstm({ x, h0, c0, reset, wx: p.wx, wh: p.wh, b: p.b }).y, [rows, H])
  const logProbs = logSoftmax(dense(tanh(y), p.actor))
  const value = reshape(dense(y, p.critic), [rows])
  const ratio = exp(sub(takeLast(logProbs, action), mul(old, 0.1)))
  const gain = minimum(mul(ratio, advantage), mul(clip(ratio, 0.8, 1.2), advantage))
  const entropy = neg(reduceSum(mul(exp(logProbs), logProbs), [1]))
  const step = sub(value, old)
  const error = square(sub(value, target))
  const bounded = square(sub(add(old, clip(step, -0.2, 0.2)), target))
  const valueLoss = where(lessEqual(abs(step), 0.2), error, maximum(error, bounded))
  const loss = reduceMean(sub(sub(mul(valueLoss, 0.25), gain), mul(entropy, 0.01)))
  const [slope] = gradients(loss, [parameters])
  return { graph, loss, slope }
}

describe('a recurrent actor-critic with the losses of PPO', () => {
  const feeds = feedsOf()

  it('has the gradient that central differences find', () => {
    const { loss, slope } = build()
    const [exact] = evaluate([slope], feeds)
    const random = stream(3, 'pick')
    for (let k = 0; k < 24; k++) {
      const i = k < 12 ? k * Math.floor(SIZE / 12) : random.integer(SIZE)
      const moved = (by: number) => {
        const data = Float64Array.from(feeds.parameters.data as Float64Array)
        data[i] += by
        return evaluate([loss], { ...feeds, parameters: tensor('float64', [SIZE], data) })[0]
          .data[0]
      }
      const difference = (moved(1e-5) - moved(-1e-5)) / 2e-5
      expect(Math.abs(exact.data[i] - difference)).toBeLessThan(1e-8)
    }
  })

  it('gives that gradient in ONNX Runtime, twice with the same bits', async () => {
    const { graph, loss, slope } = build()
    const [exact, exactLoss] = evaluate([slope, loss], feeds)
    const first = await runOnnx(graph, { slope, loss }, feeds)
    const second = await runOnnx(graph, { slope, loss }, feeds)
    expect(second.slope.data).toEqual(first.slope.data)
    expect(first.loss.data[0]).toBeCloseTo(exactLoss.data[0], 5)
    let error = 0
    let norm = 0
    exact.data.forEach((expected, i) => {
      error += (expected - Number(first.slope.data[i])) ** 2
      norm += expected ** 2
    })
    expect(Math.sqrt(error / norm)).toBeLessThan(1e-5)
  })

  it('is built to the same bytes each time', () => {
    const [a, b] = [build(), build()]
    expect(toOnnx(a.graph, { slope: a.slope })).toEqual(toOnnx(b.graph, { slope: b.slope }))
  })
})
