import { describe, expect, it } from 'vitest'
import { stream } from '../../core/random.ts'
import { type NamedTensors, type Tensor, tensor } from '../../core/tensor.ts'
import { checkOperation, normals, runOnnx } from '../graph/check-operation.ts'
import * as g from '../graph/index.ts'
import { erf64 } from '../graph/ops/activation.ts'
import { initialise } from './init.ts'
import { initialiseLayout, layoutOf, segmentTensors } from './segments.ts'
import { type StateSpaceOptions, stateSpaceCore } from './state-space.ts'

const [T, B, FEATURES, HIDDEN] = [3, 2, 2, 3]
const SMALL: StateSpaceOptions = { layers: 2, state: 4, blocks: 1, norm: 'post' }
const P = SMALL.state / 2

/** Weights as they start, but with scales, biases and skips of all sizes. */
function weightsOf(of: StateSpaceOptions): Record<string, Tensor> {
  const layout = layoutOf(stateSpaceCore(FEATURES, HIDDEN, of).segments)
  const flat = new Float32Array(layout.size)
  initialiseLayout(layout, flat, ['state space'])
  return Object.fromEntries(
    Object.entries(segmentTensors(layout, flat)).map(([name, { shape, data }]) => {
      const moved = normals(shape, stream('moved', name))
      const own = Float64Array.from(data, (value, i) => Math.fround(value + 0.1 * moved.data[i]))
      return [name, tensor('float64', shape, own)]
    }),
  )
}

function feedsOf(of: StateSpaceOptions): Record<string, Tensor> {
  const reset = tensor('float64', [T, B])
  reset.data[2 * B] = 1
  reset.data[1] = 1
  return {
    ...weightsOf(of),
    x: normals([T, B, FEATURES], 1),
    state_re: normals([B, of.layers, P], 2),
    state_im: normals([B, of.layers, P], 3),
    reset,
  }
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))
const gelu = (x: number): number => (x * (1 + erf64(x / Math.SQRT2))) / 2

/** The core from its equations: row by row, step by step, one complex number after another. */
function definition(of: StateSpaceOptions, feeds: NamedTensors): Float64Array {
  const data = (name: string): number[] => Array.from(feeds[name].data as Float64Array)
  const affine = (x: readonly number[], w: string, b: string): number[] =>
    data(b).map((bias, j) =>
      x.reduce((sum, value, i) => sum + value * data(w)[i * data(b).length + j], bias),
    )
  const out = new Float64Array(T * B * HIDDEN)
  for (let row = 0; row < B; row++) {
    const state = [...data('state_re').keys()].map((i) => ({
      re: data('state_re')[i],
      im: data('state_im')[i],
    }))
    for (let t = 0; t < T; t++) {
      const from = (t * B + row) * FEATURES
      let y = affine(data('x').slice(from, from + FEATURES), 'core/w', 'core/b')
      for (let layer = 0; layer < of.layers; layer++) {
        const name = (part: string): string => `core/${layer}/${part}`
        const normalised = (x: readonly number[]): number[] => {
          const mean = x.reduce((a, b) => a + b) / x.length
          const variance = x.reduce((a, b) => a + (b - mean) ** 2, 0) / x.length
          return x.map(
            (value, i) =>
              ((value - mean) / Math.sqrt(variance + 1e-6)) * data(name('norm/scale'))[i] +
              data(name('norm/bias'))[i],
          )
        }
        const u = of.norm === 'pre' ? normalised(y) : y
        const read = new Array<number>(HIDDEN).fill(0)
        for (let p = 0; p < P; p++) {
          const at = (row * of.layers + layer) * P + p
          const step = Math.exp(data(name('log_step'))[p])
          const [lRe, lIm] = [data(name('lambda_re'))[p], data(name('lambda_im'))[p]]
          const size = Math.exp(lRe * step)
          const [aRe, aIm] = [size * Math.cos(lIm * step), size * Math.sin(lIm * step)]
          // (Λ̄ − 1) / Λ, as a quotient of complex numbers.
          const under = lRe * lRe + lIm * lIm
          const [hRe, hIm] = [
            ((aRe - 1) * lRe + aIm * lIm) / under,
            (aIm * lRe - (aRe - 1) * lIm) / under,
          ]
          let [bRe, bIm] = [0, 0]
          u.forEach((value, i) => {
            bRe += value * data(name('b'))[i * 2 * P + p]
            bIm += value * data(name('b'))[i * 2 * P + P + p]
          })
          const kept = Number(feeds.reset.data[t * B + row]) === 1 ? { re: 0, im: 0 } : state[at]
          state[at] = {
            re: aRe * kept.re - aIm * kept.im + hRe * bRe - hIm * bIm,
            im: aRe * kept.im + aIm * kept.re + hRe * bIm + hIm * bRe,
          }
          for (let j = 0; j < HIDDEN; j++)
            read[j] +=
              2 * state[at].re * data(name('c'))[p * HIDDEN + j] +
              2 * state[at].im * data(name('c'))[(P + p) * HIDDEN + j]
        }
        const h = read.map((value, j) => gelu(value + data(name('d'))[j] * u[j]))
        const gate = affine(h, name('gate/w'), name('gate/b')).map(sigmoid)
        const sum = y.map((value, j) => value + h[j] * gate[j])
        y = of.norm === 'post' ? normalised(sum) : sum
      }
      out.set(y, (t * B + row) * HIDDEN)
    }
  }
  return out
}

