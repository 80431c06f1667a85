import { exportsPolicy, makesSnapshots, studentsOf } from './experiment-actors.ts'
import type { Cut, ExperimentResult, Spending } from './experiment-contract.ts'
import type { EventOf, Timed } from './experiment-events.ts'
import { type Order, send, type Turn, turn } from './experiment-orders.ts'
import {
  type Experiment,
  isComplete,
  NOTHING_YET,
  noteCompleted,
  originOf,
} from './experiment-state.ts'
import { addSpending, budgetDone, NOTHING_SPENT, sumCosts } from './spending.ts'
import { cyclingActors, rowOfActor, statefulActors } from './table/table.ts'

/** What the experiment does from the beginning of a cycle to its cut, and on going back to one. */

export function beginCycle(run: Experiment): Turn {
  const cycle = run.cycle + 1
  return turn(
    {
      ...run,
      ...NOTHING_YET,
      cycle,
      before: run.spent,
      cycleStarted: run.now,
      awaited: new Set(cyclingActors(run.plan)),
    },
    [
      { do: 'freeKeys' },
      ...studentsOf(run).map((actor) => send(actor, { type: 'cycle.begin', cycle })),
    ],
  )
}

/** All have done their part. */
export const tally = (run: Experiment): Turn => turn(run, [{ do: 'tally' }])

/** Services have told what they cost. */
export function countCycle(given: Experiment, { at, metrics, timings }: EventOf<'tallied'>): Turn {
  const run = noteCompleted(given)
  const spent = addSpending(run.spent, {
    cycles: 1,
    gradientUpdates: Math.max(0, ...run.updates.values()),
    envSteps: run.steps,
    ...sumCosts(run.costs),
    ...(counts(run, 'evaluations') || timesSearch(run) ? { evaluations: run.attempts } : {}),
  })
  // Work done again after going back takes its time again.
  const seconds = run.secondsBefore + Math.round(at - run.opened) / 1000
  return turn({
    ...run,
    now: at,
    spent: counts(run, 'seconds') ? { ...spent, seconds } : spent,
    metrics: { ...run.metrics, ...metrics },
    timings: { ...run.timings, ...timings, cycle_ms: at - run.cycleStarted },
  })
}

/** Whether this run counts what most do not. */
const counts = ({ plan, spent }: Experiment, unit: keyof Spending): boolean =>
  plan.budget[unit] !== undefined || spent[unit] !== undefined

/** A search that ends by the clock says how far it got. */
const timesSearch = ({ plan, searched }: Experiment): boolean =>
  plan.budget.seconds !== undefined && searched.length > 0

export function recordCycle(run: Experiment): Turn {
  const { epoch, spent, metrics, timings, batches, reports, updates, levels, searched } = run
  const done = budgetDone(run.plan.budget, spent)
  const attempted = { batches, reports, updates, levels, searched }
  return turn(run, [{ do: 'record', row: { epoch, spent, done, metrics, timings, attempted } }])
}

export function askSnapshots(run: Experiment): Turn {
  const orders = statefulActors(run.plan).flatMap((actor): readonly Order[] => {
    if (makesSnapshots(run, actor)) return [send(actor, { type: 'snapshot.take' })]
    const exports = rowOfActor(actor).exports && exportsPolicy(run, actor)
    return exports ? [send(actor, { type: 'policy.export' })] : []
  })
  const awaited = new Set(orders.flatMap((order) => (order.do === 'send' ? [order.actor] : [])))
  return turn({ ...run, snapshots: new Map(), policies: new Map(), awaited }, orders)
}

export function cutOf({ cycle, epoch, spent, snapshots, policies, gallery }: Experiment): Cut {
  return {
    ...{ cycle, epoch, spent, gallery },
    snapshots: Object.fromEntries(snapshots),
    policies: Object.fromEntries(policies),
  }
}

/** What an effect has come to. */
interface Ended<T> {
  readonly output: T
}

/** The newest cut that is whole; null: begin at cycle 0. */
export type FoundCut = Timed<{ readonly cut: Cut | null }>

/** A cut on disk. */
export type WrittenCut = Timed<{ readonly cut: Cut; readonly path: string }>

/** Once it is on disk, and not before, it is the last good cut. */
export function cutWritten(run: Experiment, { output }: Ended<WrittenCut>): Turn {
  const { cut, path, at } = output
  const { epoch, cycle } = run
  return turn({ ...run, cut, now: at }, [
    { do: 'journal', record: { kind: 'cut', epoch, cycle } },
    { do: 'progress', event: { kind: 'cut', cycle, path } },
  ])
}

/** The old cast is gone. */
export function goneBack(run: Experiment, { output: { cut, at } }: Ended<FoundCut>): Turn {
  const { cause } = run
  const epoch = run.epoch + 1
  const cycle = cut?.cycle ?? originOf(run.plan)
  const spent = cut?.spent ?? NOTHING_SPENT
  return turn({ ...run, epoch, cut, cycle, spent, before: spent, questions: 0, now: at }, [
    { do: 'recount', cycle },
    { do: 'journal', record: { kind: 'resumed', epoch, cycle, from: cycle, cause } },
    { do: 'rewind', cycle, epoch, cause },
  ])
}

/** Whether nothing is left to do. */
export const isFinished = (run: Experiment): boolean => isComplete(run) && run.asked.size === 0

export const resultOf = (run: Experiment): ExperimentResult => ({
  status: run.error !== null ? 'failed' : isFinished(run) ? 'finished' : 'stopped',
  spent: run.spent,
  solvedRate: Object.fromEntries(run.solvedRate),
  ...(run.measures.size === 0 ? {} : { measures: Object.fromEntries(run.measures) }),
  ...(run.error === null ? {} : { error: run.error }),
  ...(run.limited === null || run.error !== null ? {} : { limited: run.limited.error }),
})
