import { AgonError } from '../../core/errors.ts'
import type { SlotId } from '../../core/ids.ts'
import type {
  AttemptReport,
  LearnReport,
  Outcome,
  StatisticName,
  Student,
  TaskBatch,
} from '../../learners/contract.ts'
import type { Traits } from './contract.ts'
import { checkNumbers } from './numbers.ts'
import { OWN_TRAITS } from './traits.ts'

/** What the body of a student can do. @throws AgonError `student/measure` where nobody could measure it */
export function traitsOf({ exports = true, probes, exportPolicy, measure }: Student): Traits {
  if (exportPolicy === undefined && measure === undefined)
    throw new AgonError('student/measure', 'the student has neither exportPolicy nor measure', {
      remedy: 'give one: a policy for the evaluator, or what came of sealed levels',
    })
  const exportsPolicy = exports && exportPolicy !== undefined
  return { ...OWN_TRAITS, probes: probes === true, exportsPolicy }
}

/** @throws AgonError `student/probes` */
export function checkProbes({ slot, probes }: TaskBatch, student: Student): void {
  if (probes.length > 0 && student.probes !== true) throw cannotProbe(slot, probes[0].name)
}

export const cannotProbe = (slot: SlotId, probe: string): AgonError =>
  new AgonError(
    'student/probes',
    `the adversary names the probe '${probe}', and the student in slot '${slot}' cannot work under probes`,
    { remedy: 'choose another student or adversary' },
  )

const key = ({ task, repeat }: Pick<Outcome, 'task' | 'repeat'>): string =>
  `${task} (repeat ${repeat})`

/**
 * What a student says of a batch, once it answers every task: the adversary would wait for a missing outcome for ever.
 * @param offers statistics that it promised of every finished episode
 * @throws AgonError `student/outcomes`, `protocol/outcome`, `student/statistics`, `metrics/name`, `metrics/count`
 */
export function checkReport(
  batch: TaskBatch,
  report: AttemptReport,
  offers: readonly StatisticName[],
): AttemptReport {
  const { slot, cycle, tasks } = batch
  const wanted = new Set(tasks.map(({ id, repeat }) => key({ task: id, repeat })))
  const open = new Set(wanted)
  for (const outcome of report.outcomes) {
    const answered = key(outcome)
    if (!wanted.has(answered))
      throw new AgonError(
        'protocol/outcome',
        `the student in slot '${slot}' reported task ${answered}, which was not assigned to it in cycle ${cycle}`,
        { remedy: 'report the tasks of the last batch alone' },
      )
    if (!open.delete(answered)) throw outcomesError(batch, `two outcomes of task ${answered}`)
    checkStatistics(batch, outcome, offers)
  }
  const [missing] = open
  if (missing !== undefined)
    throw outcomesError(
      batch,
      `no outcome of task ${missing}, and ${wanted.size - open.size} of ${wanted.size} in all`,
    )
  checkNumbers(report.metrics, 'metrics')
  checkNumbers(report.timings, 'timings')
  return report
}

function outcomesError({ slot, cycle }: TaskBatch, what: string): AgonError {
  return new AgonError(
    'student/outcomes',
    `the student in slot '${slot}' reported ${what} in cycle ${cycle}`,
    { remedy: 'give one outcome for each task, with its id and repeat' },
  )
}

function checkStatistics(
  { slot }: TaskBatch,
  outcome: Outcome,
  offers: readonly StatisticName[],
): void {
  for (const episode of outcome.episodes) {
    if (!episode.finished) continue
    const absent = offers.find((name) => episode[name] === undefined)
    if (absent !== undefined)
      throw new AgonError(
        'student/statistics',
        `the student in slot '${slot}' offers '${absent}', and episode ${episode.episode} of task ${key(outcome)} has none`,
        { remedy: 'offer only what every finished episode has' },
      )
  }
}

/**
 * One update is all epochs over the batch, and there is none where nothing may be learnt from.
 * @throws AgonError `student/updates`, `metrics/name`, `metrics/count`
 */
export function checkLearned(batch: TaskBatch, report: LearnReport): LearnReport {
  const most = batch.tasks.some(({ train }) => train) ? 1 : 0
  const { gradientUpdates } = report
  if (!(Number.isSafeInteger(gradientUpdates) && gradientUpdates >= 0 && gradientUpdates <= most))
    throw new AgonError(
      'student/updates',
      `the student in slot '${batch.slot}' says ${gradientUpdates} gradient updates in cycle ${batch.cycle}; its batch allows ${most}`,
      {
        remedy:
          'count one where all epochs over the batch were made, none where nothing was trainable',
      },
    )
  checkNumbers(report.metrics, 'metrics')
  checkNumbers(report.timings, 'timings')
  return report
}
