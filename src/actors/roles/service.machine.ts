import { assign, fromCallback, fromPromise, sendTo, setup } from 'xstate'
import { type ErrorRecord, toErrorRecord } from '../../core/errors.ts'
import type { Snapshot } from '../../core/snapshot.ts'
import type { Answer, Service } from '../../services/contract.ts'
import type { FromService, ServiceAsk, ToService, Traits } from './contract.ts'
import { sayFailed } from './say-failed.ts'

/**
 * The service's lifecycle: answers what it is asked, several questions at a time where the experiment asks several. Asked again under a key
 * that is still open, it lets go of the first try. State is taken and given between cycles, when nothing is open.
 */
export interface ServiceInput {
  readonly name: string
  readonly traits: Traits
  readonly create: () => Promise<Service>
  readonly send: (message: FromService) => void
}

interface ServiceState extends ServiceInput {
  readonly service: Service | null
  /** Asked to end before it was made. */
  readonly unwanted: boolean
}

type Worked =
  | { readonly type: 'answered'; readonly key: string; readonly answer: Answer }
  | {
      readonly type: 'refused'
      readonly key: string
      readonly error: ErrorRecord
      readonly retry: boolean
    }

const body = ({ service }: ServiceState): Service => {
  if (service === null) throw new Error('the service was used before it was made')
  return service
}

/** Whether another try may have an answer is what the error says of itself. */
const refused = (key: string, cause: unknown): Worked => {
  const error = toErrorRecord(cause)
  const retry = error.fields?.retry === true || (cause as { retry?: unknown })?.retry === true
  return { type: 'refused', key, error, retry }
}

/** The questions under way, each with the means to give it up. */
const answering = fromCallback<ServiceAsk, { readonly service: Service }, Worked>(
  ({ input, receive, sendBack }) => {
    const open = new Map<string, AbortController>()
    receive(({ key, payload, attachments }) => {
      open.get(key)?.abort()
      const ending = new AbortController()
      open.set(key, ending)
      const told = (worked: Worked): void => {
        if (open.get(key) !== ending) return
        open.delete(key)
        sendBack(worked)
      }
      const question = { key, payload, ...(attachments === undefined ? {} : { attachments }) }
      Promise.resolve()
        .then(() => input.service.ask(question, ending.signal))
        .then(
          (answer) => told({ type: 'answered', key, answer }),
          (cause) => told(refused(key, cause)),
        )
    })
    return () => {
      for (const ending of open.values()) ending.abort()
      open.clear()
    }
  },
)

const orFail = { target: '#service.failed', actions: sayFailed } as const

export const serviceMachine = setup({
  types: {
    context: {} as ServiceState,
    input: {} as ServiceInput,
    events: {} as ToService | Worked,
  },
  guards: { unwanted: ({ context }) => context.unwanted },
  actors: {
    create: fromPromise(({ input }: { input: ServiceInput }) => input.create()),
    watch: fromPromise<never, Service>(({ input }) => input.lost ?? new Promise<never>(() => {})),
    answering,
    snapshot: fromPromise<Snapshot, Service>(({ input }) => {
      if (input.snapshot === undefined) throw new Error('the service makes no snapshots')
      return input.snapshot()
    }),
    restore: fromPromise<void, { service: Service; snapshot: Snapshot }>(({ input }) => {
      if (input.service.restore === undefined) throw new Error('the service takes no snapshots')
      return input.service.restore(input.snapshot)
    }),
    close: fromPromise(async ({ input }: { input: Service | null }) => input?.close()),
  },
}).createMachine({
  id: 'service',
  context: ({ input }) => ({ ...input, service: null, unwanted: false }),
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
            actions: assign({ service: ({ event }) => event.output }),
          },
          { target: 'alive', actions: assign({ service: ({ event }) => event.output }) },
        ],
        onError: orFail,
      },
      on: { close: { actions: assign({ unwanted: true }) } },
    },
    alive: {
      entry: ({ context }) =>
        context.send({ type: 'hello', role: 'service', traits: context.traits }),
      invoke: [
        { src: 'watch', input: ({ context }) => body(context), onError: orFail },
        {
          id: 'answering',
          src: 'answering',
          input: ({ context }) => ({ service: body(context) }),
        },
      ],
      initial: 'ready',
      on: {
        'service.ask': {
          actions: sendTo('answering', ({ event }) => event),
        },
        answered: {
          actions: ({ context, event: { key, answer } }) =>
            context.send({ type: 'service.answer', key, ...answer }),
        },
        refused: {
          actions: ({ context, event: { key, error, retry } }) =>
            context.send({ type: 'service.failed', key, error, retry }),
        },
        close: 'closing',
      },
      states: {
        ready: { on: { 'snapshot.take': 'snapshotting', restore: 'restoring' } },
        snapshotting: {
          invoke: {
            src: 'snapshot',
            input: ({ context }) => body(context),
            onDone: {
              target: 'ready',
              actions: ({ context, event }) =>
                context.send({ type: 'snapshot.taken', snapshot: event.output }),
            },
            onError: orFail,
          },
        },
        restoring: {
          invoke: {
            src: 'restore',
            input: ({ context, event }) => {
              if (event.type !== 'restore') throw new Error(`no snapshot in ${event.type}`)
              return { service: body(context), snapshot: event.snapshot }
            },
            onDone: {
              target: 'ready',
              actions: ({ context }) => context.send({ type: 'restored' }),
            },
            onError: orFail,
          },
        },
      },
    },
    failed: { always: 'closing' },
    closing: {
      invoke: {
        src: 'close',
        input: ({ context }) => context.service,
        onDone: 'closed',
        // Whatever hinders the closing of an actor that is given up changes nothing any more.
        onError: 'closed',
      },
    },
    closed: { type: 'final' },
  },
})
