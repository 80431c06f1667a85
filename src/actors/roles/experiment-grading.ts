import { AgonError, toErrorRecord } from '../../core/errors.ts'
import type { SlotId } from '../../core/ids.ts'
import type { Metrics, Outcome } from '../../learners/contract.ts'
import type { Answer, Json } from '../../services/contract.ts'
import type { OutcomesReport } from './contract.ts'
import type { Experiment } from './experiment-state.ts'
import { ADVERSARY, serviceActor } from './names.ts'
import { checkNumbers } from './numbers.ts'

/**
 * Graders: services that turn artefacts into statistics before the adversary sees an outcome. What they say openly goes into the extras
 * of the outcome's episodes; what they seal goes to metrics and journal alone, and no message to a student or an adversary has it.
 */

interface Statistic {
  readonly slot: string
  readonly task: string
  readonly repeat: number
  readonly extras: Metrics
  readonly sealed: Readonly<Record<string, Json>>
}

const idOf = ({ slot, task, repeat }: Pick<Statistic, 'slot' | 'task' | 'repeat'>): string =>
  `${slot}\n${task}\n${repeat}`

/** All slots have reported: the graders are asked, and the adversary is told of the graded outcomes. */
export function grade(run: Experiment): void {
  const { counter, cast, cycle, tell } = run
  const { graders = [] } = run.plan
  const reports = run.plan.students.flatMap(({ slot }) => run.reports.get(slot) ?? [])
  const payload = {
    cycle,
    outcomes: reports.flatMap(({ slot, outcomes }) => asked(run, slot, outcomes)),
  }
  const questions = graders.map(async (grader) => {
    const answer = await counter!.question(grader, { key: `grade/${grader}`, payload })
    return { grader, answer }
  })
  void Promise.all(questions).then((answers) => {
    // The run may have gone back meanwhile.
    if (run.cast !== cast || run.cycle !== cycle) return
    let graded = reports
    for (const { grader, answer } of answers) {
      try {
        const statistics = statisticsOf(answer, graded)
        noteSealed(run, grader, statistics)
        graded = withExtras(graded, statistics)
      } catch (cause) {
        tell({ type: 'unanswered', actor: serviceActor(grader), error: toErrorRecord(cause) })
        return
      }
    }
    for (const report of graded) cast?.send(ADVERSARY, report)
  })
}

function asked(run: Experiment, slot: SlotId, outcomes: readonly Outcome[]): Json[] {
  const tasks = run.batches.get(slot)?.tasks ?? []
  return outcomes.map(({ task, repeat, artefacts }) => {
    const level = tasks.find((one) => one.id === task && one.repeat === repeat)?.level
    return {
      slot,
      task,
      repeat,
      artefacts,
      level: level === undefined ? null : Buffer.from(level).toString('base64'),
    }
  })
}

const wrong = (why: string): AgonError =>
  new AgonError('grader/statistics', `the grader ${why}`, {
    remedy:
      'answer { statistics: [{ slot, task, repeat, extras, sealed? }] }, one for each outcome',
  })

/** @throws AgonError `grader/statistics`, `metrics/name`, `metrics/count` */
function statisticsOf({ payload }: Answer, reports: readonly OutcomesReport[]): Statistic[] {
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
function withExtras(
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

function noteSealed(run: Experiment, grader: string, statistics: readonly Statistic[]): void {
  const sealed = statistics.filter((one) => Object.keys(one.sealed).length > 0)
  if (sealed.length === 0) return
  const { epoch, cycle } = run
  run.effects.journal({
    ...{ kind: 'sealed', epoch, cycle, grader },
    statistics: sealed.map(({ extras: _, ...one }) => one),
  })
  const sums = new Map<string, { sum: number; count: number }>()
  for (const one of sealed)
    for (const [name, value] of Object.entries(one.sealed)) {
      if (typeof value !== 'number') continue
      const { sum, count } = sums.get(name) ?? { sum: 0, count: 0 }
      sums.set(name, { sum: sum + value, count: count + 1 })
    }
  checkNumbers(Object.fromEntries(sums), 'sealed')
  for (const [name, { sum, count }] of sums) run.metrics[`sealed/${grader}/${name}`] = sum / count
}

const isRecord = (value: unknown): value is Readonly<Record<string, Json>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
