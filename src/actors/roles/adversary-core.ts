import { AgonError } from '../../core/errors.ts'
import type { SlotId, TaskId } from '../../core/ids.ts'
import type { Outcome, TaskBatch } from '../../learners/contract.ts'
import type { OutcomesReport, TasksRequest } from './contract.ts'

/**
 * What the adversary actor remembers of the cycle it is in, as a pure function of the messages: requests are collected
 * until every slot has asked, reports until every task of every slot was answered. A report that comes twice
 * counts once.
 */
export interface CycleLedger {
  readonly cycle: number
  readonly counts: ReadonlyMap<SlotId, number>
  /** Outstanding (slot, task, repeat) keys of the proposed batches; null until proposed. */
  readonly expected: ReadonlySet<string> | null
  readonly outcomes: ReadonlyMap<string, Outcome>
}

export const emptyLedger: CycleLedger = {
  cycle: 0,
  counts: new Map(),
  expected: null,
  outcomes: new Map(),
}

const key = (slot: SlotId, task: TaskId, repeat: number): string => `${slot}\n${task}\n${repeat}`

export function noteRequest(ledger: CycleLedger, request: TasksRequest): CycleLedger {
  const fresh = request.cycle === ledger.cycle ? ledger : { ...emptyLedger, cycle: request.cycle }
  return { ...fresh, counts: new Map(fresh.counts).set(request.slot, request.count) }
}

export function everySlotAsked(ledger: CycleLedger, slots: readonly SlotId[]): boolean {
  return slots.every((slot) => ledger.counts.has(slot))
}

export function noteBatches(ledger: CycleLedger, batches: readonly TaskBatch[]): CycleLedger {
  const expected = new Set<string>()
  for (const batch of batches)
    for (const task of batch.tasks) expected.add(key(batch.slot, task.id, task.repeat))
  return { ...ledger, expected }
}

/** @throws AgonError `protocol/outcome` for an outcome of a task that was not assigned in this cycle */
export function noteReport(ledger: CycleLedger, report: OutcomesReport): CycleLedger {
  const outcomes = new Map(ledger.outcomes)
  for (const outcome of report.outcomes) {
    const id = key(outcome.slot, outcome.task, outcome.repeat)
    if (report.cycle !== ledger.cycle || outcome.slot !== report.slot || !ledger.expected?.has(id))
      throw new AgonError(
        'protocol/outcome',
        `${report.slot} reported task ${outcome.task} (repeat ${outcome.repeat}) in cycle ${report.cycle}, which was not assigned to it in cycle ${ledger.cycle}`,
      )
    if (!outcomes.has(id)) outcomes.set(id, outcome)
  }
  return { ...ledger, outcomes }
}

export function everyTaskAnswered(ledger: CycleLedger): boolean {
  return ledger.expected !== null && ledger.outcomes.size === ledger.expected.size
}

/** By (slot, task order of assignment, repeat): never by arrival. */
export function sortedOutcomes(ledger: CycleLedger): readonly Outcome[] {
  return [...(ledger.expected ?? [])].map((id) => ledger.outcomes.get(id)!)
}
