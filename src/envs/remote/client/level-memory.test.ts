import { expect, it } from 'vitest'
import { levelMemory } from './level-memory.ts'

it('asks once about equal bytes, and again about those that had to go', () => {
  const memory = levelMemory<string>(2)
  const asked: string[] = []
  const of = (...bytes: number[]): string =>
    memory.of(Uint8Array.from(bytes), () => {
      asked.push(bytes.join())
      return `level ${bytes.join()}`
    })
  expect([of(1, 200), of(1, 200), of(1), of(1, 200)]).toEqual([
    ...['level 1,200', 'level 1,200', 'level 1', 'level 1,200'],
  ])
  expect(asked).toEqual(['1,200', '1'])
  of(3)
  of(1)
  of(1, 200)
  expect(asked).toEqual(['1,200', '1', '3', '1,200'])
})

it('keeps nothing of a question that failed', () => {
  const memory = levelMemory<number>(2)
  const bytes = Uint8Array.of(7)
  expect(() =>
    memory.of(bytes, () => {
      throw new Error('away')
    }),
  ).toThrow('away')
  expect(memory.of(bytes, () => 3)).toBe(3)
})
