import { AgonError, type ErrorRecord, toErrorRecord } from '../../core/errors.ts'
import { type Cast, createCast } from './cast.ts'
import type { Cut, ExperimentEffects, ExperimentPlan } from './experiment-contract.ts'
import type { FoundCut, WrittenCut } from './experiment-cycle.ts'
import type { ExperimentEvent, ExperimentNews } from './experiment-events.ts'
import type { Order } from './experiment-orders.ts'
import { openCounter } from './experiment-services.ts'
import { studentActor } from './names.ts'
import type { ServiceCounter } from './service-counter.ts'

/** All that the experiment does to the world, and where what it hears of it is given its time. */
export interface ExperimentShell {
  perform(order: Order): void
  writeCut(cut: Cut): Promise<WrittenCut>
  /**
   * What to go back to, once the old cast is gone and a cut that was being written is there or has failed.
   * @param had the cycle of the cut that was last known to be on disk
   * @throws AgonError `cut/missing`, and what `loadCut` throws
   */
  goBack(had: number | null): Promise<FoundCut>
  /** The run is over, whatever is still open. */
  dismiss(again: boolean, failure?: ErrorRecord): Promise<void>
}

export interface ShellInput {
  readonly plan: ExperimentPlan
  readonly effects: ExperimentEffects
  readonly hear: (event: ExperimentEvent) => void
}

type OrderTo<K extends Order['do']> = Extract<Order, { readonly do: K }>

export function openShell({ plan, effects, hear }: ShellInput): ExperimentShell {
  let cast: Cast | null = null
  let counter: ServiceCounter | null = null
  /** Settles when the cut that was last begun is on disk or has failed; never rejects. */
  let writing: Promise<unknown> = Promise.resolve()
  const at = (): number => effects.clock.now()
  const tell = (news: ExperimentNews): void => hear({ ...news, at: at() })

  const open = (epoch: number, cycle: number): void => {
    counter ??= openCounter({
      ...{ plan, effects, cycle, tell },
      send: (actor, message) => cast?.send(actor, message),
    })
    cast = createCast(plan, effects, epoch, tell)
    try {
      cast.open()
    } catch (error) {
      tell({ type: 'unopened', error: toErrorRecord(error) })
    }
  }

  const performs: { readonly [K in Order['do']]: (order: OrderTo<K>) => void } = {
    open: ({ epoch, cycle }) => open(epoch, cycle),
    send: ({ actor, message }) => cast?.send(actor, message),
    assign({ batch: given }) {
      const batch = effects.episodes?.wanted() ? { ...given, record: true as const } : given
      cast?.send(studentActor(batch.slot), { type: 'tasks.assign', batch })
    },
    keepEpisodes: ({ cycle, slot, recorded }) => effects.episodes?.keep(cycle, slot, recorded),
    ensure: ({ actor }) => cast?.ensure(actor),
    reopen({ actor }) {
      counter?.absent(actor)
      cast?.drop(actor)
      cast?.ensure(actor)
    },
    ask: ({ asker, epoch, message }) => counter?.ask(asker, epoch, message),
    hear: ({ actor, message }) => counter?.heard(actor, message),
    present: ({ actor }) => counter?.present(actor),
    freeKeys: () => counter?.begin(),
    recount: ({ cycle }) => counter?.restore(cycle),
    tally() {
      const metrics = counter?.metrics() ?? {}
      tell({ type: 'tallied', metrics, timings: counter?.timings() ?? {} })
    },
    recall({ slots }) {
      const initial = slots.flatMap((slot) => {
        const policy = effects.initial(slot)
        return policy === null ? [] : [[slot, policy] as const]
      })
      tell({ type: 'recalled', initial: new Map(initial) })
    },
    journal: ({ record }) => effects.journal(record),
    progress: ({ event }) => effects.progress(event),
    record: ({ row }) => effects.record(row),
    keepInitial: ({ policies }) => effects.keepInitial(policies),
    storeEvaluation: ({ slot, when, report }) => effects.storeEvaluation(slot, when, report),
    rewind: ({ cycle, epoch, cause }) => effects.rewind(cycle, epoch, cause),
    tell: ({ news }) => tell(news),
  }

  return {
    perform: (order) => performs[order.do](order as never),
    async writeCut(cut) {
      const written = effects.writeCut(cut)
      writing = written.catch(() => {})
      return { cut, path: await written, at: at() }
    },
    async goBack(had) {
      counter?.letGo()
      await Promise.all([cast?.dismiss(true), writing])
      const cut = await effects.loadCut()
      if (cut === null && had !== null)
        throw new AgonError(
          'cut/missing',
          `a cut of cycle ${had} was made, and no cut is there any more`,
          { remedy: 'put back a copy of a cut, or begin again in a new directory' },
        )
      return { cut, at: at() }
    },
    async dismiss(again, failure) {
      counter?.close(new AgonError('run/over', 'the run is over'))
      await cast?.dismiss(again, failure)
    },
  }
}
