import { describe, expect, it } from 'vitest'
import { Batcher, type BatchingRules } from './batcher.ts'

const RULES: BatchingRules = { maxBatch: 8, maxDelayMs: 0, maxQueueRows: 20, alone: false }

function filled(rules: Partial<BatchingRules>, ...rows: number[]) {
  const batcher = new Batcher<{ rows: number; arrived: number; alone: boolean }>({
    ...RULES,
    ...rules,
  })
  const items = rows.map((count, i) => ({ rows: count, arrived: i, alone: false }))
  for (const item of items) expect(batcher.add(item)).toBe(true)
  const take = (now: number, busyRows = 0) => batcher.take(now, busyRows)?.map(({ rows: n }) => n)
  return { batcher, items, take }
}

describe('batcher', () => {
  it('gives a free thread what waits, in order, up to a full batch', () => {
    const { batcher, take } = filled({}, 3, 3, 2, 4)
    expect(take(0)).toEqual([3, 3, 2])
    expect(batcher.rows).toBe(4)
    expect(take(0)).toBe(undefined)
    expect(take(3)).toEqual([4])
    expect(take(9)).toBe(undefined)
  })

  it('never lets a later request overtake one that does not fit', () => {
    const { take } = filled({}, 5, 4, 1)
    expect(take(9)).toEqual([5])
    expect(take(9)).toEqual([4, 1])
  })

  it('waits for others, but not longer than it may', () => {
    const { batcher, take } = filled({ maxDelayMs: 10 }, 1, 1)
    expect([take(0), take(9.9), batcher.dueIn(4)]).toEqual([undefined, undefined, 6])
    expect(take(10)).toEqual([1, 1])
    expect(batcher.dueIn(10)).toBe(Number.POSITIVE_INFINITY)
    expect(filled({ maxDelayMs: 10 }, 4, 4).take(0)).toEqual([4, 4])
  })

  it('hands a thread at work a large batch, at least as large as what it is at', () => {
    const { batcher, take } = filled({}, 1, 2)
    expect(take(5, 4)).toBe(undefined)
    batcher.add({ rows: 1, arrived: 2, alone: false })
    expect(take(5, 4)).toEqual([1, 2, 1])
    expect(filled({}, 1).take(5, 1)).toBe(undefined)
    expect(filled({}, 2).take(5, 1)).toEqual([2])
    expect(filled({}, 4, 4).take(0, 300)).toEqual([4, 4])
  })

  it('refuses more rows than may wait, and takes back what a lost thread had', () => {
    const { batcher, items, take } = filled({}, 8, 8, 4)
    expect(batcher.add({ rows: 1, arrived: 9, alone: false })).toBe(false)
    expect(take(9)).toEqual([8])
    batcher.putBack([items[0]])
    expect(batcher.rows).toBe(20)
    expect(take(9)).toEqual([8])
    expect(batcher.remove(items[0])).toBe(false)
    expect(batcher.remove(items[1])).toBe(true)
    expect(batcher.clear()).toEqual([items[2]])
    expect(batcher.rows).toBe(0)
  })

  it('runs those alone that must be', () => {
    expect(filled({ alone: true, maxDelayMs: 99 }, 1, 1).take(0)).toEqual([1])
    const { items, take } = filled({}, 1, 1, 1)
    items[1].alone = true
    expect([take(9), take(9), take(9)]).toEqual([[1], [1], [1]])
  })

  it('runs a request of more rows than a batch by itself', () => {
    expect(filled({ maxBatch: 2 }, 5, 1).take(9)).toEqual([5])
  })
})
