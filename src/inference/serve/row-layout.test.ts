import { expect, it } from 'vitest'
import { BatchSlot } from './batch-slot.ts'
import { rowLayout } from './row-layout.ts'

it('places every tensor on a cache line of its own, with room for all rows', () => {
  const layout = rowLayout(
    [
      { name: 'x', dtype: 'float32', shape: ['B', 3] },
      { name: 'flag', dtype: 'bool', shape: ['N'] },
    ],
    [{ name: 'y', dtype: 'int64', shape: ['B', 2, 2] }],
    10,
  )
  if (typeof layout === 'string') throw new Error(layout)
  expect(layout.inputs.map(({ offset, rowBytes }) => [offset, rowBytes])).toEqual([
    [0, 12],
    [128, 1],
  ])
  expect(layout.outputs).toMatchObject([{ offset: 192, rowBytes: 32, shape: [2, 2] }])
  const mine = new BatchSlot(layout)
  const other = new BatchSlot(layout, mine.memory)
  mine.rows = 7
  mine.inputs[1].fill(1)
  expect(other.rows).toBe(7)
  expect([...other.inputs[1]]).toEqual(new Array(10).fill(1))
  expect(other.inputs[0].every((byte) => byte === 0)).toBe(true)
  other.computeMs = 1.5
  expect(mine.computeMs).toBe(1.5)
})

it.each([
  ['a fixed number of rows', [4, 3]],
  ['a second free axis', ['B', 'T']],
  ['no axis', []],
])('says why %s cannot be batched', (_, shape) => {
  expect(rowLayout([{ name: 'x', dtype: 'float32', shape }], [], 4)).toMatch(/^'x' is float32 \[/)
})
