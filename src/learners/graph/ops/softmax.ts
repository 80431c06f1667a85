import { array64 } from '../array.ts'
import { type Array64, addNode, type Value } from '../graph.ts'
import { FLOATS, requireDType, shapeError } from '../shape.ts'
import { mul, sub } from './elementwise.ts'
import { exp } from './math.ts'
import { reduceSum } from './reduce.ts'

/** Row by row over the last axis: `f(x, log Σ exp x)`. */
function overRows(array: Array64, f: (x: number, logSum: number) => number): Array64 {
  const size = array.shape[array.shape.length - 1]
  const out = array64(array.shape)
  for (let from = 0; from < array.data.length; from += size) {
    const row = array.data.subarray(from, from + size)
    const top = row.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
    const logSum = top + Math.log(row.reduce((sum, x) => sum + Math.exp(x - top), 0))
    for (let i = 0; i < size; i++) out.data[from + i] = f(row[i], logSum)
  }
  return out
}

function requireRows(op: string, x: Value): void {
  requireDType(op, x, FLOATS)
  if (x.shape.length === 0) throw shapeError(op, 'at least one axis', [x.shape])
}

/** Softmax over the last axis. */
export function softmax(x: Value): Value {
  requireRows('softmax', x)
  const [made] = addNode(x.graph, 'softmax', [x], [x], {
    evaluate: ([array]) => [overRows(array, (v, logSum) => Math.exp(v - logSum))],
    gradient: ([g], [y]) => {
      if (g === undefined) return [undefined]
      const weighted = mul(g, y)
      return [sub(weighted, mul(y, reduceSum(weighted, [-1], true)))]
    },
    emit: (e, inputs, outputs) => void e.node('Softmax', inputs, outputs, { axis: -1 }),
  })
  return made
}

/** Logarithm of the softmax over the last axis, without overflow. */
export function logSoftmax(x: Value): Value {
  requireRows('logSoftmax', x)
  const [made] = addNode(x.graph, 'logSoftmax', [x], [x], {
    evaluate: ([array]) => [overRows(array, (v, logSum) => v - logSum)],
    gradient: ([g], [y]) => [g && sub(g, mul(exp(y), reduceSum(g, [-1], true)))],
    emit: (e, inputs, outputs) => void e.node('LogSoftmax', inputs, outputs, { axis: -1 }),
  })
  return made
}
