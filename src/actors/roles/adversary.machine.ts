import { enqueueActions, fromPromise, setup } from 'xstate'
import type { Adversary } from '../../adversaries/contract.ts'
import { toErrorRecord } from '../../core/errors.ts'
import type { SlotId } from '../../core/ids.ts'
import {
  type AdversaryMessage,
  type AdversaryWork,
  hearMessage,
  openWork,
  phaseOf,
  type Turn,
} from './adversary-work.ts'
import type { FromAdversary, ToAdversary } from './contract.ts'
import { sayFailed } from './say-failed.ts'

/**
 * The adversary's lifecycle: gathers requests, proposes for all slots at once, gathers reports, observes. Where it asks services, it
 * stays in a phase until all that it asked has been answered.
 */
export interface AdversaryInput {
  readonly slots: readonly SlotId[]
  readonly seed: number
  readonly create: () => Promise<Adversary<unknown>>
  readonly send: (message: FromAdversary) => void
}

interface AdversaryState extends AdversaryInput {
  readonly work: AdversaryWork | null
  readonly broken: boolean
}

/** What comes of a message; what the adversary throws is said once, as `failed`, and ends the actor. */
function turnOf({ work }: AdversaryState, message: AdversaryMessage): Turn | FromAdversary {
  try {
    return hearMessage(work!, message)
  } catch (error) {
    return { type: 'failed', error: toErrorRecord(error) }
  }
}

const isIn =
  (phase: ReturnType<typeof phaseOf>) =>
  ({ context: { work } }: { readonly context: AdversaryState }): boolean =>
    work !== null && phaseOf(work) === phase

export const adversaryMachine = setup({
  types: {
    context: {} as AdversaryState,
    input: {} as AdversaryInput,
    events: {} as ToAdversary,
  },
  actors: {
    create: fromPromise(({ input }: { input: AdversaryInput }) => input.create()),
  },
  guards: {
    broken: ({ context }) => context.broken,
    gathering: isIn('gathering'),
    proposing: isIn('proposing'),
    proposed: isIn('proposed'),
    observing: isIn('observing'),
  },
  actions: {
    hear: enqueueActions(({ context, event, enqueue }) => {
      const turn = turnOf(context, event as AdversaryMessage)
      const failed = 'type' in turn
      enqueue.assign(failed ? { broken: true } : { work: turn.work })
      for (const message of failed ? [turn] : turn.says) enqueue(() => context.send(message))
    }),
  },
}).createMachine({
  id: 'adversary',
  context: ({ input }) => ({ ...input, work: null, broken: false }),
  initial: 'creating',
  states: {
    creating: {
      invoke: {
        src: 'create',
        input: ({ context }) => context,
        onDone: {
          target: 'gathering',
          actions: enqueueActions(({ context, event, enqueue }) => {
            const { needs, probes } = event.output
            enqueue.assign({ work: openWork(event.output, context.seed, context.slots) })
            const named = probes === undefined ? {} : { probes }
            enqueue(() => context.send({ type: 'hello', role: 'adversary', needs, ...named }))
          }),
        },
        onError: { target: 'ended', actions: sayFailed },
      },
    },
    gathering: {
      on: {
        'tasks.request': { actions: 'hear' },
        restore: { actions: 'hear' },
        'snapshot.take': { actions: 'hear' },
      },
      always: [
        { guard: 'broken', target: 'ended' },
        { guard: 'proposing', target: 'proposing' },
        { guard: 'proposed', target: 'proposed' },
      ],
    },
    proposing: {
      on: { 'service.answer': { actions: 'hear' } },
      always: [
        { guard: 'broken', target: 'ended' },
        { guard: 'proposed', target: 'proposed' },
      ],
    },
    proposed: {
      on: { 'outcomes.report': { actions: 'hear' } },
      always: [
        { guard: 'broken', target: 'ended' },
        { guard: 'observing', target: 'observing' },
        { guard: 'gathering', target: 'gathering' },
      ],
    },
    observing: {
      on: { 'service.answer': { actions: 'hear' } },
      always: [
        { guard: 'broken', target: 'ended' },
        { guard: 'gathering', target: 'gathering' },
      ],
    },
    ended: { type: 'final' },
  },
  on: { close: '.ended' },
})
