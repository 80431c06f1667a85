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
import { slice } from './slice.ts'
import { transpose } from './transpose.ts'
import { zerosLike } from './zeros.ts'

export interface GruWeights {
  /** `[I, 3H]`, gates in the order r, z, n. */
  readonly wx: Value
  /** `[H, 3H]`. */
  readonly wh: Value
  /** `[3H]`, on the side of the input. */
  readonly b: Value
}

/**
 * The cell (Cho et al., 2014, in the form of cuDNN, where the reset gate acts after the product):
 * `n = tanh(xn + r·candidate)`, `h' = n + z·(h − n)`. `rz` are the sums of both gates along `axis`, `xn` the input's
 * share of the candidate and `candidate` the state's.
 */
function cell(rz: Value, xn: Value, candidate: Value, h: Value, axis: 0 | 1) {
  const size = h.shape[axis]
  const [r, z] = split(sigmoid(rz), [size, size], axis)
  const n = tanh(add(xn, mul(r, candidate)))
  return { h: add(n, mul(z, sub(h, n))), r, z, n }
}

/** One step without a loop, for acting: `x [B, I]`, `h [B, H]` → the next `h`. */
export function gruStep(of: GruWeights & { readonly x: Value; readonly h: Value }): {
  readonly h: Value
} {
  requireRecurrent('gruStep', 3, { ...of, states: [of.h], rows: of.x.shape.slice(0, 1) })
  const sizes = gateSizes(of.wh)
  const [xrz, xn] = split(dense(of.x, of.wx, of.b), sizes, 1)
  const [hrz, candidate] = split(matmul(of.h, of.wh), sizes, 1)
  return { h: cell(add(xrz, hrz), xn, candidate, of.h, 1).h }
}

/** Columns of both gates, and of the candidate. */
function gateSizes(wh: Value): readonly [number, number] {
  const hidden = Number(wh.shape[0])
  return [2 * hidden, hidden]
}

export interface GruInputs extends GruWeights {
  /** `[T, B, I]`. */
  readonly x: Value
  /** `[B, H]`, before step 0. */
  readonly h0: Value
  /** `[T, B]`, 1 where the state is zeroed before the step, else 0. Has no gradient. */
  readonly reset: Value
}

/** Weights by what they are multiplied with, each `[rows, columns]` for products with a batch in columns. */
interface GruProducts {
  /** Both gates, from `[h; x; 1]`. */
  readonly gates: StackedWeights
  /** `[H, H]` and its transpose: the candidate, from `h`. */
  readonly state: Value
  readonly stateBack: Value
  /** `[H, I + 1]` from `[x; 1]`, and `[I, H]`. */
  readonly input: Value
  readonly inputBack: Value
}

function productsOf({ wx, wh, b }: GruWeights): GruProducts {
  const sizes = gateSizes(wh)
  const [wxGates, wxInput] = split(wx, sizes, 1)
  const [whGates, whState] = split(wh, sizes, 1)
  const [bGates, bInput] = split(b, sizes, 0)
  return {
    gates: stackWeights({ wx: wxGates, wh: whGates, b: bGates }),
    state: transpose(whState),
    stateBack: whState,
    input: transpose(concat([wxInput, reshape(bInput, [1, sizes[1]])], 0)),
    inputBack: wxInput,
  }
}

/** A sequence of GRU steps: `y [T, B, H]` and the last `h [B, H]`. Batch last inside the loop, like {@link lstm}. */
export function gru(of: GruInputs): { readonly y: Value; readonly h: Value } {
  const { x, h0, reset } = of
  const [steps, rows] = x.shape
  requireRecurrent(
    'gru',
    3,
    { ...of, states: [h0], rows: [rows] },
    { value: reset, shape: [steps, rows] },
  )
  const weights = productsOf(of)
  const keep = reshape(sub(1, reset), [steps, 1, rows])
  const ones = expandTo(constant(x.graph, 1), [1, rows])
  const { states, outputs } = scan({
    states: [transpose(h0)],
    sequences: [transpose(x, [0, 2, 1]), keep],
    body: ([h], [item, kept], capture) => {
      const hk = mul(h, kept)
      const x1 = concat([item, capture(ones)], 0)
      const hx = concat([hk, x1], 0)
      const rz = matmul(capture(weights.gates.forward), hx)
      const candidate = matmul(capture(weights.state), hk)
      const { h: next, r, z, n } = cell(rz, matmul(capture(weights.input), x1), candidate, hk, 0)
      return { states: [next], outputs: [next, hx, r, z, n, candidate] }
    },
    gradient: (gradients, results) => gruGradient(weights, keep, gradients, results),
  })
  return { y: transpose(outputs[0], [0, 2, 1]), h: transpose(states[0]) }
}

/** Gradients of h0, x, keep, ones and the three weights, all transposed. */
function gruGradient(
  weights: GruProducts,
  keep: Value,
  gradients: readonly (Value | undefined)[],
  [h, y, hx, r, z, n, candidate]: readonly Value[],
): readonly (Value | undefined)[] {
  const hidden = h.shape[0]
  const { sizes } = weights.gates
  const hk = slice(hx, 1, 0, hidden)
  const { states, outputs } = scan({
    states: [gradients[0] ?? zerosLike(h)],
    sequences: [gradients[1] ?? zerosLike(y), keep, hk, r, z, n, candidate],
    reverse: true,
    body: ([dhNext], [dy, kept, ...residuals], capture) => {
      const { drz, dn, dc, direct } = cellGradient(add(dy, dhNext), residuals)
      const [dhGates, dxGates] = split(matmul(capture(weights.gates.backward), drz), sizes, 0)
      const dhk = add(add(direct, dhGates), matmul(capture(weights.stateBack), dc))
      const dx = add(dxGates, matmul(capture(weights.inputBack), dn))
      return { states: [mul(dhk, kept)], outputs: [dx, drz, dn, dc] }
    },
  })
  const [dx, drz, dn, dc] = outputs
  return [
    states[0],
    dx,
    undefined,
    undefined,
    sumOfProducts(drz, hx),
    sumOfProducts(dc, hk),
    sumOfProducts(dn, slice(hx, 1, hidden)),
  ]
}

/** Gradients of the gates' sums, of `xn`, of `candidate`, and of `h` along `z·h`. */
function cellGradient(dh: Value, [hk, r, z, n, candidate]: readonly Value[]) {
  const direct = mul(dh, z)
  const through = sub(dh, direct)
  const dn = sub(through, mul(mul(through, n), n))
  const dz = mul(mul(direct, sub(hk, n)), sub(1, z))
  const dc = mul(dn, r)
  const dr = mul(mul(dc, candidate), sub(1, r))
  return { drz: concat([dr, dz], 0), dn, dc, direct }
}
