import { enqueueActions, fromPromise, setup } from 'xstate'
import { type ErrorRecord, toErrorRecord } from '../../core/errors.ts'
import { type ActorId, actorId } from '../../core/ids.ts'
import { beginsRow, exhaustion, restart } from '../kit/restart-intensity.ts'
import type { CastEvent } from './cast.ts'
import type { Cut, ExperimentResult } from './experiment-contract.ts'
import { isDue, isRestartable, withLastCut } from './experiment-core.ts'
import { hear } from './experiment-hearing.ts'
import * as phases from './experiment-phases.ts'
import {
  type Experiment,
  type ExperimentInput,
  type Loss,
  openExperiment,
} from './experiment-state.ts'
import type { Unanswered } from './service-counter.ts'
import { budgetDone } from './spending.ts'
import { memberOf } from './table/table.ts'

/** In the states that let a cast go: what it said just before is of no use any more. */
const deaf = { said: {}, lost: {}, silent: {}, unanswered: {} }

/** `begin` once after the actor has started: only a running actor may open others. */
type ExperimentEvent =
  | CastEvent
  | Unanswered
  | { readonly type: 'begin' }
  | { readonly type: 'stop' }
  /** Someone who is there does not answer. */
  | { readonly type: 'silent'; readonly actor: ActorId; readonly error: ErrorRecord }

/** In the states that wait for answers: whoever is alive and says nothing would be waited for ever. */
const patient = { answerDue: { actions: 'giveUpWaiting' } } as const

/**
 * The root actor: owns lifecycle, budget, supervision and cuts. One pass from `cycling` to `deciding` is a cycle.
 *
 * Loss of a stateful actor takes all of them back to the last cut and raises the epoch; a stateless one is opened and asked
 * again. Both count against the restart intensity; past it the first error ends the run.
 * The context's record is mutable bookkeeping of this one actor: it never leaves it.
 */
