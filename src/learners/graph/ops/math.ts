import { array64 } from '../array.ts'
import { addNode, type Operand, type Value } from '../graph.ts'
import { NUMBERS, requireDType } from '../shape.ts'
import { cast, equal, greaterEqual, lessEqual } from './compare.ts'
import { binary, div, mul, neg, sub, unary } from './elementwise.ts'

/** The smaller of both; at a tie the gradient goes to `a`. */
export function minimum(a: Operand, b: Operand): Value {
  return binary('minimum', a, b, {
    onnx: 'Min',
    f: Math.min,
    gradient: (g, p, q) => {
      const first = cast(lessEqual(p, q), g.dtype)
      return [mul(g, first), mul(g, sub(1, first))]
    },
    dtypes: NUMBERS,
  })
}

/** The larger of both; at a tie the gradient goes to `a`. */
export function maximum(a: Operand, b: Operand): Value {
  return binary('maximum', a, b, {
    onnx: 'Max',
    f: Math.max,
    gradient: (g, p, q) => {
      const first = cast(greaterEqual(p, q), g.dtype)
      return [mul(g, first), mul(g, sub(1, first))]
    },
    dtypes: NUMBERS,
  })
}

export function abs(x: Value): Value {
  return unary('abs', x, {
    onnx: 'Abs',
    f: Math.abs,
    gradient: (g) => mul(g, sign(x)),
    dtypes: NUMBERS,
  })
}

/** -1, 0 or 1; no gradient. */
export function sign(x: Value): Value {
  return unary('sign', x, { onnx: 'Sign', f: Math.sign, dtypes: NUMBERS })
}

/** Rounds down; no gradient. */
export function floor(x: Value): Value {
  return unary('floor', x, { onnx: 'Floor', f: Math.floor })
}

export function exp(x: Value): Value {
  return unary('exp', x, { onnx: 'Exp', f: Math.exp, gradient: (g, _, y) => mul(g, y) })
}

export function log(x: Value): Value {
  return unary('log', x, { onnx: 'Log', f: Math.log, gradient: (g) => div(g, x) })
}

export function sqrt(x: Value): Value {
  return unary('sqrt', x, {
    onnx: 'Sqrt',
    f: Math.sqrt,
    gradient: (g, _, y) => div(mul(g, 0.5), y),
  })
}

export function sin(x: Value): Value {
  return unary('sin', x, { onnx: 'Sin', f: Math.sin, gradient: (g) => mul(g, cos(x)) })
}

export function cos(x: Value): Value {
  return unary('cos', x, { onnx: 'Cos', f: Math.cos, gradient: (g) => neg(mul(g, sin(x))) })
}

export function square(x: Value): Value {
  return mul(x, x)
}

/** The same values, through which no gradient passes. */
export function stopGradient(x: Value): Value {
  const [made] = addNode(x.graph, 'stopGradient', [x], [x], {
    evaluate: (arrays) => arrays,
    emit: (_, inputs) => inputs,
  })
  return made
}

/** Limits to `[low, high]`. The gradient passes inside, both ends included. */
export function clip(x: Value, low: number, high: number): Value {
  requireDType('clip', x, ['float32'])
  const [made] = addNode(x.graph, 'clip', [x], [x], {
    evaluate: ([array]) => [
      array64(
        array.shape,
        array.data.map((v) => Math.min(Math.max(v, low), high)),
      ),
    ],
    gradient: ([g], [y]) => [g && mul(g, cast(equal(x, y), g.dtype))],
    emit: (e, [name], outputs) =>
      void e.node('Clip', [name, e.float32(low), e.float32(high)], outputs),
  })
  return made
}
