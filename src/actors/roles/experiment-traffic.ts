import { sha256 } from '../../core/bytes.ts'
import { canonicalJson } from '../../core/canonical-json.ts'
import type { ActorId, SlotId } from '../../core/ids.ts'
import type { TaskBatch } from '../../learners/contract.ts'
import type { Seating } from '../../seats/contract.ts'
import type { Said } from './cast.ts'
import type { OutcomesReport } from './contract.ts'
import { prefixed, withLastCut } from './experiment-core.ts'
import type { EventOf } from './experiment-events.ts'
import { askGraders, hearGrade } from './experiment-grading.ts'
import { inTurn, type Order, send, type Turn, turn } from './experiment-orders.ts'
import { type Experiment, noteCame } from './experiment-state.ts'
import { ADVERSARY, EXPERIMENT, slotOf } from './names.ts'

/** What passes between students, adversary and services in a cycle. */

export type CycleMessage = Extract<Said, { cycle: number }>

export function hearCycle(run: Experiment, actor: ActorId, message: CycleMessage): Turn {
  if (message.cycle !== run.cycle) return turn(outOfCycle(run, actor, message))
  switch (message.type) {
    case 'service.ask':
      return turn({ ...run, questions: run.questions + 1 }, [
        { do: 'ask', asker: actor, epoch: run.epoch, message },
      ])
    case 'tasks.request':
      return turn(run, [send(ADVERSARY, message)])
    case 'tasks.proposed':
      return message.batches.reduce(
        (sofar, batch) => inTurn(sofar, (next) => assign(next, batch)),
        turn(withNumbers(run, 'adversary', message)),
      )
    case 'outcomes.report':
      return hearReport(run, message)
    case 'learned': {
      const updates = new Map(run.updates).set(message.slot, message.gradientUpdates)
      return turn(noteCame({ ...withNumbers(run, slotOf(actor), message), updates }, actor))
    }
    case 'cycle.done':
      return turn({
        ...noteCame(withNumbers(run, 'adversary', message), actor),
        levels: message.levels ?? [],
        searched: message.attempts ?? [],
      })
  }
}

/** What was asked of a service has its answer. */
export function hearAnswered(given: Experiment, event: EventOf<'answered'>): Turn {
  const { asker, cycle, service, key, answer, cost } = event
  const run = {
    ...given,
    now: event.at,
    questions: given.questions - 1,
    costs: new Map(given.costs).set(`${cycle}/${asker}/${key}`, cost),
  }
  return asker === EXPERIMENT
    ? hearGrade(run, service, cycle, answer)
    : turn(run, [send(asker, { type: 'service.answer', key, ...answer })])
}

function outOfCycle(run: Experiment, actor: ActorId, { type, cycle }: CycleMessage): Experiment {
  if (run.error !== null) return run
  const message = `${type} of cycle ${cycle} came in cycle ${run.cycle}`
  const fault = { code: 'protocol/cycle', message }
  return { ...run, error: withLastCut(fault, actor, run.cut?.cycle ?? null, run.cycle) }
}

function withNumbers(
  run: Experiment,
  of: string,
  {
    metrics,
    timings = {},
  }: Pick<OutcomesReport, 'metrics'> & Partial<Pick<OutcomesReport, 'timings'>>,
): Experiment {
  return {
    ...run,
    metrics: { ...run.metrics, ...prefixed(of, metrics) },
    timings: { ...run.timings, ...prefixed(of, timings) },
  }
}

function assign(run: Experiment, proposed: TaskBatch): Turn {
  const batch = withLive(run, seated(proposed, run.plan.seating))
  const { slot, tasks } = batch
  return turn({ ...run, batches: new Map(run.batches).set(slot, batch) }, [
    traffic(run, 'tasks.assign', slot, tasks.length, tasks),
    { do: 'assign', batch },
  ])
}

/** The adversary hears of outcomes; the episodes themselves go to disk. */
function hearReport(run: Experiment, { recorded, ...report }: OutcomesReport): Turn {
  const { type, slot, outcomes } = report
  // A report that comes twice counts once.
  if (run.reported.has(slot)) return turn(run)
  const heard = {
    ...withNumbers(run, slot, report),
    reported: new Set(run.reported).add(slot),
    steps: run.steps + report.envSteps,
    attempts: run.attempts + outcomes.length,
    reports: new Map(run.reports).set(slot, report),
  }
  const kept: readonly Order[] = [
    traffic(run, type, slot, outcomes.length, outcomes),
    ...(recorded === undefined
      ? []
      : [{ do: 'keepEpisodes', cycle: run.cycle, slot, recorded } as const]),
  ]
  // At once, or once all have reported and the graders have seen them.
  if ((run.plan.graders?.length ?? 0) === 0) return turn(heard, [...kept, send(ADVERSARY, report)])
  return inTurn(turn(heard, kept), (next) =>
    heard.reports.size === run.plan.students.length ? askGraders(next) : turn(next),
  )
}

/** The batch with the run's own seating under that of its tasks. */
function seated(batch: TaskBatch, seating: Seating | undefined): TaskBatch {
  if (seating === undefined) return batch
  const tasks = batch.tasks.map((task) => ({ ...task, seating: { ...seating, ...task.seating } }))
  return { ...batch, tasks }
}

/** The batch with those policies that stand for students and that its tasks seat, or its student attempts with. */
function withLive(run: Experiment, { policies: _, ...batch }: TaskBatch): TaskBatch {
  const { live, follows = {} } = run.plan
  if (live === undefined) return batch
  const named = new Set(batch.tasks.flatMap(({ seating = {} }) => Object.values(seating)))
  named.add(follows[batch.slot])
  const policies = Object.entries(live).flatMap(([name, slot]) => {
    const policy = named.has(name) ? run.policies.get(slot) : undefined
    return policy === undefined ? [] : [[name, policy] as const]
  })
  return policies.length === 0 ? batch : { ...batch, policies: Object.fromEntries(policies) }
}

/** Count and digest of what crossed: enough to find the first message in which two runs differ. */
function traffic(
  { epoch, cycle }: Experiment,
  kind: string,
  slot: SlotId,
  count: number,
  content: unknown,
): Order {
  const digest = sha256(canonicalJson(content)).slice(0, 16)
  return { do: 'journal', record: { kind, epoch, cycle, slot, count, sha256: digest } }
}
