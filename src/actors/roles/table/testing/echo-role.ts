import { assign, setup } from 'xstate'
import type { agon } from '../../../../wire/index.ts'
import type { ToRole } from '../../contract.ts'
import type { RoleRow } from '../role-row.ts'

/** A role that Agon does not have: it answers every question with the same word. */

interface EchoSeed {
  readonly role: 'echo'
  readonly name: string
}

const send = ({ context, event }: { context: { send(m: unknown): void }; event: ToRole }): void =>
  context.send({ type: 'service.answer', key: (event as { key: string }).key, payload: 'echo' })

export const echo: RoleRow<EchoSeed> = {
  role: 'echo',
  wire: 99 as agon.v1.Role,
  place: ({ name }) => name,
  seeds: () => [],
  opened: 'first',
  stateful: () => false,
  cycles: false,
  exports: false,
  hears: ['service.ask', 'close'],
  says: ['hello', 'service.answer', 'failed'],
  traits: () => ({ deterministic: true, snapshots: false, probes: false, exportsPolicy: false }),
  machine: setup({
    types: {
      context: {} as { send(message: unknown): void; heard: number },
      input: {} as { send(message: unknown): void },
      events: {} as ToRole,
    },
  }).createMachine({
    context: ({ input }) => ({ ...input, heard: 0 }),
    initial: 'alive',
    states: {
      alive: {
        entry: ({ context }) => context.send({ type: 'hello', role: 'echo' }),
        on: {
          'service.ask': { actions: [send, assign({ heard: ({ context }) => context.heard + 1 })] },
          close: 'ended',
        },
      },
      ended: { type: 'final' },
    },
  }),
  // Nothing of it is JSON.
  placed: {
    encode: ({ name }) => ({ seedJson: `echo of ${name}` }),
    decode: ({ seedJson }) => ({ role: 'echo', name: String(seedJson).slice('echo of '.length) }),
  },
  input: () => ({}),
  body: () => null,
  side: () => ({}),
  welcome: () => ({}),
  hello: () => ({}),
}
