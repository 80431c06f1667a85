import { beforeAll, describe, expect, it } from 'vitest'
import { stream } from '../../core/random.ts'
import { type NamedTensors, type Tensor, tensor } from '../../core/tensor.ts'
import type { EnvironmentSpec } from '../../envs/contract.ts'
import { openSession } from '../../inference/session.ts'
import { createNetwork, initialiseLayout, studentNetwork } from '../nets/index.ts'
import { gradientOnnx } from '../trainer/gradient-graph.ts'
import type { LossRule } from './loss.ts'
import { ppoObjective } from './objective.ts'

// The whole gradient graph, as ONNX Runtime computes it in float32, against a student and a loss written here a second
// time with plain loops in float64, and central differences of that.

const T = 5
const B = 3
const HIDDEN = 4
const HEAD = 3
const FILTERS = 2
const ACTIONS = 3
const RULE: LossRule = {
  clip: 0.2,
  valueClip: true,
  entropyCoefficient: 0.02,
  valueCoefficient: 0.5,
}
const SPEC: EnvironmentSpec = {
  id: 'test',
  profile: 'plain',
  observations: {
    image: { dtype: 'uint8', shape: [3, 4, 2], low: 0, high: 10 },
    direction: { dtype: 'int32', shape: [], low: 0, high: 3 },
  },
  actions: { kind: 'discrete', count: ACTIONS },
  agents: 1,
  seats: { agent: [0] },
}
const NETWORK = createNetwork(
  { observations: SPEC.observations, actions: SPEC.actions },
  {
    ...studentNetwork('minimax'),
    hidden: HIDDEN,
    headHidden: HEAD,
    filters: FILTERS,
    embedding: 2,
  },
)
const { layout } = NETWORK
const OBJECTIVE = ppoObjective(SPEC, NETWORK, RULE)

function feedsFrom(seed: number): Record<string, Tensor> {
  const random = stream(seed, 'feeds')
  const normal = (shape: number[], scale = 1) =>
    tensor(
      'float32',
      shape,
      Float32Array.from(
        { length: shape.reduce((a, b) => a * b, 1) },
        () => random.normal() * scale,
      ),
    )
  const parameters = tensor('float32', [layout.size])
  initialiseLayout(layout, parameters.data, [seed])
  // Away from the special points of the first weights: biases of 0, a uniform policy.
  for (let i = 0; i < layout.size; i++) parameters.data[i] += 0.3 * random.normal()
  const image = tensor('uint8', [T * B, 3, 4, 2])
  for (let i = 0; i < image.data.length; i++) image.data[i] = random.integer(11)
  const direction = tensor('int32', [T * B])
  const action = tensor('int32', [T * B])
  const reset = tensor('float32', [T, B])
  for (let i = 0; i < T * B; i++) {
    direction.data[i] = random.integer(4)
    action.data[i] = random.integer(ACTIONS)
    if (i >= B) reset.data[i] = random.integer(3) === 0 ? 1 : 0
  }
  const old = normal([T * B], 0.2)
  for (let i = 0; i < T * B; i++) old.data[i] -= 1.1
  return {
    'batch/parameters': parameters,
    image,
    direction,
    'batch/action': action,
    'batch/reset': reset,
    state_h: normal([B, HIDDEN], 0.5),
    state_c: normal([B, HIDDEN], 0.5),
    'batch/old_log_prob': old,
    'batch/old_value': normal([T * B]),
    'batch/advantage': normal([T * B]),
    'batch/target': normal([T * B]),
    'batch/weight': tensor('float32', [T * B], new Float32Array(T * B).fill(1)),
    'batch/kept_scale': tensor('float32', [], Float32Array.of(1 / (T * B))),
    'batch/all_scale': tensor('float32', [], Float32Array.of(1 / (T * B))),
  }
}

type Matrix = (row: number, column: number) => number

/** `total_loss` of flat parameters, straight from the definitions. */
function referenceLoss(flat: Float64Array, feeds: NamedTensors): number {
  const part = (name: string) => {
    const { offset, size, shape } = layout.segments.find((segment) => segment.name === name)!
    const data = flat.subarray(offset, offset + size)
    const columns = shape.at(-1)!
    const at: Matrix = (row, column) => data[row * columns + column]
    return { at, data, columns }
  }
  const product = (
    x: readonly number[],
    w: ReturnType<typeof part>,
    bias?: Float64Array,
  ): number[] =>
    Array.from({ length: w.columns }, (_, j) =>
      x.reduce((sum, value, i) => sum + value * w.at(i, j), bias?.[j] ?? 0),
    )
  const data = (name: string) => feeds[name].data as Float32Array
  const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))
  const head = (name: string, y: readonly number[]): number[] => {
    const hidden = product(y, part(`${name}/hidden/w`), part(`${name}/hidden/b`).data).map(
      Math.tanh,
    )
    return product(hidden, part(`${name}/out/w`), part(`${name}/out/b`).data)
  }
  const features = (n: number): number[] => {
    const kernel = part('image/kernel').data
    const out: number[] = []
    for (let column = 0; column < 2; column++)
      for (let f = 0; f < FILTERS; f++) {
        let sum = part('image/bias').data[f]
        for (let i = 0; i < 3; i++)
          for (let j = 0; j < 3; j++)
            for (let k = 0; k < 2; k++)
              sum +=
                (data('image')[((n * 3 + i) * 4 + column + j) * 2 + k] / 10) *
                kernel[((i * 3 + j) * 2 + k) * FILTERS + f]
        out.push(Math.max(0, sum))
      }
    const table = part('direction/embedding')
    return [...out, table.at(data('direction')[n], 0), table.at(data('direction')[n], 1)]
  }
  let total = 0
  for (let b = 0; b < B; b++) {
    let h = [...data('state_h').subarray(b * HIDDEN, (b + 1) * HIDDEN)]
    let c = [...data('state_c').subarray(b * HIDDEN, (b + 1) * HIDDEN)]
    for (let t = 0; t < T; t++) {
      const n = t * B + b
      if (data('batch/reset')[n] === 1) {
        h = h.map(() => 0)
        c = c.map(() => 0)
      }
      const fromX = product(features(n), part('core/wx'), part('core/b').data)
      const z = product(h, part('core/wh')).map((value, j) => value + fromX[j])
      const gate = (index: number, j: number) => z[index * HIDDEN + j]
      c = c.map((old, j) => sigmoid(gate(1, j)) * old + sigmoid(gate(0, j)) * Math.tanh(gate(2, j)))
      h = c.map((cell, j) => sigmoid(gate(3, j)) * Math.tanh(cell))
      total += stepLoss(head('actor', h), head('critic', h)[0], n, feeds) / (T * B)
    }
  }
  return total
}

