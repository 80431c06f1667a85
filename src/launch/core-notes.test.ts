import { describe, expect, it } from 'vitest'
import type { RunConfig } from '../run/contract.ts'
import { coreNotes, learningThreads } from './core-notes.ts'

type Given = Pick<RunConfig, 'students' | 'workers' | 'placement'>
const given = (workers: number, shards: number | undefined, change: object = {}): Given => ({
  workers,
  students: { agent: { module: 'm', options: shards === undefined ? {} : { shards } } } as never,
  placement: { student: 'local', ...change } as never,
})

describe('what to know of many cores', () => {
  it('is how many seeds fit beside each other', () => {
    expect(coreNotes(given(2, 2), 16)).toEqual([
      'this run learns on 2 of 16 cores, and more hardly pay for one student: 8 seeds side by side use the rest (agon sweep)',
    ])
  })

  it('is nothing on a small machine, where the run fills it, or where it learns elsewhere', () => {
    expect(coreNotes(given(1, 2), 2)).toEqual([])
    expect(coreNotes(given(8, 8), 8)).toEqual([])
    expect(coreNotes(given(2, 2, { student: 'node:gpu' }), 16)).toEqual([])
    expect(coreNotes(given(2, 2, { student: { a: 'local', b: 'attach' } }), 16)).toEqual([])
  })

  it('is that threads without a shard stay idle', () => {
    expect(coreNotes(given(8, 2), 2)).toEqual(["workers 8 have 2 shards of 'agent': 6 stay idle"])
  })

  it('counts the threads that learn: of every student, no more than shards', () => {
    expect(learningThreads(given(4, 2))).toBe(2)
    expect(learningThreads(given(4, undefined))).toBe(4)
  })
})
