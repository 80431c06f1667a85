import type { Value } from '../graph.ts'
import { cast } from './compare.ts'
import { add, mul, sub, unary } from './elementwise.ts'
import { exp } from './math.ts'

export function tanh(x: Value): Value {
  return unary('tanh', x, {
    onnx: 'Tanh',
    f: Math.tanh,
    gradient: (g, _, y) => mul(g, sub(1, mul(y, y))),
  })
}

export function sigmoid(x: Value): Value {
  return unary('sigmoid', x, {
    onnx: 'Sigmoid',
    f: (v) => (v >= 0 ? 1 / (1 + Math.exp(-v)) : Math.exp(v) / (1 + Math.exp(v))),
    gradient: (g, _, y) => mul(g, mul(y, sub(1, y))),
  })
}

export function relu(x: Value): Value {
  return unary('relu', x, {
    onnx: 'Relu',
    f: (v) => Math.max(v, 0),
    // Where y > 0, by way of its truth value: the runtime's own Sign is not vectorised.
    gradient: (g, _, y) => mul(g, cast(cast(y, 'bool'), g.dtype)),
  })
}

/** `ln(1 + eˣ)`. */
export function softplus(x: Value): Value {
  return unary('softplus', x, {
    onnx: 'Softplus',
    f: (v) => Math.max(v, 0) + Math.log1p(Math.exp(-Math.abs(v))),
    gradient: (g) => mul(g, sigmoid(x)),
  })
}

/** erf in float64: its Taylor series up to 3, then the continued fraction of erfc (both to about 1e-15). */
export function erf64(x: number): number {
  const z = Math.abs(x)
  if (z > 6) return Math.sign(x)
  const scale = Math.exp(-z * z) / Math.sqrt(Math.PI)
  if (z < 3) {
    let term = z
    let sum = z
    for (let n = 1; Math.abs(term) > 1e-17 * sum; n++) {
      term *= (2 * z * z) / (2 * n + 1)
      sum += term
    }
    return Math.sign(x) * 2 * scale * sum
  }
  let tail = z
  for (let n = 80; n > 0; n--) tail = z + n / 2 / tail
  return Math.sign(x) * (1 - scale / tail)
}

/** The error function. */
export function erf(x: Value): Value {
  return unary('erf', x, {
    onnx: 'Erf',
    f: erf64,
    gradient: (g) => mul(g, mul(exp(mul(mul(x, x), -1)), 2 / Math.sqrt(Math.PI))),
  })
}

/** Exact GELU: `x·Φ(x)` (Hendrycks and Gimpel, 2016). */
export function gelu(x: Value): Value {
  return mul(mul(x, 0.5), add(erf(mul(x, Math.SQRT1_2)), 1))
}
