import { expect, it } from 'vitest'
import { onnxModel } from '../fixtures/onnx-model.ts'
import type { BatchSlot } from './batch-slot.ts'
import { InPlace } from './in-place.ts'

/** Row `index` of a table of two. */
const source = {
  onnx: onnxModel({
    inputs: [{ name: 'index', dtype: 'int64', shape: ['B'] }],
    outputs: [{ name: 'value', dtype: 'float32', shape: ['B'] }],
    nodes: [{ op: 'Gather', inputs: ['table', 'index'], outputs: ['value'] }],
    constants: { table: { shape: [2], data: Float32Array.of(3, 5) } },
  }),
}
/** A clock that moves on by so much at every look. */
const ticking = (ms: number) => {
  let time = 0
  return { now: () => (time += ms) }
}

it('takes a model whose rows take little time, and none that takes longer', async () => {
  expect(await InPlace.open(source, 'quick', ticking(0.3))).toBeNull()
  const opened = await InPlace.open(source, 'quick', ticking(0.2))
  expect(opened?.free).toBe(true)
  expect(opened?.mostRows).toBe(16)
  await opened?.close()
})

it('takes as many rows as take little time together', async () => {
  let looks = 0
  let time = 0
  // Two looks at each of eleven trials: the third size tried is too slow.
  const clock = { now: () => (time += ++looks > 2 * 22 ? 0.3 : 0.2) }
  const opened = await InPlace.open(source, 'quick', clock)
  expect(opened?.mostRows).toBe(2)
  await opened?.close()
})

it('does not even open a large one', async () => {
  const large = { onnx: new Uint8Array(8 * 1024 * 1024 + 1) }
  expect(await InPlace.open(large, 'large', ticking(0))).toBeNull()
})

it('runs a row or says what it failed with, and is free afterwards', async () => {
  const opened = await InPlace.open<{ rows: number }>(source, 'table', ticking(0.1))
  const told: unknown[] = []
  const ask = (index: bigint): Promise<void> =>
    new Promise((freed) =>
      opened?.run(
        { rows: 1 },
        {
          fill: (_, slot: BatchSlot) => slot.inputs[0].set(bytesOf(index)),
          done: (_, { outputs, computeMs }) =>
            told.push([...new Float32Array(outputs[0].slice(0, 4).buffer), computeMs.toFixed(1)]),
          failed: (_, { code }) => told.push(code),
          freed: () => {
            told.push(opened.free)
            freed()
          },
        },
      ),
    )
  await ask(1n)
  await ask(7n)
  await ask(0n)
  expect(told).toEqual([[5, '0.1'], true, 'onnx/run', true, [3, '0.1'], true])
  await opened?.close()
})

const bytesOf = (index: bigint): Uint8Array => new Uint8Array(BigInt64Array.of(index).buffer)
