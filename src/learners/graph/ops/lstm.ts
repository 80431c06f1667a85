import type { Value } from '../graph.ts'
import { sigmoid, tanh } from './activation.ts'
import { constant } from './constant.ts'
import { add, mul, sub } from './elementwise.ts'
import { concat, split } from './join.ts'
import { dense, matmul } from './matmul.ts'
import { requireRecurrent, type StackedWeights, stackWeights, sumOfProducts } from './recurrent.ts'
import { expandTo } from './reduce.ts'
import { reshape } from './reshape.ts'
import { scan } from './scan.ts'
import { transpose } from './transpose.ts'
import { zerosLike } from './zeros.ts'

export interface LstmWeights {
  /** `[I, 4H]`, gates in the order i, f, g, o. */
  readonly wx: Value
  /** `[H, 4H]`. */
  readonly wh: Value
  /** `[4H]`. */
  readonly b: Value
}

/**
 * The cell (Hochreiter and Schmidhuber, 1997, with forget gate): from the sum of products `z` and the state `c`, whose
 * gates and units lie along `axis`.
 */
function cell(z: Value, c: Value, axis: 0 | 1) {
  const size = c.shape[axis]
  const [zi, zf, zg, zo] = split(z, [size, size, size, size], axis)
  const [i, f, g, o] = [sigmoid(zi), sigmoid(zf), tanh(zg), sigmoid(zo)]
  const next = add(mul(f, c), mul(i, g))
  const tanhC = tanh(next)
  return { h: mul(o, tanhC), c: next, tanhC, i, f, g, o }
}

/** One step without a loop, for acting: `x [B, I]`, `h [B, H]`, `c [B, H]` → the next `h` and `c`. */
export function lstmStep(
  of: LstmWeights & { readonly x: Value; readonly h: Value; readonly c: Value },
): { readonly h: Value; readonly c: Value } {
  requireRecurrent('lstmStep', 4, { ...of, states: [of.h, of.c], rows: of.x.shape.slice(0, 1) })
  const { h, c } = cell(add(dense(of.x, of.wx, of.b), matmul(of.h, of.wh)), of.c, 1)
  return { h, c }
}

export interface LstmInputs extends LstmWeights {
  /** `[T, B, I]`. */
  readonly x: Value
  /** `[B, H]`, before step 0. */
  readonly h0: Value
  readonly c0: Value
  /** `[T, B]`, 1 where the state is zeroed before the step, else 0. Has no gradient. */
  readonly reset: Value
}

/**
 * A sequence of LSTM steps: `y [T, B, H]` and the last `h`, `c` `[B, H]`.
 *
 * Inside the loop everything is transposed, batch last: the runtime repacks the right factor of every product, and so
 * that is the small one, `[h; x; 1]`, rather than the weights. One product serves input, state and bias; the weights'
 * gradients are one product over all steps after the backward loop.
 */
export function lstm(of: LstmInputs): { readonly y: Value; readonly h: Value; readonly c: Value } {
  const { x, h0, c0, reset } = of
  const [steps, rows] = x.shape
  requireRecurrent(
    'lstm',
    4,
    { ...of, states: [h0, c0], rows: [rows] },
    { value: reset, shape: [steps, rows] },
  )
  const weights = stackWeights(of)
  const keep = reshape(sub(1, reset), [steps, 1, rows])
  const ones = expandTo(constant(x.graph, 1), [1, rows])
  const { states, outputs } = scan({
    states: [transpose(h0), transpose(c0)],
    sequences: [transpose(x, [0, 2, 1]), keep],
    body: ([h, c], [item, kept], capture) => {
      const hx = concat([mul(h, kept), item, capture(ones)], 0)
      const ck = mul(c, kept)
      const next = cell(matmul(capture(weights.forward), hx), ck, 0)
      const { i, f, g, o, tanhC } = next
      return { states: [next.h, next.c], outputs: [next.h, hx, ck, tanhC, i, f, g, o] }
    },
    gradient: (gradients, results) => lstmGradient(weights, keep, gradients, results),
  })
  return {
    y: transpose(outputs[0], [0, 2, 1]),
    h: transpose(states[0]),
    c: transpose(states[1]),
  }
}

/** Gradients of h0, c0, x, keep, ones and the stacked weights, all transposed. */
function lstmGradient(
  weights: StackedWeights,
  keep: Value,
  gradients: readonly (Value | undefined)[],
  [h, c, y, hx, ck, tanhC, i, f, g, o]: readonly Value[],
): readonly (Value | undefined)[] {
  const { backward, sizes } = weights
  const { states, outputs } = scan({
    states: [gradients[0] ?? zerosLike(h), gradients[1] ?? zerosLike(c)],
    sequences: [gradients[2] ?? zerosLike(y), keep, ck, tanhC, i, f, g, o],
    reverse: true,
    body: ([dhNext, dcNext], [dy, kept, ...residuals], capture) => {
      const { dz, dck } = cellGradient(add(dy, dhNext), dcNext, residuals)
      const [dhk, dx] = split(matmul(capture(backward), dz), sizes, 0)
      return { states: [mul(dhk, kept), mul(dck, kept)], outputs: [dz, dx] }
    },
  })
  const [dz, dx] = outputs
  return [states[0], states[1], dx, undefined, undefined, sumOfProducts(dz, hx)]
}

/** `∂z [4H, B]` and the gradient of the kept cell state, from those of `h` and `c` and what the forward step left. */
function cellGradient(
  dh: Value,
  dcNext: Value,
  [ck, tanhC, i, f, g, o]: readonly Value[],
): { readonly dz: Value; readonly dck: Value } {
  const dTanh = mul(dh, o)
  const through = mul(dTanh, tanhC)
  const dc = add(dcNext, sub(dTanh, mul(through, tanhC)))
  const dci = mul(dc, i)
  const dck = mul(dc, f)
  const dzi = mul(mul(dci, g), sub(1, i))
  const dzf = mul(mul(dck, ck), sub(1, f))
  const dzg = sub(dci, mul(mul(dci, g), g))
  const dzo = sub(through, mul(through, o))
  return { dz: concat([dzi, dzf, dzg, dzo], 0), dck }
}
