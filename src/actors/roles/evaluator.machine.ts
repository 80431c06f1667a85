import { assign, fromPromise, setup } from 'xstate'
import { AgonError } from '../../core/errors.ts'
import type { Evaluator } from '../../evaluation/contract.ts'
import type { PolicyFile } from '../../inference/contract.ts'
import type { FromEvaluator, Measure, ToEvaluator } from './contract.ts'
import { sayFailed } from './say-failed.ts'

/** The evaluator's lifecycle: stateless, one measurement at a time, in the order they were asked. */
export interface EvaluatorInput {
  readonly create: () => Promise<Evaluator>
  readonly send: (message: FromEvaluator) => void
}

interface EvaluatorState extends EvaluatorInput {
  readonly evaluator: Evaluator | null
  readonly queue: readonly Measure[]
}

/** @throws AgonError `evaluator/policy` where nobody plays */
function policyOf({ policy, request }: Measure): PolicyFile | null {
  if (policy === null && request.seating === undefined)
    throw new AgonError('evaluator/policy', 'a measurement without a policy is for a student')
  return policy
}

export const evaluatorMachine = setup({
  types: {
    context: {} as EvaluatorState,
    input: {} as EvaluatorInput,
    events: {} as ToEvaluator,
  },
  guards: {
    asked: ({ context }) => context.queue.length > 0,
  },
  actors: {
    create: fromPromise(({ input }: { input: EvaluatorInput }) => input.create()),
    close: fromPromise(async ({ input }: { input: Evaluator | null }) => input?.close()),
    measure: fromPromise(async ({ input }: { input: { evaluator: Evaluator; ask: Measure } }) =>
      input.evaluator.measure(policyOf(input.ask), input.ask.request),
    ),
  },
}).createMachine({
  id: 'evaluator',
  context: ({ input }) => ({ ...input, evaluator: null, queue: [] }),
  initial: 'creating',
  states: {
    creating: {
      invoke: {
        src: 'create',
        input: ({ context }) => context,
        onDone: {
          target: 'idle',
          actions: [
            assign({ evaluator: ({ event }) => event.output }),
            ({ context }) => context.send({ type: 'hello', role: 'evaluator' }),
          ],
        },
        onError: { target: 'ended', actions: sayFailed },
      },
    },
    idle: { always: { guard: 'asked', target: 'measuring' } },
    measuring: {
      invoke: {
        src: 'measure',
        input: ({ context }) => ({ evaluator: context.evaluator!, ask: context.queue[0] }),
        onDone: {
          target: 'idle',
          actions: [
            ({ context, event }) =>
              context.send({
                type: 'measured',
                key: context.queue[0].key,
                report: event.output,
              }),
            assign({ queue: ({ context }) => context.queue.slice(1) }),
          ],
        },
        onError: { target: 'ended', actions: sayFailed },
      },
    },
    ended: {
      invoke: {
        src: 'close',
        input: ({ context }) => context.evaluator,
        onDone: 'closed',
        onError: 'closed',
      },
      on: { close: {} },
    },
    closed: { type: 'final' },
  },
  on: {
    measure: { actions: assign({ queue: ({ context, event }) => [...context.queue, event] }) },
    close: '.ended',
  },
})
