import { AgonError } from '../../core/errors.ts'
import type { AttemptReport, TaskBatch } from '../../learners/contract.ts'

/**
 * The report, once it answers every task of the batch: the adversary would wait for a missing one for ever.
 * @throws AgonError `student/outcomes`
 */
export function checkReport(batch: TaskBatch, report: AttemptReport): AttemptReport {
  const key = (task: string, repeat: number): string => `${task} (repeat ${repeat})`
  const answered = new Set(report.outcomes.map(({ task, repeat }) => key(task, repeat)))
  const missing = batch.tasks.find(({ id, repeat }) => !answered.has(key(id, repeat)))
  if (missing === undefined) return report
  throw new AgonError(
    'student/outcomes',
    `the student in slot '${batch.slot}' reported no outcome of task ${key(missing.id, missing.repeat)} of cycle ${batch.cycle}`,
    { remedy: 'give one outcome for each task, with its id and repeat' },
  )
}
