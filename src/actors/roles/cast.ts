import type { ErrorRecord } from '../../core/errors.ts'
import type { ActorId } from '../../core/ids.ts'
import { type Link, openLink } from '../transport/link.ts'
import type { Failed, FromRole, ToRole } from './contract.ts'
import type { ExperimentEffects, ExperimentPlan } from './experiment-contract.ts'
import { castOf } from './table/table.ts'

/** The actors of one epoch. When the run goes back to a cut, the whole cast is dismissed and a new one opened. */
export interface Cast {
  readonly epoch: number
  /** Opens those that a run begins with. Where one cannot be opened, those before it are there and must be dismissed. */
  open(): void
  send(actor: ActorId, message: ToRole): void
  /** Opens an actor when it is first needed, or again after it was dropped. */
  ensure(actor: ActorId): void
  /** Lets go of an actor that is lost. */
  drop(actor: ActorId): void
  /**
   * From now on nothing of this cast is heard; resolves once all its actors are gone, with their threads.
   * @param again whether a new cast will follow
   * @param failure what the run failed of: outsiders are told
   */
  dismiss(again: boolean, failure?: ErrorRecord): Promise<void>
}

export type Said = Exclude<FromRole, Failed>

/** An actor said something; or it can say nothing more, because its place is gone or because it failed. */
export type CastEvent =
  | { readonly type: 'said'; readonly actor: ActorId; readonly message: Said }
  | { readonly type: 'lost'; readonly actor: ActorId; readonly error: ErrorRecord }

export function createCast(
  plan: ExperimentPlan,
  effects: ExperimentEffects,
  epoch: number,
  tell: (event: CastEvent) => void,
): Cast {
  const members = castOf(plan)
  const links = new Map<ActorId, Link<ToRole>>()
  const leaving = new Set<Promise<void>>()
  let dismissed = false
  const lost = (actor: ActorId, error: ErrorRecord): void => {
    effects.actorState?.(actor, 'lost', epoch)
    tell({ type: 'lost', actor, error })
  }
  const open = (actor: ActorId, seed: Parameters<ExperimentEffects['open']>[1]): void => {
    const channel = effects.open(actor, seed, epoch)
    const current = (): boolean => !dismissed && links.get(actor) === link
    const link: Link<ToRole> = openLink<FromRole, ToRole>(channel, epoch, {
      onMessage: (message) => {
        if (!current()) return
        if (message.type === 'failed') return lost(actor, message.error)
        if (message.type === 'hello') effects.actorState?.(actor, 'working', epoch)
        tell({ type: 'said', actor, message })
      },
      onLost: (error) => {
        if (current()) lost(actor, error)
      },
      onRefused: ({ reason, envelope }) =>
        effects.journal({
          kind: 'refused',
          epoch,
          cycle: 0,
          actor,
          reason,
          message: envelope.body.type,
          of: envelope.epoch,
        }),
    })
    links.set(actor, link)
  }
  return {
    epoch,
    open() {
      for (const { actor, seed, row } of members) if (row.opened === 'first') open(actor, seed)
    },
    send(actor, message) {
      links.get(actor)?.send(message)
    },
    ensure(actor) {
      const member = members.find((one) => one.actor === actor)
      if (!dismissed && !links.has(actor) && member !== undefined) open(actor, member.seed)
    },
    drop(actor) {
      const link = links.get(actor)
      if (link === undefined) return
      links.delete(actor)
      effects.actorState?.(actor, 'closed', epoch)
      const left = link.close(true).finally(() => leaving.delete(left))
      leaving.add(left)
    },
    async dismiss(again, failure) {
      dismissed = true
      for (const link of links.values()) link.send({ type: 'close' })
      for (const actor of links.keys()) effects.actorState?.(actor, 'closed', epoch)
      const closing = [...links.values()].map((link) => link.close(again, failure))
      await Promise.all([...leaving, ...closing])
    },
  }
}
