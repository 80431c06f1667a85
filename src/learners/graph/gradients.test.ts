import { describe, expect, it } from 'vitest'
import { tensor } from '../../core/tensor.ts'
import { evaluate } from './evaluate.ts'
import { gradients } from './gradients.ts'
import { createGraph, input, type Value } from './graph.ts'
import { cast, lessEqual, where } from './ops/compare.ts'
import { mul } from './ops/elementwise.ts'
import { stopGradient } from './ops/math.ts'
import { reduceSum } from './ops/reduce.ts'

const scalar = (value: number) => tensor('float64', [], Float64Array.of(value))

function at(build: (x: Value) => Value, x: number): number {
  const graph = createGraph()
  const value = input(graph, 'x', 'float32', [])
  return evaluate([build(value)], { x: scalar(x) })[0].data[0]
}

describe('gradients', () => {
  it('differentiate their own result', () => {
    const cube = (x: Value) => mul(x, mul(x, x))
    const first = (x: Value) => gradients(cube(x), [x])[0]
    expect(at(first, 2)).toBeCloseTo(12, 12)
    expect(at((x) => gradients(first(x), [x])[0], 2)).toBeCloseTo(12, 12)
  })

  it('are zeros, in shape, for what the loss does not depend on', () => {
    const graph = createGraph()
    const x = input(graph, 'x', 'float32', ['B', 2])
    const other = input(graph, 'other', 'float32', ['B', 3])
    const [slope] = gradients(reduceSum(x), [other])
    const feeds = { x: tensor('float64', [2, 2]), other: tensor('float64', [2, 3]) }
    expect(slope.shape).toEqual(['B', 3])
    expect([...evaluate([slope], feeds)[0].data]).toEqual([0, 0, 0, 0, 0, 0])
  })

  it('sum over all uses of a value and stop at stopGradient', () => {
    expect(at((x) => gradients(mul(x, stopGradient(x)), [x])[0], 3)).toBe(3)
    expect(at((x) => gradients(mul(x, x), [x])[0], 3)).toBe(6)
    expect(at((x) => gradients(stopGradient(x), [x])[0], 3)).toBe(0)
    expect(at((x) => gradients(x, [x])[0], 3)).toBe(1)
  })

  it('follow the branch that was taken', () => {
    const slope = (x: Value) => gradients(where(lessEqual(x, 0), mul(x, 2), mul(x, 5)), [x])[0]
    expect([-1, 1].map((x) => at(slope, x))).toEqual([2, 5])
  })

  it('want a scalar', () => {
    const x = input(createGraph(), 'x', 'float32', ['B', 2])
    expect(() => gradients(x, [x])).toThrow('gradients: expected a scalar loss [], found [B, 2]')
    expect(() => gradients(cast(reduceSum(x), 'int32'), [x])).toThrow('expected float32')
  })
})

describe('evaluate', () => {
  it('names a missing or misshapen feed', () => {
    const x = input(createGraph(), 'x', 'float32', ['B', 'B'])
    expect(() => evaluate([x], {})).toThrow('input x [B, B] is not fed')
    expect(() => evaluate([x], { x: tensor('float64', [2, 3]) })).toThrow(
      'input x: expected [B, B], found [2, 3]',
    )
  })
})