export const experimentMachine = setup({
  types: {
    context: {} as { readonly run: Experiment },
    input: {} as ExperimentInput,
    events: {} as ExperimentEvent,
    output: {} as ExperimentResult,
  },
  actors: {
    writeCut: fromPromise<phases.WrittenCut, Experiment>(({ input }) => phases.writeCut(input)),
    goBack: fromPromise<Cut | null, Experiment>(({ input }) => phases.goBack(input)),
    dismiss: fromPromise<void, Experiment>(({ input }) => phases.dismiss(input)),
  },
  guards: {
    readyToRestore: ({ context: { run } }) => run.awaited.size === 0 && run.cut !== null,
    readyToHandOver: ({ context: { run } }) =>
      run.awaited.size === 0 && run.plan.origin?.archive !== undefined,
    nothingAwaited: ({ context: { run } }) => run.awaited.size === 0,
    incompatible: ({ context: { run } }) => phases.incompatibility(run) !== null,
    hasError: ({ context: { run } }) => run.error !== null,
    evaluationDue: ({ context: { run } }) =>
      isDue(run.plan.evaluation.every, run.before.gradientUpdates, run.spent.gradientUpdates),
    cutDue: ({ context: { run } }) =>
      run.stopping ||
      budgetDone(run.plan.budget, run.spent) >= 1 ||
      isDue(run.plan.cutEvery, run.before.cycles, run.spent.cycles),
    budgetSpent: ({ context: { run } }) => budgetDone(run.plan.budget, run.spent) >= 1,
    someSitBesideOthers: ({ context: { run } }) => run.plan.live !== undefined,
    stopping: ({ context: { run } }) => run.stopping,
    servicesAtWork: ({ context: { run } }) => (run.counter?.open ?? 0) > 0,
    mayRestart: ({ context: { run }, event }) => mayRestart(run, faultOf(event)),
    mayReopen: ({ context: { run }, event }) =>
      event.type === 'lost' &&
      !memberOf(run.plan, event.actor).stateful &&
      mayRestart(run, event.error),
  },
  actions: {
    openCast: ({ context: { run }, self }) => phases.openActors(run, (event) => self.send(event)),
    hear: ({ context: { run }, event }) => {
      if (event.type === 'said') hear(run, event.actor, event.message)
    },
    countRestart: ({ context: { run }, event }) => countRestart(run, event),
    reopen: ({ context: { run }, event }) => {
      if (event.type === 'lost') phases.reopen(run, event.actor)
    },
    keepError: ({ context: { run }, event }) => keepError(run, event),
    keepIncompatibility: ({ context: { run } }) => {
      run.error ??= phases.incompatibility(run)
    },
    giveUpWaiting: enqueueActions(({ context: { run }, enqueue }) => {
      enqueue.raise({ type: 'silent', ...phases.silence(run) })
    }),
    requestStop: ({ context: { run } }) => {
      run.stopping = true
    },
  },
  delays: {
    answerDue: ({ context: { run } }) => run.plan.supervision.answerMs,
    startDue: ({ context: { run } }) => run.plan.supervision.startMs,
  },
}).createMachine({
  id: 'experiment',
  context: ({ input }) => ({ run: openExperiment(input) }),
  initial: 'idle',
  states: {
    idle: { on: { begin: 'starting' } },
    starting: {
      entry: 'openCast',
      after: { startDue: { actions: 'giveUpWaiting' } },
      always: [
        { guard: 'hasError', target: 'failing' },
        { guard: 'incompatible', target: 'failing', actions: 'keepIncompatibility' },
        // Somebody may be waited for who never comes; what the last cut holds is all that there is to keep.
        { guard: 'stopping', target: 'dismissing' },
        {
          guard: 'readyToRestore',
          target: 'restoring',
        },
        { guard: 'readyToHandOver', target: 'handingOver' },
        { guard: 'nothingAwaited', target: 'keeping' },
      ],
    },
    handingOver: {
      entry: ({ context: { run } }) => phases.handOver(run),
      after: patient,
      always: [
        { guard: 'hasError', target: 'failing' },
        { guard: 'nothingAwaited', target: 'keeping' },
      ],
    },
    restoring: {
      entry: ({ context: { run } }) => phases.sendRestore(run),
      after: patient,
      always: [
        { guard: 'hasError', target: 'failing' },
        { guard: 'nothingAwaited', target: 'deciding' },
      ],
    },
    keeping: {
      entry: ({ context: { run } }) => phases.askFirst(run),
      after: patient,
      always: {
        guard: 'nothingAwaited',
        target: 'deciding',
        actions: ({ context: { run } }) => run.effects.keepInitial(run.policies),
      },
    },
    sharing: {
      entry: ({ context: { run } }) => phases.askLive(run),
      after: patient,
      always: [
        { guard: 'hasError', target: 'failing' },
        { guard: 'nothingAwaited', target: 'cycling' },
      ],
    },
    cycling: {
      entry: ({ context: { run } }) => phases.beginCycle(run),
      always: 'underway',
    },
    underway: {
      // While a service is at work its own deadline counts.
      after: {
        answerDue: [
          { guard: 'servicesAtWork', target: 'underway', reenter: true },
          { actions: 'giveUpWaiting' },
        ],
      },
      always: [
        { guard: 'hasError', target: 'failing' },
        { guard: 'nothingAwaited', target: 'counted' },
      ],
    },
    counted: {
      entry: ({ context: { run } }) => phases.countCycle(run),
      always: [{ guard: 'evaluationDue', target: 'exporting' }, { target: 'recording' }],
    },
    exporting: {
      entry: ({ context: { run } }) => phases.askPolicies(run),
      after: patient,
      always: { guard: 'nothingAwaited', target: 'evaluating' },
    },
    evaluating: {
      entry: ({ context: { run } }) => phases.askMeasurements(run),
      after: patient,
      always: { guard: 'nothingAwaited', target: 'recording' },
    },
    recording: {
      entry: ({ context: { run } }) => phases.recordCycle(run),
      always: [{ guard: 'cutDue', target: 'snapshotting' }, { target: 'deciding' }],
    },
    snapshotting: {
      entry: ({ context: { run } }) => phases.askSnapshots(run),
      after: patient,
      always: { guard: 'nothingAwaited', target: 'cutting' },
    },
    cutting: {
      invoke: {
        src: 'writeCut',
        input: ({ context }) => context.run,
        onDone: {
          target: 'deciding',
          actions: ({ context: { run }, event }) => phases.cutWritten(run, event.output),
        },
        onError: { target: 'failing', actions: 'keepError' },
      },
    },
    deciding: {
      always: [
        { guard: 'budgetSpent', target: 'finishing' },
        { guard: 'stopping', target: 'dismissing' },
        { guard: 'someSitBesideOthers', target: 'sharing' },
        { target: 'cycling' },
      ],
    },
    finishing: {
      entry: ({ context: { run } }) => phases.askFinal(run),
      after: patient,
      always: [
        { guard: 'nothingAwaited', target: 'dismissing' },
        // The cut is there; what was not measured is measured when the run is resumed.
        { guard: 'stopping', target: 'dismissing' },
      ],
    },
    goingBack: {
      on: deaf,
      invoke: {
        src: 'goBack',
        input: ({ context }) => context.run,
        onDone: {
          target: 'starting',
          actions: ({ context: { run }, event }) => phases.goneBack(run, event.output),
        },
        onError: { target: 'failing', actions: 'keepError' },
      },
    },
    failing: {
      on: deaf,
      invoke: {
        src: 'dismiss',
        input: ({ context }) => context.run,
        onDone: 'failed',
        onError: 'failed',
      },
    },
    dismissing: {
      on: deaf,
      invoke: {
        src: 'dismiss',
        input: ({ context }) => context.run,
        onDone: 'done',
        onError: { target: 'failed', actions: 'keepError' },
      },
    },
    done: { type: 'final' },
    failed: { type: 'final' },
  },
  on: {
    stop: { actions: 'requestStop' },
    lost: [
      {
        guard: 'mayReopen',
        actions: ['countRestart', 'reopen'],
      },
      { guard: 'mayRestart', target: '.goingBack', actions: 'countRestart' },
      { target: '.failing', actions: 'keepError' },
    ],
    silent: [
      { guard: 'mayRestart', target: '.goingBack', actions: 'countRestart' },
      { target: '.failing', actions: 'keepError' },
    ],
    // The kit has tried as often as it may.
    unanswered: { target: '.failing', actions: 'keepError' },
    said: { actions: 'hear' },
  },
  output: ({ context: { run } }) => ({
    status: run.error !== null ? 'failed' : phases.isFinished(run) ? 'finished' : 'stopped',
    spent: run.spent,
    solvedRate: Object.fromEntries(run.solvedRate),
    ...(run.measures.size === 0 ? {} : { measures: Object.fromEntries(run.measures) }),
    ...(run.error === null ? {} : { error: run.error }),
  }),
})

