import { type AnyActorLogic, createActor } from 'xstate'
import { toErrorRecord } from '../../core/errors.ts'
import type { Channel } from '../transport/contract.ts'
import { inProcessChannel } from '../transport/in-process.ts'
import { type Link, openLink } from '../transport/link.ts'
import type { FromRole, RoleSeed, ToRole } from './contract.ts'
import type { RoleRow } from './table/role-row.ts'
import { ROLES, type RoleTable, rowOf } from './table/table.ts'

/** An actor at work. */
export interface HostedRole {
  /** Asks the actor to end, as a `close` from the hub does. */
  close(): void
  /** Resolves when it has ended and let go of its threads. */
  readonly closed: Promise<void>
}

/**
 * Makes the actor that `seed` describes and connects it to `channel`; the same in the hub's thread and in a worker.
 * @param table for roles of one's own
 */
export function hostRole(
  seed: RoleSeed,
  channel: Channel,
  epoch: number,
  table: RoleTable = ROLES,
): HostedRole {
  const row = rowOf(seed.role, table)
  return hostActor(row, row.input(seed), channel, epoch)
}

/** The same from a role's row and what its machine is given beside the means to speak. */
export function hostActor(
  { machine, body }: Pick<RoleRow, 'machine' | 'body'>,
  input: object,
  channel: Channel,
  epoch: number,
): HostedRole {
  let link: Link<FromRole>
  const close = (): void => {
    if (actor.getSnapshot().status === 'active') actor.send({ type: 'close' })
  }
  const send = (message: FromRole): void => link.send(message)
  const actor = createActor(machine as AnyActorLogic, { input: { ...input, send } })
  link = openLink<ToRole, FromRole>(channel, epoch, {
    onMessage: (message) => {
      if (actor.getSnapshot().status === 'active') actor.send(message)
    },
    onLost: close,
  })
  const closed = new Promise<void>((resolve) => {
    actor.subscribe({
      complete: resolve,
      error: (error) => {
        link.send({ type: 'failed', error: toErrorRecord(error) })
        // A machine that broke closes nothing itself.
        void Promise.resolve(body(actor.getSnapshot().context)?.close()).then(resolve, () =>
          resolve(),
        )
      },
    })
  })
  actor.start()
  return { closed, close }
}

/** An actor in this thread and the near end of the channel to it. `fail` is for tests: the actor as if dead. */
export function hostInProcess(
  seed: RoleSeed,
  epoch: number,
): { readonly channel: Channel; fail(error: unknown): void } {
  const { near, far, fail } = inProcessChannel(async () => {
    const role = await hosted
    role.close()
    await role.closed
  })
  // In a turn of its own: XState makes no actor inside another one's action.
  const hosted = new Promise<HostedRole>((resolve) => {
    setImmediate(() => resolve(hostRole(seed, far, epoch)))
  })
  return { channel: near, fail }
}
