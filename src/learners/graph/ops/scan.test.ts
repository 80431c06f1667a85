import { describe, expect, it } from 'vitest'
import { tensor } from '../../../core/tensor.ts'
import { runOnnx } from '../check-operation.ts'
import { evaluate } from '../evaluate.ts'
import { createGraph, input } from '../graph.ts'
import { add, mul } from './elementwise.ts'
import { scan } from './scan.ts'

describe('scan', () => {
  it.each([false, true])('discounts a sum along time (reverse: %s)', async (reverse) => {
    const graph = createGraph()
    const x = input(graph, 'x', 'float32', ['T', 'B'])
    const start = input(graph, 'start', 'float32', ['B'])
    const rate = input(graph, 'rate', 'float32', [])
    const { states, outputs } = scan({
      states: [start],
      sequences: [x],
      reverse,
      body: ([sum], [item], capture) => {
        const next = add(mul(sum, capture(rate)), mul(item, 2))
        return { states: [next], outputs: [next, sum, capture(rate)] }
      },
    })
    const feeds = {
      x: tensor('float64', [3, 2], Float64Array.of(1, 10, 2, 20, 3, 30)),
      start: tensor('float64', [2], Float64Array.of(4, 8)),
      rate: tensor('float64', [], Float64Array.of(0.5)),
    }
    const values = [states[0], ...outputs]
    const reference = evaluate(values, feeds)
    const named = Object.fromEntries(values.map((value, i) => [`out${i}`, value]))
    const found = await runOnnx(graph, named, feeds)
    reference.forEach((array, i) => {
      expect([...found[`out${i}`].data]).toEqual([...array.data])
    })
    const steps = reverse ? [2, 1, 0] : [0, 1, 2]
    const byHand = new Array<number>(6)
    let sum = [4, 8]
    for (const t of steps) {
      sum = sum.map((v, b) => v * 0.5 + 2 * Number(feeds.x.data[t * 2 + b]))
      byHand.splice(t * 2, 2, ...sum)
    }
    expect([...reference[0].data]).toEqual(sum)
    expect([...reference[1].data]).toEqual(byHand)
    expect([...reference[3].data]).toEqual([0.5, 0.5, 0.5])
  })

  it('wants sequences of one length and states that keep their shape', () => {
    const graph = createGraph()
    const x = input(graph, 'x', 'float32', ['T', 'B'])
    const y = input(graph, 'y', 'float32', ['S', 'B'])
    const s = input(graph, 's', 'float32', [1])
    const body = () => ({ states: [], outputs: [] })
    expect(() => scan({ states: [], sequences: [x, y], body })).toThrow('sequences of one length')
    expect(() =>
      scan({
        states: [s],
        sequences: [x],
        body: ([state], [item]) => ({ states: [add(state, item)], outputs: [] }),
      }),
    ).toThrow('next states shaped like the states')
  })
})
