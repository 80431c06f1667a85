import { describe, expect, it } from 'vitest'
import { watchStall } from './stall.ts'

const beats = (verdict: () => string, count: number) => Array.from({ length: count }, verdict)

describe('a side that takes nothing', () => {
  it('is stalled after so many beats, and again after as many more', () => {
    const verdict = watchStall({ waiting: true, progress: 0 }, 3)
    expect(beats(verdict, 7)).toEqual([
      ...['taking', 'taking', 'taking', 'stalled'],
      ...['taking', 'taking', 'stalled again'],
    ])
  })

  it('is not stalled while nothing waits, or anything moves', () => {
    const taking = { waiting: false, progress: 0 }
    const verdict = watchStall(taking, 2)
    expect(beats(verdict, 5)).not.toContain('stalled')
    taking.waiting = true
    for (let n = 0; n < 5; n++) {
      taking.progress += 1
      expect(verdict()).toBe('taking')
    }
  })

  it('begins to count anew after progress', () => {
    const taking = { waiting: true, progress: 0 }
    const verdict = watchStall(taking, 2)
    expect(beats(verdict, 3)).toEqual(['taking', 'taking', 'stalled'])
    taking.progress = 1
    expect(beats(verdict, 3)).toEqual(['taking', 'taking', 'stalled'])
  })
})
