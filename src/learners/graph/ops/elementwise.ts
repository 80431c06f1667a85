import type { DType } from '../../../core/tensor.ts'
import { array64, broadcastSizes, broadcastStrides, walk } from '../array.ts'
import { type Array64, addNode, type Operand, type Value } from '../graph.ts'
import { broadcastShapes, FLOATS, NUMBERS, requireDType, shapeError } from '../shape.ts'
import { asValue } from './constant.ts'
import { sumTo } from './reduce.ts'

/** Applies `f` to arrays broadcast together. */
export function mapArrays(
  arrays: readonly Array64[],
  f: (...numbers: number[]) => number,
): Array64 {
  const shape = broadcastSizes(arrays.map((array) => array.shape))
  const out = array64(shape)
  const read = arrays.map((array) => {
    const positions = new Int32Array(out.data.length)
    walk(shape, broadcastStrides(array.shape, shape), (flat, position) => {
      positions[flat] = position
    })
    return positions
  })
  for (let i = 0; i < out.data.length; i++) {
    out.data[i] = f(...arrays.map((array, k) => array.data[read[k][i]]))
  }
  return out
}

interface UnaryRule {
  readonly onnx: string
  readonly f: (x: number) => number
  readonly gradient?: (g: Value, x: Value, y: Value) => Value | undefined
  readonly dtypes?: readonly DType[]
}

/** An elementwise operation of one operand; the folder's way to add another. */
export function unary(op: string, x: Value, rule: UnaryRule): Value {
  requireDType(op, x, rule.dtypes ?? FLOATS)
  const [made] = addNode(x.graph, op, [x], [x], {
    evaluate: ([array]) => [array64(array.shape, array.data.map(rule.f))],
    gradient: ([g], [y]) => [g && rule.gradient?.(g, x, y)],
    emit: (e, inputs, outputs) => void e.node(rule.onnx, inputs, outputs),
  })
  return made
}

interface BinaryRule {
  readonly onnx: string
  readonly f: (a: number, b: number) => number
  readonly gradient?: (g: Value, a: Value, b: Value, y: Value) => readonly [Value, Value]
  readonly dtypes: readonly DType[]
  readonly result?: DType
}

/** An elementwise operation of two operands under NumPy broadcasting. */
export function binary(op: string, left: Operand, right: Operand, rule: BinaryRule): Value {
  if (typeof left === 'number' && typeof right === 'number') {
    throw shapeError(op, 'at least one operand that is a value', [])
  }
  const a = asValue(left, (typeof left === 'number' ? right : left) as Value)
  const b = asValue(right, a)
  requireDType(op, a, rule.dtypes)
  requireDType(op, b, [a.dtype])
  const shape = broadcastShapes(op, [a.shape, b.shape])
  const [made] = addNode(a.graph, op, [a, b], [{ dtype: rule.result ?? a.dtype, shape }], {
    evaluate: (arrays) => [mapArrays(arrays, rule.f as (...numbers: number[]) => number)],
    gradient: ([g], [y]) => {
      if (g === undefined || rule.gradient === undefined) return [undefined, undefined]
      const [ga, gb] = rule.gradient(g, a, b, y)
      return [sumTo(ga, a.shape), sumTo(gb, b.shape)]
    },
    emit: (e, inputs, outputs) => void e.node(rule.onnx, inputs, outputs),
  })
  return made
}

export function add(a: Operand, b: Operand): Value {
  return binary('add', a, b, {
    onnx: 'Add',
    f: (p, q) => p + q,
    gradient: (g) => [g, g],
    dtypes: NUMBERS,
  })
}

export function sub(a: Operand, b: Operand): Value {
  return binary('sub', a, b, {
    onnx: 'Sub',
    f: (p, q) => p - q,
    gradient: (g) => [g, neg(g)],
    dtypes: NUMBERS,
  })
}

export function mul(a: Operand, b: Operand): Value {
  return binary('mul', a, b, {
    onnx: 'Mul',
    f: (p, q) => p * q,
    gradient: (g, p, q) => [mul(g, q), mul(g, p)],
    dtypes: NUMBERS,
  })
}

export function div(a: Operand, b: Operand): Value {
  return binary('div', a, b, {
    onnx: 'Div',
    f: (p, q) => p / q,
    gradient: (g, _, q, y) => {
      const scaled = div(g, q)
      return [scaled, neg(mul(scaled, y))]
    },
    dtypes: FLOATS,
  })
}

export function neg(x: Value): Value {
  return unary('neg', x, { onnx: 'Neg', f: (v) => -v, gradient: neg, dtypes: NUMBERS })
}
