import { tensor } from 'agon/core'
import * as g from 'agon/graph'
import { openSession } from 'agon/inference'
import type { BenchRow } from '../row.ts'

const ROWS = 22_000
/** Of TiZero: numbers of an observation, and of its state each way. */
const [OBSERVATION, STATE] = [330, 512]

/**
 * What of a call is the bus: a graph of TiZero's inputs and outputs that computes next to nothing, with observations of four
 * bytes a number and of one.
 */
export async function benchBus(): Promise<BenchRow[]> {
  const time = async (
    dtype: 'float32' | 'uint8',
    state: number,
    device: 'cpu' | 'cuda' = 'cuda',
  ): Promise<number> => {
    const graph = g.createGraph()
    const seen = g.cast(g.input(graph, 'obs', dtype, ['B', OBSERVATION]), 'float32')
    const sum = g.reduceSum(seen, [1], true)
    const outputs: Record<string, g.Value> = { sum }
    if (state > 0) outputs.next = g.add(g.input(graph, 'state', 'float32', ['B', state]), sum)
    const session = await openSession(g.toOnnx(graph, outputs), { device })
    const feeds = {
      obs: tensor(dtype, [ROWS, OBSERVATION]),
      ...(state > 0 ? { state: tensor('float32', [ROWS, state]) } : {}),
    }
    const fetches = {
      sum: tensor('float32', [ROWS, 1]),
      ...(state > 0 ? { next: tensor('float32', [ROWS, state]) } : {}),
    }
    const times: number[] = []
    for (let i = 0; i < 30; i++) {
      const start = performance.now()
      await session.run(feeds, fetches)
      times.push(performance.now() - start)
    }
    await session.release()
    return times.sort((a, b) => a - b)[times.length >> 1]
  }
  const row = (name: string, value: number): BenchRow => ({
    name: `cuda, bus, ${ROWS} rows: ${name}`,
    unit: 'ms',
    value,
  })
  return [
    row('TiZero’s inputs and outputs, nothing computed', await time('float32', STATE)),
    row('the same on the CPU', await time('float32', STATE, 'cpu')),
    row('without its state', await time('float32', 0)),
    row('without its state, observations of one byte', await time('uint8', 0)),
  ]
}
