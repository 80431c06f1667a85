import type { DType } from '../../../core/tensor.ts'
import { array64 } from '../array.ts'
import { addNode, type Operand, type Value } from '../graph.ts'
import { ONNX_DTYPE } from '../onnx/messages.ts'
import { broadcastShapes, FLOATS, NUMBERS, requireDType, shapeError } from '../shape.ts'
import { asValue } from './constant.ts'
import { binary, mapArrays, unary } from './elementwise.ts'
import { sumTo } from './reduce.ts'

const ANY: readonly DType[] = [...NUMBERS, 'bool']

export function lessEqual(a: Operand, b: Operand): Value {
  return binary('lessEqual', a, b, {
    onnx: 'LessOrEqual',
    f: (p, q) => Number(p <= q),
    dtypes: NUMBERS,
    result: 'bool',
  })
}

export function greaterEqual(a: Operand, b: Operand): Value {
  return binary('greaterEqual', a, b, {
    onnx: 'GreaterOrEqual',
    f: (p, q) => Number(p >= q),
    dtypes: NUMBERS,
    result: 'bool',
  })
}

export function equal(a: Operand, b: Operand): Value {
  return binary('equal', a, b, {
    onnx: 'Equal',
    f: (p, q) => Number(p === q),
    dtypes: ANY,
    result: 'bool',
  })
}

export function logicalAnd(a: Value, b: Value): Value {
  return binary('logicalAnd', a, b, { onnx: 'And', f: (p, q) => p * q, dtypes: ['bool'] })
}

export function logicalNot(x: Value): Value {
  return unary('logicalNot', x, { onnx: 'Not', f: (v) => 1 - v, dtypes: ['bool'] })
}

const INTEGER_RANGE: Readonly<Partial<Record<DType, (v: number) => number>>> = {
  int32: Math.trunc,
  int64: Math.trunc,
  uint8: Math.trunc,
  bool: (v) => Number(v !== 0),
}

/** Converts; floats are truncated to integers. The gradient passes between floating types only. */
export function cast(x: Value, dtype: DType): Value {
  if (x.dtype === dtype) return x
  const [made] = addNode(x.graph, 'cast', [x], [{ dtype, shape: x.shape }], {
    evaluate: ([array]) => {
      const convert = INTEGER_RANGE[dtype]
      return [convert ? array64(array.shape, array.data.map(convert)) : array]
    },
    gradient: ([g]) => [
      g && FLOATS.includes(x.dtype) && g.dtype === dtype ? cast(g, x.dtype) : undefined,
    ],
    emit: (e, inputs, outputs) => void e.node('Cast', inputs, outputs, { to: ONNX_DTYPE[dtype] }),
  })
  return made
}

/** `condition ? a : b`, broadcast together. */
export function where(condition: Value, left: Operand, right: Operand): Value {
  requireDType('where', condition, ['bool'])
  if (typeof left === 'number' && typeof right === 'number') {
    throw shapeError('where', 'at least one branch that is a value', [condition.shape])
  }
  const a = asValue(left, (typeof left === 'number' ? right : left) as Value)
  const b = asValue(right, a)
  requireDType('where', b, [a.dtype])
  const shape = broadcastShapes('where', [condition.shape, a.shape, b.shape])
  const [made] = addNode(a.graph, 'where', [condition, a, b], [{ dtype: a.dtype, shape }], {
    evaluate: (arrays) => [mapArrays(arrays, (c, p, q) => (c !== 0 ? p : q))],
    gradient: ([g]) => [
      undefined,
      g && sumTo(where(condition, g, 0), a.shape),
      g && sumTo(where(condition, 0, g), b.shape),
    ],
    emit: (e, inputs, outputs) => void e.node('Where', inputs, outputs),
  })
  return made
}
