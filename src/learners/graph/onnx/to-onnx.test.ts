import { describe, expect, it } from 'vitest'
import { tensor } from '../../../core/tensor.ts'
import { openSession } from '../../../inference/session.ts'
import { createGraph, input, type Value } from '../graph.ts'
import { cast } from '../ops/compare.ts'
import { constant } from '../ops/constant.ts'
import { add, mul } from '../ops/elementwise.ts'
import { concat } from '../ops/join.ts'
import { dense } from '../ops/matmul.ts'
import { reduceMean } from '../ops/mean.ts'
import { reshape } from '../ops/reshape.ts'
import { pad, slice } from '../ops/slice.ts'
import { toOnnx } from './to-onnx.ts'

const floats = (shape: number[], ...values: number[]) =>
  tensor('float32', shape, Float32Array.from(values))

function affine(): Record<'x' | 'w' | 'b' | 'unused' | 'y', Value> {
  const graph = createGraph()
  const x = input(graph, 'x', 'float32', ['B', 2])
  const w = input(graph, 'w', 'float32', [2, 1])
  const b = input(graph, 'b', 'float32', [1])
  const unused = input(graph, 'unused', 'float32', [1])
  return { x, w, b, unused, y: dense(x, w, b) }
}

describe('toOnnx', () => {
  it('gives the same bytes for the same graph', () => {
    const bytes = () => {
      const { y } = affine()
      return Buffer.from(toOnnx(y.graph, { y })).toString('hex')
    }
    expect(bytes()).toBe(bytes())
  })

  it('leaves out inputs, weights and nodes that no output needs', async () => {
    const { y, unused } = affine()
    const lean = toOnnx(y.graph, { y })
    mul(unused, 2)
    const initializers = { unused: floats([1], 5) }
    expect(toOnnx(y.graph, { y }, { initializers })).toEqual(lean)
    const session = await openSession(lean)
    expect(session.inputs.map(({ name }) => name)).toEqual(['x', 'w', 'b'])
    await session.release()
  })

  it('bakes weights in, and runs for any size of a symbolic axis', async () => {
    const { y } = affine()
    const initializers = { w: floats([2, 1], 10, 1), b: floats([1], 0.5) }
    const session = await openSession(toOnnx(y.graph, { y }, { initializers }))
    expect(session.inputs.map(({ name, shape }) => [name, shape])).toEqual([['x', ['B', 2]]])
    const one = await session.run({ x: floats([1, 2], 1, 2) })
    const two = await session.run({ x: floats([2, 2], 1, 2, 3, 4) })
    expect([...one.y.data]).toEqual([12.5])
    expect([...two.y.data]).toEqual([12.5, 34.5])
    await session.release()
  })

  it('copies what is an input, a constant or asked for twice', async () => {
    const graph = createGraph()
    const x = input(graph, 'x', 'float32', [2])
    const sum = add(x, 1)
    const model = toOnnx(graph, { same: x, seven: constant(graph, 7), first: sum, second: sum })
    const session = await openSession(model)
    const found = await session.run({ x: floats([2], 1, 2) })
    const values = Object.fromEntries(Object.entries(found).map(([k, { data }]) => [k, [...data]]))
    expect(values).toEqual({ same: [1, 2], seven: [7], first: [2, 3], second: [2, 3] })
    await session.release()
  })

  it('reads sizes at run time, also from an input that is needed for nothing else', async () => {
    const graph = createGraph()
    const x = input(graph, 'x', 'float32', ['N', 2])
    const y = input(graph, 'y', 'float32', ['B', 1])
    const folded = reshape(x, [-1])
    const longer = concat([pad(folded, 0, 1, 'B'), slice(folded, 0, 1)], 0)
    const outputs = { longer, mean: reduceMean(mul(longer, 1)), n: cast(reduceMean(x), 'int32') }
    const session = await openSession(toOnnx(graph, outputs))
    const found = await session.run({
      x: floats([2, 2], 1, 2, 3, 4),
      y: tensor('float32', [3, 1]),
    })
    expect(y.shape).toEqual(['B', 1])
    expect([...found.longer.data]).toEqual([0, 1, 2, 3, 4, 0, 0, 0, 2, 3, 4])
    expect(found.mean.data[0]).toBeCloseTo(19 / 11, 6)
    expect([...found.n.data]).toEqual([2])
    await session.release()
  })

  it('explains what it refuses', () => {
    const { x, y } = affine()
    const { graph } = y
    expect(() => toOnnx(graph, {})).toThrow('at least one output')
    expect(() => toOnnx(graph, { x: y })).toThrow('"x" cannot name an output')
    expect(() => toOnnx(graph, { y: affine().y })).toThrow('output y belongs to another graph')
    const initializers = { w: floats([1, 2], 1, 2) }
    expect(() => toOnnx(graph, { y }, { initializers })).toThrow(
      'w: expected float32 [2, 1], found float32 [1, 2]',
    )
    const unknown = { v: floats([1], 1) }
    expect(() => toOnnx(graph, { y }, { initializers: unknown })).toThrow('no input v')
    expect(() => toOnnx(graph, { z: pad(x, 0, 'N', 0) })).toThrow(
      'no input of the emitted graph binds the dimension N',
    )
  })
})
