import { describe, expect, it } from 'vitest'
import { tensor } from '../../../core/tensor.ts'
import { checkOperation, normals, runOnnx } from '../check-operation.ts'
import { evaluate } from '../evaluate.ts'
import { gradients } from '../gradients.ts'
import { createGraph, input, type Value } from '../graph.ts'
import { erf, erf64, gelu, relu, sigmoid, tanh } from './activation.ts'
import { cast, equal, greaterEqual, lessEqual, logicalAnd, logicalNot, where } from './compare.ts'
import { constant } from './constant.ts'
import { add, div, mul, neg, sub } from './elementwise.ts'
import {
  abs,
  clip,
  exp,
  floor,
  log,
  maximum,
  minimum,
  sign,
  sqrt,
  square,
  stopGradient,
} from './math.ts'
import { reduceSum } from './reduce.ts'

type Unary = (x: Value) => Value
type Binary = (a: Value, b: Value) => Value

const UNARY: Record<string, Unary> = {
  neg,
  exp,
  tanh,
  sigmoid,
  relu,
  erf,
  gelu,
  abs,
  square,
  sign,
  floor,
  log: (x) => log(add(square(x), 0.5)),
  sqrt: (x) => sqrt(add(square(x), 0.5)),
  clip: (x) => clip(x, -0.7, 0.4),
  stopGradient: (x) => mul(x, stopGradient(constant(x.graph, 2))),
}
const BINARY: Record<string, Binary> = {
  add,
  sub,
  mul,
  minimum,
  maximum,
  div: (a, b) => div(a, add(square(b), 0.5)),
  where: (a, b) => where(lessEqual(a, 0.2), mul(a, b), b),
  'numbers on either side': (a, b) => sub(3, mul(div(2, exp(a)), add(b, 1))),
}

describe('elementwise operations of one operand', () => {
  it.each(Object.entries(UNARY))('%s', async (_, op) => {
    const feeds = { x: normals([3, 5]) }
    await checkOperation({ feeds, shapes: { x: ['N', 5] }, build: ({ x }) => op(x) })
  })
})

describe('elementwise operations of two operands', () => {
  const shapes: [string, number[], number[]][] = [
    ['equal shapes', [2, 3], [2, 3]],
    ['a row', [2, 3], [3]],
    ['a column', [2, 1], [2, 3]],
    ['a scalar', [], [2, 3]],
    ['both stretched', [4, 1, 3], [2, 1]],
  ]
  const cases = Object.entries(BINARY).flatMap(([name, op]) =>
    shapes.map(([kind, a, b]) => [name, kind, op, a, b] as const),
  )
  it.each(cases)('%s, %s', async (_, __, op, a, b) => {
    const feeds = { a: normals(a, 1), b: normals(b, 2) }
    await checkOperation({ feeds, build: (v) => op(v.a, v.b) })
  })

  it('stretches along symbolic sizes', async () => {
    const feeds = { a: normals([2, 1, 4], 1), b: normals([3, 4], 2), c: normals([4], 3) }
    await checkOperation({
      feeds,
      shapes: { a: ['T', 1, 'H'], b: ['B', 'H'], c: ['H'] },
      build: (v) => mul(add(v.a, v.b), v.c),
    })
  })
})

describe('comparisons', () => {
  it('give the truth values of float64 in ONNX Runtime', async () => {
    const feeds = {
      a: tensor('float64', [4], Float64Array.of(1, 2, 3, Number.NaN)),
      b: tensor('float64', [4], Float64Array.of(2, 2, 2, 2)),
    }
    const graph = createGraph()
    const a = input(graph, 'a', 'float32', ['N'])
    const b = input(graph, 'b', 'float32', ['N'])
    const outputs = {
      le: lessEqual(a, b),
      ge: greaterEqual(a, b),
      eq: equal(a, b),
      and: logicalAnd(lessEqual(a, b), greaterEqual(a, b)),
      not: logicalNot(equal(a, b)),
    }
    const found = await runOnnx(graph, outputs, feeds)
    const truths = Object.fromEntries(
      Object.entries(found).map(([name, { data }]) => [name, [...data]]),
    )
    expect(truths).toEqual({
      le: [1, 1, 0, 0],
      ge: [0, 1, 1, 0],
      eq: [0, 1, 0, 0],
      and: [0, 1, 0, 0],
      not: [1, 0, 1, 1],
    })
    expect(evaluate(Object.values(outputs), feeds).map(({ data }) => [...data])).toEqual(
      Object.values(truths),
    )
  })
})

describe('cast', () => {
  it('truncates to integers and ends the gradient there', async () => {
    const feeds = { x: tensor('float64', [4], Float64Array.of(-1.75, -0.25, 0.25, 2.75)) }
    const graph = createGraph()
    const x = input(graph, 'x', 'float32', [4])
    const whole = cast(x, 'int32')
    const back = cast(whole, 'float32')
    const [slope] = gradients(reduceSum(mul(back, x)), [x])
    const found = await runOnnx(graph, { whole, truth: cast(x, 'bool'), slope }, feeds)
    expect([...found.whole.data]).toEqual([-1, 0, 0, 2])
    expect([...found.truth.data]).toEqual([1, 1, 1, 1])
    expect([...found.slope.data]).toEqual([-1, 0, 0, 2])
    expect([...evaluate([whole], feeds)[0].data].map((v) => v + 0)).toEqual([-1, 0, 0, 2])
  })
})

describe('gradients at the edges', () => {
  const slopeAt = (op: Unary, x: number) => {
    const graph = createGraph()
    const value = input(graph, 'x', 'float32', [])
    const [slope] = gradients(op(value), [value])
    return evaluate([slope], { x: tensor('float64', [], Float64Array.of(x)) })[0].data[0]
  }
  it('pass through clip at both ends and not beyond', () => {
    const op: Unary = (x) => clip(x, -1, 1)
    expect([-1.5, -1, 0, 1, 1.5].map((x) => slopeAt(op, x))).toEqual([0, 1, 1, 1, 0])
  })
  it('are zero for relu at 0', () => {
    expect([-1, 0, 1].map((x) => slopeAt(relu, x))).toEqual([0, 0, 1])
  })
  it('go to the first operand of minimum and maximum at a tie', () => {
    for (const op of [minimum, maximum]) {
      expect(slopeAt((x) => op(x, 2), 2)).toBe(1)
      expect(slopeAt((x) => op(constant(x.graph, 2), x), 2)).toBe(0)
    }
  })
})

describe('erf64', () => {
  it('agrees with tabulated values', () => {
    const table = [
      [0, 0],
      [0.1, 0.1124629160182849],
      [1, 0.8427007929497149],
      [2, 0.9953222650189527],
      [3.5, 0.9999992569016276],
      [-1, -0.8427007929497149],
    ]
    for (const [x, y] of table) expect(erf64(x)).toBeCloseTo(y, 14)
  })
})

describe('errors', () => {
  it('name the operation and both shapes', () => {
    const graph = createGraph()
    const a = input(graph, 'a', 'float32', ['B', 3])
    const b = input(graph, 'b', 'float32', ['T', 3])
    expect(() => add(a, b)).toThrow(
      'add: expected shapes that broadcast together, found [B, 3] and [T, 3]',
    )
    expect(() => exp(cast(a, 'int32'))).toThrow('exp: expected float32 or float64, found int32')
    const other = input(createGraph(), 'a', 'float32', ['B', 3])
    expect(() => add(a, other)).toThrow('another graph')
  })
})
