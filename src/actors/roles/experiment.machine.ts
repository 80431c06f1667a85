import * as cycle from './experiment-cycle.ts'
import { hear } from './experiment-hearing.ts'
import * as losses from './experiment-losses.ts'
import * as measuring from './experiment-measuring.ts'
import * as opening from './experiment-opening.ts'
import { type Turn, turn } from './experiment-orders.ts'
import { type ExperimentContext, experimentSetup } from './experiment-setup.ts'
import { openShell } from './experiment-shell.ts'
import { type Experiment, openExperiment } from './experiment-state.ts'
import { hearAnswered } from './experiment-traffic.ts'

/** In the states that let a cast go: what it said just before is of no use any more. */
const deaf = { said: {}, lost: {}, silent: {}, unopened: {}, unanswered: {}, answered: {} }

/** What comes of an event, or of entering a state. */
const takes = <E>(of: (run: Experiment, event: E) => Turn) =>
  ({
    type: 'take',
    params: ({ context, event }: { readonly context: ExperimentContext; readonly event: E }) =>
      of(context.run, event),
  }) as const

/** In the states that wait for answers: whoever is alive and says nothing would be waited for ever. */
const patient = { answerDue: { actions: takes(measuring.giveUp) } } as const

const countRestart = takes(losses.countRestart)
const keepError = takes(losses.keepError)
/** An effect failed. */
const keepEffectError = takes((run, { error }: { readonly error: unknown }) =>
  losses.keepError(run, losses.faultOf(run, error)),
)

/**
 * The root actor: owns lifecycle, budget, supervision and cuts. One pass from `cycling` to `deciding` is a cycle.
 *
 * Loss of a stateful actor takes all of them back to the last cut and raises the epoch; a stateless one is opened and asked
 * again. Both count against the restart intensity; past it the first error ends the run.
 *
 * Transitions are pure: what comes of an event is a record and orders, which `perform` hands to the shell.
 */
export const experimentMachine = experimentSetup.createMachine({
  id: 'experiment',
  context: ({ input: { plan, effects, cut, epoch }, self }) => ({
    run: openExperiment(plan, cut, epoch),
    shell: openShell({ plan, effects, hear: (event) => self.send(event) }),
  }),
  initial: 'idle',
  states: {
    idle: { on: { begin: { target: 'starting', actions: takes(opening.begin) } } },
    starting: {
      entry: takes(opening.openActors),
      after: { startDue: patient.answerDue },
      always: [
        { guard: 'hasError', target: 'failing' },
        {
          guard: 'incompatible',
          target: 'failing',
          actions: takes(opening.keepIncompatibility),
        },
        // Somebody may be waited for who never comes; what the last cut holds is all that there is to keep.
        { guard: 'stopping', target: 'dismissing' },
        { guard: 'readyToRestore', target: 'restoring' },
        { guard: 'readyToHandOver', target: 'handingOver' },
        { guard: 'nothingAwaited', target: 'keeping' },
      ],
    },
    handingOver: {
      entry: takes(opening.handOver),
      after: patient,
      always: [
        { guard: 'hasError', target: 'failing' },
        { guard: 'nothingAwaited', target: 'keeping' },
      ],
    },
    restoring: {
      entry: takes(opening.sendRestore),
      after: patient,
      always: [
        { guard: 'hasError', target: 'failing' },
        { guard: 'nothingAwaited', target: 'deciding' },
      ],
    },
    keeping: {
      entry: takes(opening.askFirst),
      after: patient,
      always: {
        guard: 'nothingAwaited',
        target: 'deciding',
        actions: takes(opening.keepInitial),
      },
    },
    sharing: {
      entry: takes(opening.askLive),
      after: patient,
      always: [
        { guard: 'hasError', target: 'failing' },
        { guard: 'nothingAwaited', target: 'cycling' },
      ],
    },
    cycling: {
      entry: takes(cycle.beginCycle),
      always: 'underway',
    },
    underway: {
      // While a service is at work its own deadline counts.
      after: {
        answerDue: [
          { guard: 'servicesAtWork', target: 'underway', reenter: true },
          patient.answerDue,
        ],
      },
      always: [
        { guard: 'hasError', target: 'failing' },
        { guard: 'nothingAwaited', target: 'counting' },
      ],
    },
    counting: {
      entry: takes(cycle.tally),
      on: {
        tallied: {
          target: 'counted',
          actions: takes(cycle.countCycle),
        },
      },
    },
    counted: {
      always: [{ guard: 'evaluationDue', target: 'exporting' }, { target: 'recording' }],
    },
    exporting: {
      entry: takes(opening.askPolicies),
      after: patient,
      always: { guard: 'nothingAwaited', target: 'evaluating' },
    },
    evaluating: {
      entry: takes(measuring.askMeasurements),
      after: patient,
      always: { guard: 'nothingAwaited', target: 'recording' },
    },
    recording: {
      entry: takes(cycle.recordCycle),
      always: [{ guard: 'cutDue', target: 'snapshotting' }, { target: 'deciding' }],
    },
    snapshotting: {
      entry: takes(cycle.askSnapshots),
      after: patient,
      always: { guard: 'nothingAwaited', target: 'cutting' },
    },
    cutting: {
      invoke: {
        src: 'writeCut',
        input: ({ context }) => context,
        onDone: {
          target: 'deciding',
          actions: takes(cycle.cutWritten),
        },
        onError: { target: 'failing', actions: keepEffectError },
      },
    },
    deciding: {
      always: [
        { guard: 'complete', target: 'recalling' },
        { guard: 'stopping', target: 'dismissing' },
        { guard: 'someSitBesideOthers', target: 'sharing' },
        { target: 'cycling' },
      ],
    },
    recalling: {
      entry: takes(measuring.recallInitial),
      on: {
        recalled: {
          target: 'finishing',
          actions: takes(measuring.askFinal),
        },
      },
    },
    finishing: {
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
        input: ({ context }) => context,
        onDone: {
          target: 'starting',
          actions: takes(cycle.goneBack),
        },
        onError: { target: 'failing', actions: keepEffectError },
      },
    },
    failing: {
      on: deaf,
      invoke: {
        src: 'dismiss',
        input: ({ context }) => context,
        onDone: 'failed',
        onError: 'failed',
      },
    },
    dismissing: {
      on: deaf,
      invoke: {
        src: 'dismiss',
        input: ({ context }) => context,
        onDone: 'done',
        onError: { target: 'failed', actions: keepEffectError },
      },
    },
    done: { type: 'final' },
    failed: { type: 'final' },
  },
  on: {
    stop: {
      actions: takes((run) => turn({ ...run, stopping: true })),
    },
    lost: [
      { guard: 'mayReopen', actions: [countRestart, takes(measuring.reopen)] },
      { guard: 'mayRestart', target: '.goingBack', actions: countRestart },
      { target: '.failing', actions: keepError },
    ],
    silent: [
      { guard: 'mayRestart', target: '.goingBack', actions: countRestart },
      { target: '.failing', actions: keepError },
    ],
    unopened: {
      target: '.failing',
      actions: takes(opening.keepUnopened),
    },
    unanswered: [
      { guard: 'mayLimit', target: '.goingBack', actions: takes(losses.limit) },
      // The kit has tried as often as it may.
      { target: '.failing', actions: keepError },
    ],
    answered: {
      actions: takes(hearAnswered),
    },
    said: {
      actions: takes(hear),
    },
  },
  output: ({ context: { run } }) => cycle.resultOf(run),
})
