import type { ActorId } from '../../core/ids.ts'
import type { Said } from './cast.ts'
import type { Traits } from './contract.ts'
import type { EventOf } from './experiment-events.ts'
import { hearMeasured } from './experiment-measuring.ts'
import { send, type Turn, turn } from './experiment-orders.ts'
import { type Experiment, noteCame } from './experiment-state.ts'
import { type CycleMessage, hearCycle } from './experiment-traffic.ts'
import { memberOf, rowOfActor } from './table/table.ts'

/** What the experiment does on hearing each message of its actors. */

export function hear(given: Experiment, { actor, message, at }: EventOf<'said'>): Turn {
  const run = { ...given, now: at }
  switch (message.type) {
    case 'hello':
      return hearHello(run, actor, message)
    case 'restored':
      return turn(noteCame(run, actor))
    case 'service.ask':
    case 'tasks.request':
    case 'outcomes.report':
    case 'tasks.proposed':
    case 'cycle.done':
    case 'learned':
      return hearCycle(run, actor, message satisfies CycleMessage)
    case 'snapshot.taken': {
      const snapshots = new Map(run.snapshots).set(actor, message.snapshot)
      const heard = { ...run, snapshots, gallery: message.gallery ?? run.gallery }
      // A student answers one thing at a time: its policy is asked for once its snapshot is there.
      return run.traits.get(actor)?.exportsPolicy && rowOfActor(actor).exports
        ? turn(heard, [send(actor, { type: 'policy.export' })])
        : turn(noteCame(heard, actor))
    }
    case 'policy.exported': {
      const policies = new Map(run.policies).set(message.slot, message.policy)
      return turn(noteCame({ ...run, policies }, actor))
    }
    case 'service.answer':
    case 'service.failed':
      return turn(run, [{ do: 'hear', actor, message }])
    case 'measured':
      return hearMeasured(run, message.key, message.report)
  }
}

function hearHello(
  run: Experiment,
  actor: ActorId,
  message: Extract<Said, { type: 'hello' }>,
): Turn {
  const traits = message.traits ?? memberOf(run.plan, actor).traits
  const heard = noteCame({ ...run, traits: new Map(run.traits).set(actor, traits) }, actor)
  const offers = 'offers' in message && new Map(run.offers).set(message.slot, message.offers)
  const needs = 'needs' in message && { needs: message.needs, probes: message.probes ?? [] }
  return turn({ ...heard, ...(offers && { offers }), ...needs }, [
    ...doubts(run, actor, traits),
    { do: 'present', actor },
  ])
}

/** What an actor cannot do takes the run's exactness with it: said once, and journalled. */
function doubts(run: Experiment, actor: ActorId, traits: Traits): Turn['orders'] {
  const reasons = [
    ...(traits.deterministic ? [] : ['it does not always give the same answers']),
    ...(traits.snapshots || !memberOf(run.plan, actor).stateful ? [] : ['it makes no snapshots']),
  ]
  if (reasons.length === 0) return []
  const { epoch, cycle } = run
  return [
    { do: 'journal', record: { kind: 'inexact', epoch, cycle, actor, reasons } },
    { do: 'progress', event: { kind: 'inexact', actor, reasons } },
  ]
}