function faultOf(event: { readonly type: string }): ErrorRecord {
  const told = event as ExperimentEvent
  if (told.type === 'lost' || told.type === 'silent' || told.type === 'unanswered')
    return told.error
  return toErrorRecord('error' in event ? event.error : event)
}

function mayRestart(run: Experiment, fault: ErrorRecord): boolean {
  return isRestartable(fault) && restart(run.intensity, run.effects.clock.now()) !== null
}

function countRestart(run: Experiment, event: ExperimentEvent): void {
  if (event.type === 'stop' || event.type === 'begin') return
  const cause = faultOf(event)
  run.cause = cause
  run.intensity = restart(run.intensity, run.effects.clock.now()) ?? run.intensity
  if (beginsRow(run.intensity) || run.firstLoss === null)
    run.firstLoss = { error: cause, actor: event.actor, cycle: run.cycle }
  run.effects.progress({ kind: 'restart', actor: event.actor, cause })
}

/** The first error is the one that is kept and shown: later ones are usually its echoes. */
function keepError(run: Experiment, event: { readonly type: string }): void {
  const fault = faultOf(event)
  const actor = 'actor' in event ? (event as CastEvent).actor : actorId('experiment')
  const told = { error: afterLoss(run, fault), actor, cycle: run.cycle }
  const first = isRestartable(fault) ? givenUp(run, run.firstLoss ?? told) : told
  run.error ??= withLastCut(first.error, first.actor, run.cut?.cycle ?? null, first.cycle)
}

/** That nobody came is told with why somebody had to. */
function afterLoss({ firstLoss }: Experiment, fault: ErrorRecord): ErrorRecord {
  if (firstLoss === null || fault.code !== 'attach/deadline') return fault
  return { ...fault, message: `${fault.message}, after it was lost: ${firstLoss.error.message}` }
}

/** The first loss, with why it was not tried again. */
function givenUp(run: Experiment, first: Loss): Loss {
  const why = exhaustion(run.intensity, run.effects.clock.now())
  if (why === null) return first
  const message = `${first.error.message} (given up after ${why})`
  return { ...first, error: { ...first.error, message } }
}