function stepLoss(
  logits: readonly number[],
  value: number,
  n: number,
  feeds: NamedTensors,
): number {
  const at = (name: string) => feeds[`batch/${name}`].data[n] as number
  const norm = Math.log(logits.reduce((sum, x) => sum + Math.exp(x), 0))
  const logs = logits.map((x) => x - norm)
  const ratio = Math.exp(logs[at('action')] - at('old_log_prob'))
  const clipped = Math.min(Math.max(ratio, 1 - RULE.clip), 1 + RULE.clip)
  const policy = -Math.min(ratio * at('advantage'), clipped * at('advantage'))
  const step = Math.min(Math.max(value - at('old_value'), -RULE.clip), RULE.clip)
  const error = Math.max((value - at('target')) ** 2, (at('old_value') + step - at('target')) ** 2)
  const entropy = -logs.reduce((sum, x) => sum + Math.exp(x) * x, 0)
  return policy + RULE.valueCoefficient * 0.5 * error - RULE.entropyCoefficient * entropy
}

function centralDifferences(feeds: NamedTensors, width: number): Float64Array {
  const flat = Float64Array.from(feeds['batch/parameters'].data as Float32Array)
  return flat.map((kept, i) => {
    flat[i] = kept + width
    const above = referenceLoss(flat, feeds)
    flat[i] = kept - width
    const below = referenceLoss(flat, feeds)
    flat[i] = kept
    return (above - below) / (2 * width)
  })
}

describe('the gradient graph', () => {
  const feeds = feedsFrom(5)
  let found: NamedTensors
  beforeAll(async () => {
    const session = await openSession(gradientOnnx(OBJECTIVE, { steps: T, columns: B }))
    found = await session.run(feeds)
    await session.release()
  })

  it('has the loss of the reference', () => {
    const wanted = referenceLoss(
      Float64Array.from(feeds['batch/parameters'].data as Float32Array),
      feeds,
    )
    expect(found.terms.data[0]).toBeCloseTo(wanted, 5)
  })

  it('has the slope of the reference in every parameter', () => {
    const wanted = centralDifferences(feeds, 1e-6)
    const largest = Math.max(...wanted.map(Math.abs))
    const gradient = found.gradient.data as Float32Array
    for (const { name, offset, size } of layout.segments) {
      let worst = 0
      for (let i = offset; i < offset + size; i++)
        worst = Math.max(worst, Math.abs(gradient[i] - wanted[i]) / largest)
      expect(worst, name).toBeLessThan(2e-6)
      expect(
        Math.max(...wanted.subarray(offset, offset + size).map(Math.abs)),
        name,
      ).toBeGreaterThan(0)
    }
  })

  it('adds up over shards', async () => {
    const whole = found.gradient.data as Float32Array
    const sum = new Float64Array(layout.size)
    for (const columns of [[0, 1], [2]]) {
      const session = await openSession(
        gradientOnnx(OBJECTIVE, { steps: T, columns: columns.length }),
      )
      const part = await session.run(pickColumns(feeds, columns))
      await session.release()
      for (let i = 0; i < layout.size; i++) sum[i] += part.gradient.data[i] as number
    }
    for (let i = 0; i < layout.size; i++) expect(sum[i]).toBeCloseTo(whole[i], 5)
  })
})

function pickColumns(feeds: NamedTensors, columns: readonly number[]): NamedTensors {
  const picked: Record<string, Tensor> = {}
  for (const [name, source] of Object.entries(feeds)) {
    if (name === 'batch/parameters' || source.shape.length === 0) {
      picked[name] = source
      continue
    }
    const steps = name.startsWith('state') ? 1 : T
    const width = source.data.length / (steps * B)
    const values: number[] = []
    for (let t = 0; t < steps; t++)
      for (const b of columns) {
        const from = (t * B + b) * width
        values.push(...(source.data.slice(from, from + width) as Float32Array))
      }
    const shape =
      name === 'batch/reset'
        ? [T, columns.length]
        : [steps * columns.length, ...source.shape.slice(1)]
    const data = (source.data as Float32Array).constructor as Float32ArrayConstructor
    picked[name] = tensor(source.dtype, shape, new data(values))
  }
  return picked
}
