import { assign, fromPromise, setup } from 'xstate'
import type { SlotId } from '../../core/ids.ts'
import type { Snapshot } from '../../core/snapshot.ts'
import type { PolicyFile } from '../../inference/contract.ts'
import type { AttemptReport, LearnReport, Student, TaskBatch } from '../../learners/contract.ts'
import type { Answer, Ask } from '../../services/contract.ts'
import type { FromStudent, Measure, Measured, ToStudent } from './contract.ts'
import { openDesk, type QuestionDesk } from './question-desk.ts'
import { sayFailed } from './say-failed.ts'
import * as work from './student-work.ts'

/**
 * The student's lifecycle: asks for tasks when a cycle begins, attempts them, reports, learns. Stepping, inference and
 * gradients happen inside `Student.attempt` and `Student.learn`; the machine sees one event a phase.
 */
export interface StudentInput {
  readonly slot: SlotId
  /** Trainable tasks to ask for each cycle. */
  readonly count: number
  readonly create: (ask: (service: string, request: Ask) => Promise<Answer>) => Promise<Student>
  readonly send: (message: FromStudent) => void
}

interface StudentState extends StudentInput {
  readonly desk: QuestionDesk
  readonly student: Student | null
  readonly cycle: number
  /** The tasks of the cycle, once they are there. */
  readonly batch: TaskBatch | null
  /** Asked to end before it was made: what is being made has threads, and must be made to be closed. */
  readonly unwanted: boolean
}

const body = (context: StudentState): Student => {
  if (context.student === null) throw new Error('the student was used before it was made')
  return context.student
}

const assigned = ({ batch }: StudentState): TaskBatch => {
  if (batch === null) throw new Error('the student has no tasks')
  return batch
}

const orFail = { target: '#student.failed', actions: sayFailed } as const

export const studentMachine = setup({
  types: {
    context: {} as StudentState,
    input: {} as StudentInput,
    events: {} as ToStudent,
  },
  guards: {
    unwanted: ({ context }) => context.unwanted,
  },
  actors: {
    create: fromPromise(({ input }: { input: StudentState }) =>
      work.make(input.create, input.desk.ask),
    ),
    watch: fromPromise(({ input }: { input: Student }) => input.lost),
    attempt: fromPromise<AttemptReport, work.Assigned>(({ input }) => work.attempt(input)),
    learn: fromPromise<LearnReport, work.Assigned>(({ input }) => work.learn(input)),
    restore: fromPromise<void, { student: Student; snapshot: Snapshot }>(({ input }) =>
      input.student.restore(input.snapshot),
    ),
    snapshot: fromPromise<Snapshot, Student>(({ input }) => input.snapshot()),
    close: fromPromise(async ({ input }: { input: Student | null }) => input?.close()),
    exportPolicy: fromPromise<PolicyFile, Student>(({ input }) => work.exportPolicy(input)),
    measure: fromPromise<Measured, { student: Student; asked: Measure }>(({ input }) =>
      work.measure(input.student, input.asked),
    ),
  },
}).createMachine({
  id: 'student',
  context: ({ input }) => ({
    ...input,
    desk: openDesk(input.send),
    ...{ student: null, cycle: 0, batch: null, unwanted: false },
  }),
  initial: 'creating',
  states: {
    creating: {
      invoke: {
        src: 'create',
        input: ({ context }) => context,
        onDone: [
          {
            guard: 'unwanted',
            target: 'closing',
            actions: assign({ student: ({ event }) => event.output }),
          },
          {
            target: 'alive',
            actions: assign({ student: ({ event }) => event.output }),
          },
        ],
        onError: orFail,
      },
      on: { close: { actions: assign({ unwanted: true }) } },
    },
    alive: {
      entry: ({ context }) => context.send(work.hello(context.slot, body(context))),
      invoke: {
        src: 'watch',
        input: ({ context }) => body(context),
        onError: orFail,
      },
      initial: 'idle',
      states: {
        idle: {
          on: {
            'cycle.begin': {
              target: 'requesting',
              actions: [
                assign({ cycle: ({ event }) => event.cycle }),
                ({ context, event }) => context.desk.begin(event.cycle),
              ],
            },
            restore: 'restoring',
            'snapshot.take': 'snapshotting',
            'policy.export': 'exporting',
            measure: 'measuring',
          },
        },
        requesting: {
          entry: ({ context }) =>
            context.send({
              type: 'tasks.request',
              cycle: context.cycle,
              slot: context.slot,
              count: context.count,
            }),
          on: {
            'tasks.assign': {
              target: 'attempting',
              actions: assign({ batch: ({ event }) => event.batch }),
            },
          },
        },
        attempting: {
          invoke: {
            src: 'attempt',
            input: ({ context }) => ({ student: body(context), batch: assigned(context) }),
            onDone: {
              target: 'learning',
              actions: ({ context, event }) =>
                context.send({
                  type: 'outcomes.report',
                  cycle: context.cycle,
                  slot: context.slot,
                  ...event.output,
                }),
            },
            onError: orFail,
          },
        },
        learning: {
          invoke: {
            src: 'learn',
            input: ({ context }) => ({ student: body(context), batch: assigned(context) }),
            onDone: {
              target: 'idle',
              actions: ({ context, event }) =>
                context.send({
                  type: 'learned',
                  cycle: context.cycle,
                  slot: context.slot,
                  ...event.output,
                }),
            },
            onError: orFail,
          },
        },
        restoring: {
          invoke: {
            src: 'restore',
            input: ({ context, event }) => {
              if (event.type !== 'restore') throw new Error(`no snapshot in ${event.type}`)
              return { student: body(context), snapshot: event.snapshot }
            },
            onDone: {
              target: 'idle',
              actions: ({ context }) => context.send({ type: 'restored' }),
            },
            onError: orFail,
          },
        },
        snapshotting: {
          invoke: {
            src: 'snapshot',
            input: ({ context }) => body(context),
            onDone: {
              target: 'idle',
              actions: ({ context, event }) =>
                context.send({ type: 'snapshot.taken', snapshot: event.output }),
            },
            onError: orFail,
          },
        },
        measuring: {
          invoke: {
            src: 'measure',
            input: ({ context, event }) => {
              if (event.type !== 'measure') throw new Error(`nothing to measure in ${event.type}`)
              return { student: body(context), asked: event }
            },
            onDone: {
              target: 'idle',
              actions: ({ context, event }) => context.send(event.output),
            },
            onError: orFail,
          },
        },
        exporting: {
          invoke: {
            src: 'exportPolicy',
            input: ({ context }) => body(context),
            onDone: {
              target: 'idle',
              actions: ({ context, event }) =>
                context.send({
                  type: 'policy.exported',
                  slot: context.slot,
                  policy: event.output,
                }),
            },
            onError: orFail,
          },
        },
      },
      on: {
        'service.answer': { actions: ({ context, event }) => context.desk.answered(event) },
        close: 'closing',
      },
    },
    failed: { always: 'closing' },
    closing: {
      entry: ({ context }) => context.desk.end(),
      invoke: {
        src: 'close',
        input: ({ context }) => context.student,
        onDone: 'closed',
        // Whatever hinders the closing of an actor that is given up changes nothing any more.
        onError: 'closed',
      },
    },
    closed: { type: 'final' },
  },
})
