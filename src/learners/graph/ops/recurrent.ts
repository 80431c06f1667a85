import { type Dim, type Shape, sameShape } from '../dims.ts'
import type { Value } from '../graph.ts'
import { knownSize, shapeError } from '../shape.ts'
import { concat } from './join.ts'
import { gemm } from './matmul.ts'
import { reshape } from './reshape.ts'
import { transpose } from './transpose.ts'

/** What recurrent cells have in common: inputs, states, and weights of `gates · H` columns. */
export interface RecurrentOperands {
  readonly x: Value
  readonly states: readonly Value[]
  readonly wx: Value
  readonly wh: Value
  readonly b: Value
  /** Shape of one row of `x` and of the states apart from their last axis. */
  readonly rows: Shape
}

/** Checks the shapes of a recurrent operation. Throws `graph/shape`. */
export function requireRecurrent(
  op: string,
  gates: number,
  of: RecurrentOperands,
  reset?: { readonly value: Value; readonly shape: Shape },
): void {
  const hidden = knownSize(op, of.wh.shape, 0)
  const rank = reset === undefined ? 2 : 3
  const columns = gates * hidden
  if (of.x.shape.length !== rank) {
    throw shapeError(op, rank === 3 ? 'x [T, B, I]' : 'x [B, I]', [of.x.shape])
  }
  const expected: readonly (readonly [string, Value, Shape])[] = [
    [`wx [I, ${gates}H]`, of.wx, [of.x.shape[rank - 1], columns]],
    [`wh [H, ${gates}H]`, of.wh, [hidden, columns]],
    [`b [${gates}H]`, of.b, [columns]],
    ...of.states.map((state) => ['states [B, H]', state, [...of.rows, hidden]] as const),
    ...(reset === undefined ? [] : [['reset [T, B]', reset.value, reset.shape] as const]),
  ]
  for (const [what, value, shape] of expected) {
    if (!sameShape(value.shape, shape)) {
      throw shapeError(op, `${what}, here [${shape.join(', ')}]`, [value.shape])
    }
  }
}

export interface StackedWeights {
  /** `[gates·H, H + I + 1]`: for the product with `[h; x; 1]`. Gradients go to the weights through this one. */
  readonly forward: Value
  /** `[H + I, gates·H]`: from gradients of gates back to `[h; x]`. */
  readonly backward: Value
  /** `[H, I]`. */
  readonly sizes: readonly Dim[]
}

/** The weights of a cell as one matrix in each direction, made once outside the loops. */
export function stackWeights({
  wx,
  wh,
  b,
}: Pick<RecurrentOperands, 'wx' | 'wh' | 'b'>): StackedWeights {
  const columns = concat([wh, wx, reshape(b, [1, b.shape[0]])], 0)
  return {
    forward: transpose(columns),
    backward: concat([wh, wx], 0),
    sizes: [wh.shape[0], wx.shape[0]],
  }
}

/** `Σ_t a_t · b_tᵀ` of `[T, M, B]` and `[T, N, B]`, as one product over all steps and rows: `[M, N]`. */
export function sumOfProducts(a: Value, b: Value): Value {
  const flat = (value: Value): Value => reshape(transpose(value, [1, 0, 2]), [value.shape[1], -1])
  return gemm(flat(a), flat(b), { transposeB: true })
}
