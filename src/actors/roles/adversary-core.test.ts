import { describe, expect, it } from 'vitest'
import { slotId, taskId } from '../../core/ids.ts'
import type { Outcome, Task, TaskBatch } from '../../learners/contract.ts'
import {
  type CycleLedger,
  emptyLedger,
  everySlotAsked,
  everyTaskAnswered,
  noteBatches,
  noteReport,
  noteRequest,
  sortedOutcomes,
} from './adversary-core.ts'
import { hearMessage, openWork } from './adversary-work.ts'
import type { OutcomesReport } from './contract.ts'

const [left, right] = [slotId('left'), slotId('right')]

const batch = (slot: typeof left, count: number): TaskBatch => ({
  cycle: 4,
  slot,
  autoReset: 'same-level',
  probes: [],
  tasks: Array.from({ length: count }, (_, i) => ({ id: taskId(4, slot, i), repeat: 0 }) as Task),
})

const report = (slot: typeof left, indices: readonly number[], cycle = 4): OutcomesReport => ({
  type: 'outcomes.report',
  cycle,
  slot,
  envSteps: 1,
  metrics: {},
  timings: {},
  outcomes: indices.map((i) => ({ task: taskId(4, slot, i), slot, repeat: 0 }) as Outcome),
})

const proposed = (): CycleLedger =>
  noteBatches({ ...emptyLedger, cycle: 4 }, [batch(left, 2), batch(right, 2)])

describe('cycle ledger', () => {
  it('waits until every slot has asked, in any order', () => {
    const ask = (slot: typeof left) =>
      ({ type: 'tasks.request', cycle: 4, slot, count: 2 }) as const
    const one = noteRequest(emptyLedger, ask(right))
    expect(everySlotAsked(one, [left, right])).toBe(false)
    expect(everySlotAsked(noteRequest(one, ask(left)), [left, right])).toBe(true)
  })

  it('forgets requests of an earlier cycle', () => {
    const old = noteRequest(emptyLedger, { type: 'tasks.request', cycle: 3, slot: left, count: 2 })
    const next = noteRequest(old, { type: 'tasks.request', cycle: 4, slot: right, count: 2 })
    expect([...next.counts.keys()]).toEqual([right])
  })

  it('sorts by assignment, never by arrival, and counts a repeated report once', () => {
    let ledger = noteReport(proposed(), report(right, [1]))
    ledger = noteReport(ledger, report(right, [1, 0]))
    expect(everyTaskAnswered(ledger)).toBe(false)
    ledger = noteReport(ledger, report(left, [1, 0]))
    ledger = noteReport(ledger, report(left, [0, 1]))
    expect(everyTaskAnswered(ledger)).toBe(true)
    expect(sortedOutcomes(ledger).map(({ task }) => task)).toEqual([
      '4.left.0',
      '4.left.1',
      '4.right.0',
      '4.right.1',
    ])
  })

  it('refuses outcomes of tasks that were not assigned', () => {
    expect(() => noteReport(proposed(), report(left, [2]))).toThrow(/was not assigned/)
    expect(() => noteReport(proposed(), report(left, [0], 3))).toThrow(/in cycle 3/)
    const stolen = { ...report(left, [0]), slot: right }
    expect(() => noteReport(proposed(), stolen)).toThrow(/was not assigned/)
  })

  it.each([
    ['forgets a slot', [batch(left, 1)]],
    [
      'gives a batch to one that did not ask',
      [batch(left, 1), batch(right, 1), batch(slotId('x'), 1)],
    ],
    ['gives a slot two', [batch(left, 1), batch(left, 1), batch(right, 1)]],
  ])('refuses an adversary that %s, instead of waiting for ever', (_, batches) => {
    const ask = (slot: typeof left) =>
      ({ type: 'tasks.request', cycle: 4, slot, count: 1 }) as const
    const adversary = {
      init: () => null,
      propose: (record: unknown) => ({ record, batches }),
    } as never
    const { work } = hearMessage(openWork(adversary, 1, [left, right]), ask(right))
    expect(() => hearMessage(work, ask(left))).toThrow(
      /gave batches to the slots .* and left, right asked for one each/,
    )
  })
})
