import { describe, expect, it } from 'vitest'
import { type Tensor, tensor } from '../../../core/tensor.ts'
import { checkOperation, normals, runOnnx } from '../check-operation.ts'
import { evaluate } from '../evaluate.ts'
import { createGraph, input, type Value } from '../graph.ts'
import { gru, gruStep } from './gru.ts'
import { lstm, lstmStep } from './lstm.ts'

const T = 4
const B = 2
const I = 2
const H = 3

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))
const small = (of: Tensor): Tensor =>
  tensor(
    'float64',
    of.shape,
    Float64Array.from(of.data as Float64Array, (v) => Math.fround(v / 2)),
  )

function resets(): Tensor {
  const reset = tensor('float64', [T, B])
  reset.data[1 * B + 0] = 1
  reset.data[3 * B + 1] = 1
  reset.data[0 * B + 1] = 1
  return reset
}

function feedsFor(gates: number, symbols: boolean) {
  const feeds = {
    x: normals([T, B, I], 1),
    h0: normals([B, H], 2),
    c0: normals([B, H], 3),
    reset: resets(),
    wx: small(normals([I, gates * H], 4)),
    wh: small(normals([H, gates * H], 5)),
    b: small(normals([gates * H], 6)),
  }
  const shapes = symbols
    ? { x: ['T', 'B', I], h0: ['B', H], c0: ['B', H], reset: ['T', 'B'] }
    : undefined
  return { feeds, shapes }
}

/** One step of one row from scratch: sums of products, column by column. */
function sums(feeds: Record<string, Tensor>, x: number[], h: number[], columns: number): number[] {
  const at = (name: string, row: number, j: number) => Number(feeds[name].data[row * columns + j])
  return Array.from({ length: columns }, (_, j) => {
    let sum = Number(feeds.b.data[j])
    x.forEach((v, k) => {
      sum += v * at('wx', k, j)
    })
    h.forEach((v, k) => {
      sum += v * at('wh', k, j)
    })
    return sum
  })
}

function lstmByHand(feeds: Record<string, Tensor>): number[] {
  const y = new Array<number>(T * B * H)
  for (let row = 0; row < B; row++) {
    let h = Array.from({ length: H }, (_, k) => Number(feeds.h0.data[row * H + k]))
    let c = Array.from({ length: H }, (_, k) => Number(feeds.c0.data[row * H + k]))
    for (let t = 0; t < T; t++) {
      if (feeds.reset.data[t * B + row] === 1) {
        h = h.map(() => 0)
        c = c.map(() => 0)
      }
      const x = Array.from({ length: I }, (_, k) => Number(feeds.x.data[(t * B + row) * I + k]))
      const z = sums(feeds, x, h, 4 * H)
      c = c.map((v, k) => sigmoid(z[H + k]) * v + sigmoid(z[k]) * Math.tanh(z[2 * H + k]))
      h = c.map((v, k) => sigmoid(z[3 * H + k]) * Math.tanh(v))
      h.forEach((v, k) => {
        y[(t * B + row) * H + k] = v
      })
    }
  }
  return y
}

function gruByHand(feeds: Record<string, Tensor>): number[] {
  const y = new Array<number>(T * B * H)
  for (let row = 0; row < B; row++) {
    let h = Array.from({ length: H }, (_, k) => Number(feeds.h0.data[row * H + k]))
    for (let t = 0; t < T; t++) {
      if (feeds.reset.data[t * B + row] === 1) h = h.map(() => 0)
      const x = Array.from({ length: I }, (_, k) => Number(feeds.x.data[(t * B + row) * I + k]))
      const z = sums(feeds, x, h, 3 * H)
      // The candidate's share of the state is what the sums have beyond those of the input alone.
      const own = sums(
        feeds,
        x,
        h.map(() => 0),
        3 * H,
      )
      h = h.map((v, k) => {
        const candidate = z[2 * H + k] - own[2 * H + k]
        const n = Math.tanh(own[2 * H + k] + sigmoid(z[k]) * candidate)
        return (1 - sigmoid(z[H + k])) * n + sigmoid(z[H + k]) * v
      })
      h.forEach((v, k) => {
        y[(t * B + row) * H + k] = v
      })
    }
  }
  return y
}

const buildLstm = (v: Record<string, Value>) =>
  lstm({ x: v.x, h0: v.h0, c0: v.c0, reset: v.reset, wx: v.wx, wh: v.wh, b: v.b })
const buildGru = (v: Record<string, Value>) =>
  gru({ x: v.x, h0: v.h0, reset: v.reset, wx: v.wx, wh: v.wh, b: v.b })

