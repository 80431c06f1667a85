import { enqueueActions, fromPromise, setup } from 'xstate'
import type {
  Cut,
  ExperimentEffects,
  ExperimentPlan,
  ExperimentResult,
} from './experiment-contract.ts'
import { isDue } from './experiment-core.ts'
import { cutOf, type FoundCut, isFinished, type WrittenCut } from './experiment-cycle.ts'
import type { ExperimentEvent } from './experiment-events.ts'
import { mayLimit, mayRestart } from './experiment-losses.ts'
import { incompatibility } from './experiment-opening.ts'
import type { Order, Turn } from './experiment-orders.ts'
import type { ExperimentShell } from './experiment-shell.ts'
import { type Experiment, isComplete } from './experiment-state.ts'
import { memberOf } from './table/table.ts'

export interface ExperimentInput {
  readonly plan: ExperimentPlan
  readonly effects: ExperimentEffects
  /** Where to begin; null = at cycle 0. */
  readonly cut: Cut | null
  readonly epoch: number
}

export interface ExperimentContext {
  /** Followed by another record in every transition, never changed. */
  readonly run: Experiment
  readonly shell: ExperimentShell
}

/** What the experiment's machine is made of: what it waits for, decides by and does. */
export const experimentSetup = setup({
  types: {
    context: {} as ExperimentContext,
    input: {} as ExperimentInput,
    events: {} as ExperimentEvent,
    output: {} as ExperimentResult,
  },
  actors: {
    writeCut: fromPromise<WrittenCut, ExperimentContext>(({ input: { shell, run } }) =>
      shell.writeCut(cutOf(run)),
    ),
    goBack: fromPromise<FoundCut, ExperimentContext>(({ input: { shell, run } }) =>
      shell.goBack(run.cut?.cycle ?? null),
    ),
    dismiss: fromPromise<void, ExperimentContext>(({ input: { shell, run } }) => {
      const done = run.error === null && isFinished(run)
      return shell.dismiss(done && run.plan.followed === true, run.error ?? undefined)
    }),
  },
  guards: {
    readyToRestore: ({ context: { run } }) => run.awaited.size === 0 && run.cut !== null,
    readyToHandOver: ({ context: { run } }) =>
      run.awaited.size === 0 && run.plan.origin?.archive !== undefined,
    nothingAwaited: ({ context: { run } }) => run.awaited.size === 0,
    incompatible: ({ context: { run } }) => incompatibility(run) !== null,
    hasError: ({ context: { run } }) => run.error !== null,
    evaluationDue: ({ context: { run } }) =>
      isDue(run.plan.evaluation.every, run.before.gradientUpdates, run.spent.gradientUpdates),
    cutDue: ({ context: { run } }) =>
      run.stopping ||
      isComplete(run) ||
      isDue(run.plan.cutEvery, run.before.cycles, run.spent.cycles),
    complete: ({ context: { run } }) => isComplete(run),
    someSitBesideOthers: ({ context: { run } }) => run.plan.live !== undefined,
    stopping: ({ context: { run } }) => run.stopping,
    servicesAtWork: ({ context: { run } }) => run.questions > 0,
    mayRestart: ({ context: { run }, event }) =>
      (event.type === 'lost' || event.type === 'silent') && mayRestart(run, event),
    mayLimit: ({ context: { run }, event }) => event.type === 'unanswered' && mayLimit(run, event),
    mayReopen: ({ context: { run }, event }) =>
      event.type === 'lost' && !memberOf(run.plan, event.actor).stateful && mayRestart(run, event),
  },
  actions: {
    perform: ({ context }, order: Order) => context.shell.perform(order),
    take: enqueueActions(({ enqueue }, { run, orders }: Turn) => {
      enqueue.assign({ run })
      // A setup's types do not know its own actions yet.
      for (const params of orders) enqueue({ type: 'perform', params } as never)
    }),
  },
  delays: {
    answerDue: ({ context: { run } }) => run.plan.supervision.answerMs,
    startDue: ({ context: { run } }) => run.plan.supervision.startMs,
  },
})
