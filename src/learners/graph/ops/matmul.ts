import { elementCount } from '../../../core/tensor.ts'
import { array64, broadcastSizes, broadcastStrides, stridesOf, walk } from '../array.ts'
import type { Shape } from '../dims.ts'
import { type Array64, addNode, type Value } from '../graph.ts'
import { broadcastShapes, FLOATS, requireDType, shapeError } from '../shape.ts'
import { add } from './elementwise.ts'
import { sumTo } from './reduce.ts'
import { reshape } from './reshape.ts'
import { transpose } from './transpose.ts'

/** `[rows, inner] · [inner, columns]` of one batch element each, added into `out`. */
function product(a: Array64, aAt: number, b: Array64, bAt: number, out: Array64, at: number): void {
  const [rows, inner] = a.shape.slice(-2)
  const columns = b.shape[b.shape.length - 1]
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < inner; k++) {
      const factor = a.data[aAt + i * inner + k]
      const from = bAt + k * columns
      const to = at + i * columns
      for (let j = 0; j < columns; j++) out.data[to + j] += factor * b.data[from + j]
    }
  }
}

/** The reference of a batched matrix product. */
function evaluateProduct(a: Array64, b: Array64): Array64 {
  const batch = broadcastSizes([a.shape.slice(0, -2), b.shape.slice(0, -2)])
  const [rows, inner] = a.shape.slice(-2)
  const columns = b.shape[b.shape.length - 1]
  const out = array64([...batch, rows, columns])
  const starts = (of: Array64, size: number) => {
    const at = new Int32Array(elementCount(batch))
    walk(batch, broadcastStrides(of.shape.slice(0, -2), batch), (flat, position) => {
      at[flat] = position * size
    })
    return at
  }
  const fromA = starts(a, rows * inner)
  const fromB = starts(b, inner * columns)
  for (let i = 0; i < fromA.length; i++) product(a, fromA[i], b, fromB[i], out, i * rows * columns)
  return out
}

function transposed(a: Array64): Array64 {
  const out = array64([a.shape[1], a.shape[0]])
  walk(out.shape, [...stridesOf(a.shape)].reverse(), (flat, position) => {
    out.data[flat] = a.data[position]
  })
  return out
}

function requireFactors(op: string, a: Value, b: Value): void {
  requireDType(op, a, FLOATS)
  requireDType(op, b, [a.dtype])
}

/** Two-dimensional product of `a` or its transpose with `b` or its transpose; no transpose is ever stored. */
export function gemm(
  a: Value,
  b: Value,
  { transposeA = false, transposeB = false }: { transposeA?: boolean; transposeB?: boolean } = {},
): Value {
  requireFactors('gemm', a, b)
  const [rows, inner] = transposeA ? [a.shape[1], a.shape[0]] : a.shape
  const [innerB, columns] = transposeB ? [b.shape[1], b.shape[0]] : b.shape
  if (a.shape.length !== 2 || b.shape.length !== 2 || inner !== innerB) {
    throw shapeError('gemm', 'two matrices with equal inner sizes', [a.shape, b.shape])
  }
  const type = { dtype: a.dtype, shape: [rows, columns] }
  const [y] = addNode(a.graph, 'gemm', [a, b], [type], {
    evaluate: ([p, q]) => [
      evaluateProduct(transposeA ? transposed(p) : p, transposeB ? transposed(q) : q),
    ],
    gradient: ([g]) => [
      g &&
        (transposeA
          ? gemm(b, g, { transposeA: transposeB, transposeB: true })
          : gemm(g, b, { transposeB: !transposeB })),
      g &&
        (transposeB
          ? gemm(g, a, { transposeA: true, transposeB: transposeA })
          : gemm(a, g, { transposeA: !transposeA })),
    ],
    emit: (e, inputs, outputs) => {
      if (!transposeA && !transposeB) e.node('MatMul', inputs, outputs)
      else {
        e.node('Gemm', inputs, outputs, { transA: Number(transposeA), transB: Number(transposeB) })
      }
    },
  })
  return y
}

function swapped(x: Value): Value {
  const rank = x.shape.length
  return transpose(
    x,
    x.shape.map((_, axis) => (axis < rank - 2 ? axis : 2 * rank - 3 - axis)),
  )
}

/** `[..., M, K] · [..., K, N] → [..., M, N]`; leading axes broadcast. */
export function matmul(a: Value, b: Value): Value {
  requireFactors('matmul', a, b)
  const inner = a.shape[a.shape.length - 1]
  if (a.shape.length < 2 || b.shape.length < 2 || inner !== b.shape[b.shape.length - 2]) {
    throw shapeError('matmul', '[..., M, K] and [..., K, N]', [a.shape, b.shape])
  }
  if (a.shape.length === 2 && b.shape.length === 2) return gemm(a, b)
  const batch = broadcastShapes('matmul', [a.shape.slice(0, -2), b.shape.slice(0, -2)])
  const shape: Shape = [...batch, a.shape[a.shape.length - 2], b.shape[b.shape.length - 1]]
  const [y] = addNode(a.graph, 'matmul', [a, b], [{ dtype: a.dtype, shape }], {
    evaluate: ([p, q]) => [evaluateProduct(p, q)],
    gradient: ([g]) => (g ? productGradients(g, a, b) : [undefined, undefined]),
    emit: (e, inputs, outputs) => void e.node('MatMul', inputs, outputs),
  })
  return y
}

/** A shared right factor gets its gradient as one large product over all rows. */
function productGradients(g: Value, a: Value, b: Value): readonly [Value, Value] {
  if (b.shape.length > 2) {
    return [sumTo(matmul(g, swapped(b)), a.shape), sumTo(matmul(swapped(a), g), b.shape)]
  }
  const rowsA = reshape(a, [-1, b.shape[0]])
  const rowsG = reshape(g, [-1, b.shape[1]])
  return [
    reshape(gemm(rowsG, b, { transposeB: true }), a.shape),
    gemm(rowsA, rowsG, { transposeA: true }),
  ]
}

/** `x·w + b`: `[..., I]`, `[I, O]`, `[O]` → `[..., O]`. */
export function dense(x: Value, w: Value, b?: Value): Value {
  const fits = w.shape.length === 2 && x.shape.length > 0 && x.shape.at(-1) === w.shape[0]
  if (!fits) throw shapeError('dense', '[..., I] and [I, O]', [x.shape, w.shape])
  if (b !== undefined && (b.shape.length !== 1 || b.shape[0] !== w.shape[1])) {
    throw shapeError('dense', `a bias of [${w.shape[1]}]`, [b.shape])
  }
  const rows = x.shape.length === 1 ? reshape(x, [1, -1]) : x
  const product = reshape(matmul(rows, w), [...x.shape.slice(0, -1), w.shape[1]])
  return b === undefined ? product : add(product, b)
}
