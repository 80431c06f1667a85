import { type ErrorRecord, toErrorRecord } from '../../core/errors.ts'
import type { SlotId } from '../../core/ids.ts'
import type { Outcome } from '../../learners/contract.ts'
import type { Answer, Json } from '../../services/contract.ts'
import type { OutcomesReport } from './contract.ts'
import { inTurn, type Order, send, type Turn, turn } from './experiment-orders.ts'
import type { Experiment } from './experiment-state.ts'
import { type Statistic, statisticsOf, withExtras } from './experiment-statistics.ts'
import { ADVERSARY, EXPERIMENT, serviceActor } from './names.ts'
import { checkNumbers } from './numbers.ts'

/**
 * Graders: services that turn artefacts into statistics before the adversary sees an outcome. What they say openly goes into the extras
 * of the outcome's episodes; what they seal goes to metrics and journal alone, and no message to a student or an adversary has it.
 */

/** All slots have reported: the graders are asked, each of all outcomes. */
export function askGraders(run: Experiment): Turn {
  const { epoch, cycle } = run
  const { graders = [] } = run.plan
  const outcomes = reportsOf(run).flatMap(({ slot, outcomes }) => asked(run, slot, outcomes))
  const orders = graders.map((service): Order => {
    const question = { key: `grade/${service}`, payload: { cycle, outcomes } }
    const message = { type: 'service.ask', cycle, service, ...question } as const
    return { do: 'ask', asker: EXPERIMENT, epoch, message }
  })
  return turn({ ...run, questions: run.questions + graders.length }, orders)
}

/** Once the last grader has answered, the adversary is told of the graded outcomes. */
export function hearGrade(given: Experiment, grader: string, cycle: number, answer: Answer): Turn {
  // The run may have gone back meanwhile.
  if (cycle !== given.cycle) return turn(given)
  const run = { ...given, grades: new Map(given.grades).set(grader, answer) }
  const { graders = [] } = run.plan
  if (graders.some((name) => !run.grades.has(name))) return turn(run)
  let sofar = turn(run)
  let graded = reportsOf(run)
  for (const name of graders) {
    try {
      const statistics = statisticsOf(run.grades.get(name)!, graded)
      sofar = inTurn(sofar, (next) => noteSealed(next, name, statistics))
      graded = withExtras(graded, statistics)
    } catch (cause) {
      return inTurn(sofar, (next) => refused(next, name, toErrorRecord(cause)))
    }
  }
  return inTurn(sofar, (next) =>
    turn(
      next,
      graded.map((report) => send(ADVERSARY, report)),
    ),
  )
}

const refused = (run: Experiment, grader: string, error: ErrorRecord): Turn =>
  turn(run, [{ do: 'tell', news: { type: 'unanswered', actor: serviceActor(grader), error } }])

const reportsOf = ({ plan, reports }: Experiment): readonly OutcomesReport[] =>
  plan.students.flatMap(({ slot }) => reports.get(slot) ?? [])

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

/** @throws AgonError `metrics/name`, `metrics/count` */
function noteSealed(run: Experiment, grader: string, statistics: readonly Statistic[]): Turn {
  const sealed = statistics.filter((one) => Object.keys(one.sealed).length > 0)
  if (sealed.length === 0) return turn(run)
  const { epoch, cycle } = run
  const record = {
    ...{ kind: 'sealed', epoch, cycle, grader },
    statistics: sealed.map(({ extras: _, ...one }) => one),
  }
  const sums = new Map<string, { sum: number; count: number }>()
  for (const one of sealed)
    for (const [name, value] of Object.entries(one.sealed)) {
      if (typeof value !== 'number') continue
      const { sum, count } = sums.get(name) ?? { sum: 0, count: 0 }
      sums.set(name, { sum: sum + value, count: count + 1 })
    }
  checkNumbers(Object.fromEntries(sums), 'sealed')
  const means = [...sums].map(([name, { sum, count }]) => [`sealed/${grader}/${name}`, sum / count])
  const metrics = { ...run.metrics, ...Object.fromEntries(means) }
  return turn({ ...run, metrics }, [{ do: 'journal', record }])
}
