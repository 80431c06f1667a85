import { expect, it } from 'vitest'
import { SequenceTable } from './sequence-table.ts'

const START = { rows: 2, seed: undefined, rowBytes: [4, 8] }

it('starts from zeros and keeps what is written', () => {
  const table = new SequenceTable(4, 100)
  const sequence = table.start('a', START, 0)
  expect(sequence.state.map(({ length }) => length)).toEqual([8, 16])
  sequence.state[0].fill(7)
  expect(table.goOn('a', 2, 50).state[0]).toEqual(new Uint8Array(8).fill(7))
  expect(table.start('a', START, 60).state[0]).toEqual(new Uint8Array(8))
})

it('refuses unknown ones, other rows and two requests at once, by name', () => {
  const table = new SequenceTable(4, 100)
  const sequence = table.start('a', START, 0)
  const code = (ask: () => unknown): unknown => {
    try {
      return ask()
    } catch (error) {
      return (error as { code: string }).code
    }
  }
  expect(code(() => table.goOn('b', 2, 0))).toBe('sequence/unknown')
  expect(code(() => table.goOn('a', 3, 0))).toBe('sequence/rows')
  sequence.busy = true
  expect(code(() => table.goOn('a', 2, 0))).toBe('sequence/busy')
  expect(code(() => table.start('a', START, 0))).toBe('sequence/busy')
  table.end('a')
  expect(code(() => table.goOn('a', 2, 0))).toBe('sequence/unknown')
})

it('forgets the idle, never the busy, and holds no more than its limit', () => {
  const table = new SequenceTable(2, 100)
  table.start('a', START, 0).busy = true
  table.start('b', START, 10)
  expect(() => table.start('c', START, 50)).toThrow(/2 sequences are kept/)
  table.goOn('b', 2, 90)
  expect(() => table.start('c', START, 189)).toThrow(/2 sequences/)
  table.start('c', START, 190)
  expect(table.size).toBe(2)
  expect(() => table.goOn('b', 2, 190)).toThrow(/no sequence 'b'/)
})
