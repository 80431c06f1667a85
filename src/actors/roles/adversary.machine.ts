import { assign, fromPromise, setup } from 'xstate'
import type { Adversary } from '../../adversaries/contract.ts'
import { toErrorRecord } from '../../core/errors.ts'
import type { SlotId } from '../../core/ids.ts'
import {
  type AdversaryBody,
  type CycleLedger,
  emptyLedger,
  everySlotAsked,
  everyTaskAnswered,
  noteBatches,
  noteReport,
  noteRequest,
  observe,
  propose,
} from './adversary-core.ts'
import type { FromAdversary, ToAdversary } from './contract.ts'
import { sayFailed } from './say-failed.ts'

/** The adversary's lifecycle: gathers requests, proposes for all slots at once, gathers reports, observes. */
export interface AdversaryInput {
  readonly slots: readonly SlotId[]
  readonly seed: number
  readonly create: () => Promise<Adversary<unknown>>
  readonly send: (message: FromAdversary) => void
}

interface AdversaryState extends AdversaryInput {
  readonly body: AdversaryBody | null
  readonly ledger: CycleLedger
}

const GALLERY_SIZE = 24

/** Runs a step of the adversary; what it throws is said once, as `failed`, and ends the actor. */
const guarded = (
  context: AdversaryState,
  work: (body: AdversaryBody) => CycleLedger,
): CycleLedger | null => {
  try {
    return work(context.body!)
  } catch (error) {
    context.send({ type: 'failed', error: toErrorRecord(error) })
    return null
  }
}

export const adversaryMachine = setup({
  types: {
    context: {} as AdversaryState & { readonly broken: boolean },
    input: {} as AdversaryInput,
    events: {} as ToAdversary,
  },
  actors: {
    create: fromPromise(({ input }: { input: AdversaryInput }) => input.create()),
  },
  guards: {
    broken: ({ context }) => context.broken,
    everySlotAsked: ({ context }) => everySlotAsked(context.ledger, context.slots),
    everyTaskAnswered: ({ context }) => everyTaskAnswered(context.ledger),
  },
}).createMachine({
  id: 'adversary',
  context: ({ input }) => ({ ...input, body: null, ledger: emptyLedger, broken: false }),
  initial: 'creating',
  states: {
    creating: {
      invoke: {
        src: 'create',
        input: ({ context }) => context,
        onDone: {
          target: 'gathering',
          actions: [
            assign({
              body: ({ context, event }) => ({
                adversary: event.output,
                seed: context.seed,
                record: event.output.init(),
              }),
            }),
            ({ context, event }) =>
              context.send({ type: 'hello', role: 'adversary', needs: event.output.needs }),
          ],
        },
        onError: { target: 'ended', actions: sayFailed },
      },
    },
    gathering: {
      on: {
        'tasks.request': {
          actions: assign({ ledger: ({ context, event }) => noteRequest(context.ledger, event) }),
        },
        restore: {
          actions: assign(({ context, event }) => {
            const done = guarded(context, (body) => {
              body.record = body.adversary.restore(event.snapshot)
              context.send({ type: 'restored' })
              return context.ledger
            })
            return { broken: done === null }
          }),
        },
        'snapshot.take': {
          actions: assign(({ context }) => {
            const done = guarded(context, ({ adversary, record }) => {
              const snapshot = adversary.snapshot(record)
              const gallery = adversary.gallery(record, GALLERY_SIZE)
              context.send({ type: 'snapshot.taken', snapshot, gallery })
              return context.ledger
            })
            return { broken: done === null }
          }),
        },
      },
      always: [
        { guard: 'broken', target: 'ended' },
        { guard: 'everySlotAsked', target: 'proposed' },
      ],
    },
    proposed: {
      entry: assign(({ context }) => {
        const ledger = guarded(context, (body) => {
          const message = propose(body, context.ledger)
          context.send(message)
          return noteBatches(context.ledger, message.batches)
        })
        return ledger === null ? { broken: true } : { ledger }
      }),
      on: {
        'outcomes.report': {
          actions: assign(({ context, event }) => {
            const ledger = guarded(context, () => noteReport(context.ledger, event))
            return ledger === null ? { broken: true } : { ledger }
          }),
        },
      },
      always: [
        { guard: 'broken', target: 'ended' },
        {
          guard: 'everyTaskAnswered',
          target: 'gathering',
          actions: assign(({ context }) => {
            const ledger = guarded(context, (body) => {
              context.send(observe(body, context.ledger))
              return { ...emptyLedger, cycle: context.ledger.cycle }
            })
            return ledger === null ? { broken: true } : { ledger }
          }),
        },
      ],
    },
    ended: { type: 'final' },
  },
  on: { close: '.ended' },
})
