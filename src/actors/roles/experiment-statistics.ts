import { AgonError } from '../../core/errors.ts'
import type { Metrics } from '../../learners/contract.ts'
import type { Answer, Json } from '../../services/contract.ts'
import type { OutcomesReport } from './contract.ts'
import { checkNumbers } from './numbers.ts'

/** What a grader says of one attempt: openly, and sealed. */
export interface Statistic {
  readonly slot: string
  readonly task: string
  readonly repeat: number
  readonly extras: Metrics
  readonly sealed: Readonly<Record<string, Json>>
}

const idOf = ({ slot, task, repeat }: Pick<Statistic, 'slot' | 'task' | 'repeat'>): string =>
  `${slot}\n${task}\n${repeat}`

const wrong = (why: string): AgonError =>
  new AgonError('grader/statistics', `the grader ${why}`, {
    remedy:
      'answer { statistics: [{ slot, task, repeat, extras, sealed? }] }, one for each outcome',
  })

/** @throws AgonError `grader/statistics`, `metrics/name`, `metrics/count` */
export function statisticsOf({ payload }: Answer, reports: readonly OutcomesReport[]): Statistic[] {
  const given = isRecord(payload) ? payload.statistics : undefined
  if (!Array.isArray(given)) throw wrong('gave no list of statistics')
  const open = new Set(
    reports.flatMap(({ slot, outcomes }) => outcomes.map((outcome) => idOf({ ...outcome, slot }))),
  )
  const statistics = (given as readonly Json[]).map((one): Statistic => {
    if (!isRecord(one)) throw wrong('gave a statistic that is no object')
    const { slot, task, repeat = 0, extras = {}, sealed = {} } = one
    if (typeof slot !== 'string' || typeof task !== 'string' || typeof repeat !== 'number')
      throw wrong('gave a statistic without slot, task and repeat')
    if (!open.delete(idOf({ slot, task, repeat })))
      throw wrong(
        `gave statistics of task ${task} (repeat ${repeat}) of '${slot}' twice, or unasked`,
      )
    if (!isRecord(extras) || !isRecord(sealed)) throw wrong('gave extras that are no object')
    return { slot, task, repeat, extras: numbersOf(extras), sealed }
  })
  const [missing] = open
  if (missing !== undefined) throw wrong(`gave no statistics of task ${missing.split('\n')[1]}`)
  return statistics
}

function numbersOf(extras: Readonly<Record<string, Json>>): Metrics {
  checkNumbers(extras, 'extras')
  for (const [name, value] of Object.entries(extras))
    if (typeof value !== 'number' || !Number.isFinite(value))
      throw wrong(`gave the extra '${name}', which is no finite number`)
  return extras as Metrics
}

/** Extras belong to episodes, so an attempt that nothing stepped reports one of them. */
export function withExtras(
  reports: readonly OutcomesReport[],
  statistics: readonly Statistic[],
): OutcomesReport[] {
  const of = new Map(statistics.map((one) => [idOf(one), one.extras]))
  return reports.map((report) => ({
    ...report,
    outcomes: report.outcomes.map((outcome) => ({
      ...outcome,
      episodes: outcome.episodes.map((episode) => ({
        ...episode,
        extras: { ...episode.extras, ...of.get(idOf(outcome)) },
      })),
    })),
  }))
}

const isRecord = (value: unknown): value is Readonly<Record<string, Json>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