const sequenceOf = (of: StateSpaceOptions, v: Readonly<Record<string, g.Value>>): g.Value =>
  stateSpaceCore(FEATURES, HIDDEN, of).sequence(v, v.x, v, v.reset)

describe('an S5 core', () => {
  it.each(['pre', 'post'] as const)(
    'is its equations, with gradients, normalised %s',
    async (norm) => {
      const of = { ...SMALL, norm }
      await checkOperation({
        feeds: feedsOf(of),
        fixed: ['reset'],
        build: (v) => sequenceOf(of, v),
        definition: (feeds) => definition(of, feeds),
      })
    },
    60_000,
  )

  it('acts step by step as it saw the sequence', async () => {
    const feeds = feedsOf(SMALL)
    const all = g.createGraph()
    const whole = Object.fromEntries(
      Object.entries(feeds).map(([name, { shape }]) => [
        name,
        g.input(all, name, 'float32', shape),
      ]),
    )
    const { y: expected } = await runOnnx(all, { y: sequenceOf(SMALL, whole) }, feeds)

    const one = g.createGraph()
    const inputs = Object.fromEntries(
      Object.entries(feeds)
        .filter(([name]) => name !== 'reset')
        .map(([name, { shape }]) => {
          const rows =
            name === 'x'
              ? ['B', FEATURES]
              : name.startsWith('state')
                ? ['B', ...shape.slice(1)]
                : shape
          return [name, g.input(one, name, 'float32', rows)]
        }),
    )
    const { y, carry } = stateSpaceCore(FEATURES, HIDDEN, SMALL).step(inputs, inputs.x, inputs)
    let state: NamedTensors = { state_re: feeds.state_re, state_im: feeds.state_im }
    for (let t = 0; t < T; t++) {
      const x = tensor(
        'float64',
        [B, FEATURES],
        (feeds.x.data as Float64Array).slice(t * B * FEATURES, (t + 1) * B * FEATURES),
      )
      for (const part of Object.values(state))
        for (let row = 0; row < B; row++)
          if (Number(feeds.reset.data[t * B + row]) === 1)
            (part.data as Float32Array).fill(
              0,
              row * SMALL.layers * P,
              (row + 1) * SMALL.layers * P,
            )
      const found = await runOnnx(
        one,
        { y, ...{ re: carry.state_re, im: carry.state_im } },
        { ...feeds, ...state, x },
      )
      state = { state_re: found.re, state_im: found.im }
      const due = (expected.data as Float32Array).subarray(t * B * HIDDEN, (t + 1) * B * HIDDEN)
      for (const [i, value] of due.entries()) expect(found.y.data[i]).toBeCloseTo(value, 5)
    }
  })

  it('has the shapes of minimax at its size', () => {
    const of = { layers: 2, state: 256, blocks: 2, norm: 'post' } as const
    const { segments, state } = stateSpaceCore(149, 256, of)
    // Linear 149 → 256; per layer Λ and Δ, B and C as complex numbers, D, gate and norm.
    const layer = 3 * 128 + 2 * 256 * 256 + 256 + (256 * 256 + 256) + 2 * 256
    expect(layoutOf(segments).size).toBe(149 * 256 + 256 + 2 * layer)
    expect(state.state_re.shape).toEqual([2, 128])
  })
})

describe('the weights of a state space', () => {
  it('start as deep as said: B of one real matrix, C of a complex one', () => {
    const [h, p2] = [48, 64]
    const input = new Float32Array(h * p2)
    initialise(input, [h, p2], { kind: 'hippo-input', blocks: 2 }, stream('b'))
    const output = new Float32Array(p2 * h)
    initialise(output, [p2, h], { kind: 'hippo-output', blocks: 2 }, stream('c'))
    const power = (list: Float32Array): number => list.reduce((sum, x) => sum + x * x, 0)
    // Columns of V have length 1: P·H complex numbers, each with the variance of the draws.
    expect(power(input) / ((p2 / 2) * h)).toBeCloseTo(1 / h, 3)
    expect((power(output) / ((p2 / 2) * h)) * p2 * h).toBeCloseTo(2, 1)
  })

  it('start the same from the same stream, and step sizes lie between both bounds', () => {
    const draw = (): Float32Array => {
      const out = new Float32Array(200)
      initialise(out, [200], { kind: 'log-uniform', low: 0.001, high: 0.1 }, stream('steps'))
      return out
    }
    expect(draw()).toEqual(draw())
    const sizes = draw().map(Math.exp)
    expect(Math.min(...sizes)).toBeGreaterThan(0.001)
    expect(Math.min(...sizes)).toBeLessThan(0.0012)
    expect(Math.max(...sizes)).toBeGreaterThan(0.08)
    expect(Math.max(...sizes)).toBeLessThan(0.1)
  })
})