describe('lstm', () => {
  it.each([false, true])('passes the check of operations (symbolic sizes: %s)', async (symbols) => {
    const { feeds, shapes } = feedsFor(4, symbols)
    await checkOperation({
      feeds,
      shapes,
      fixed: ['reset'],
      build: (v) => {
        const { y, h, c } = buildLstm(v)
        return [y, h, c]
      },
    })
  })

  it('differentiates when only the sequence is used', async () => {
    const { feeds } = feedsFor(4, false)
    await checkOperation({ feeds, fixed: ['reset'], build: (v) => buildLstm(v).y })
  })

  it('agrees with a loop written from scratch', () => {
    const { feeds } = feedsFor(4, false)
    const graph = createGraph()
    const values = Object.fromEntries(
      Object.entries(feeds).map(([name, { shape }]) => [
        name,
        input(graph, name, 'float32', shape),
      ]),
    )
    const [y] = evaluate([buildLstm(values).y], feeds)
    lstmByHand(feeds).forEach((expected, i) => {
      expect(y.data[i]).toBeCloseTo(expected, 12)
    })
  })

  it('takes the steps of lstmStep', async () => {
    const { feeds } = feedsFor(4, false)
    const graph = createGraph()
    const values = Object.fromEntries(
      Object.entries(feeds).map(([name, { shape }]) => [
        name,
        input(graph, name, 'float32', shape),
      ]),
    )
    const row = input(graph, 'x0', 'float32', [B, I])
    const step = lstmStep({ ...values, x: row, h: values.h0, c: values.c0 } as never)
    const first = { ...feeds, x0: tensor('float64', [B, I], feeds.x.data.slice(0, B * I)) }
    first.reset = tensor('float64', [T, B])
    const whole = await runOnnx(graph, { y: buildLstm(values).y, h: step.h }, first)
    const [step64] = evaluate([step.h], first)
    step64.data.forEach((expected, i) => {
      expect(whole.y.data[i]).toBeCloseTo(expected, 6)
      expect(whole.h.data[i]).toBeCloseTo(expected, 6)
    })
  })

  it('names what is wrong with its shapes', () => {
    const graph = createGraph()
    const make = (name: string, ...shape: (number | string)[]) =>
      input(graph, name, 'float32', shape)
    const of = {
      x: make('x', 'T', 'B', 3),
      h0: make('h0', 'B', 8),
      c0: make('c0', 'B', 8),
      reset: make('reset', 'T', 'B'),
      wx: make('wx', 3, 32),
      wh: make('wh', 8, 32),
      b: make('b', 31),
    }
    expect(() => lstm(of)).toThrow('lstm: expected b [4H], here [32], found [31]')
  })
})

describe('gru', () => {
  it.each([false, true])('passes the check of operations (symbolic sizes: %s)', async (symbols) => {
    const { feeds, shapes } = feedsFor(3, symbols)
    await checkOperation({
      feeds,
      shapes,
      fixed: ['reset', 'c0'],
      build: (v) => {
        const { y, h } = buildGru(v)
        return [y, h]
      },
    })
  })

  it('differentiates when only the sequence is used', async () => {
    const { feeds } = feedsFor(3, false)
    await checkOperation({ feeds, fixed: ['reset', 'c0'], build: (v) => buildGru(v).y })
  })

  it('agrees with a loop written from scratch', () => {
    const { feeds } = feedsFor(3, false)
    const graph = createGraph()
    const values = Object.fromEntries(
      Object.entries(feeds).map(([name, { shape }]) => [
        name,
        input(graph, name, 'float32', shape),
      ]),
    )
    const [y] = evaluate([buildGru(values).y], feeds)
    gruByHand(feeds).forEach((expected, i) => {
      expect(y.data[i]).toBeCloseTo(expected, 12)
    })
  })

  it('steps like gruStep, whose candidate resets after the product', () => {
    const graph = createGraph()
    const feeds: Record<string, Tensor> = {
      x: normals([1, 1], 1),
      h: normals([1, 1], 2),
      wx: normals([1, 3], 3),
      wh: normals([1, 3], 4),
      b: normals([3], 5),
    }
    const values = Object.fromEntries(
      Object.entries(feeds).map(([name, { shape }]) => [
        name,
        input(graph, name, 'float32', shape),
      ]),
    )
    const [found] = evaluate([gruStep(values as never).h], feeds)
    const n = (name: string, i: number) => Number(feeds[name].data[i])
    const [x, h] = [n('x', 0), n('h', 0)]
    const r = sigmoid(x * n('wx', 0) + n('b', 0) + h * n('wh', 0))
    const z = sigmoid(x * n('wx', 1) + n('b', 1) + h * n('wh', 1))
    const candidate = Math.tanh(x * n('wx', 2) + n('b', 2) + r * h * n('wh', 2))
    expect(found.data[0]).toBeCloseTo((1 - z) * candidate + z * h, 14)
  })
})
