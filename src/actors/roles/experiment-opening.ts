import { type ErrorRecord, toErrorRecord } from '../../core/errors.ts'
import type { ActorId, SlotId } from '../../core/ids.ts'
import {
  exportsPolicy,
  isFrozen,
  makesSnapshots,
  selfMeasuring,
  slotsOf,
  studentsOf,
} from './experiment-actors.ts'
import { missingStatistics } from './experiment-core.ts'
import type { EventOf } from './experiment-events.ts'
import { askSelf } from './experiment-measuring.ts'
import { inTurn, type Order, send, type Turn, turn } from './experiment-orders.ts'
import type { Experiment } from './experiment-state.ts'
import { ADVERSARY, studentActor } from './names.ts'
import { cannotProbe } from './student-core.ts'
import { castOf, statefulActors } from './table/table.ts'

/** What the experiment does until the first cycle: a cast is opened, restored or begun, and asked for its policies. */

export const begin = (run: Experiment, { at }: EventOf<'begin'>): Turn =>
  turn({ ...run, now: at, opened: at })

export function openActors(run: Experiment): Turn {
  const first = castOf(run.plan).flatMap(({ actor, row: { opened } }) =>
    opened === 'first' ? [actor] : [],
  )
  const { epoch, cycle } = run
  return turn({ ...run, awaited: new Set(first), asked: new Map() }, [{ do: 'open', epoch, cycle }])
}

const INCOMPATIBLE =
  'let the student offer what it gives (ppo offers how undecided it was with `uncertainty: true`, and how far its critics are apart with `critics: 5`), or choose a score that needs less, or another student'

/** Why student and adversary cannot work together, once all have said hello; null while unknown or fine. */
export function incompatibility(run: Experiment): ErrorRecord | null {
  if (run.awaited.size > 0) return null
  const message = missingStatistics(run.needs, run.offers)
  if (message !== null) return { code: 'run/incompatible', message, remedy: INCOMPATIBLE }
  const unseen = unseenStudent(run)
  if (unseen !== null) return unseen
  const slot = slotsOf(run).find((each) => run.traits.get(studentActor(each))?.probes === false)
  const [probe] = run.probes
  return probe === undefined || slot === undefined ? null : toErrorRecord(cannotProbe(slot, probe))
}

/** A student that others are to meet, and that hands on no policy. */
function unseenStudent(run: Experiment): ErrorRecord | null {
  const found = Object.entries(run.plan.live ?? {}).find(
    ([, slot]) => !exportsPolicy(run, studentActor(slot)),
  )
  if (found === undefined) return null
  const [name, slot] = found
  return {
    code: 'run/incompatible',
    message: `the policy '${name}' stands for the student in slot '${slot}', which exports none`,
    remedy: 'name a file, a bot or a kserve:// address instead, or a student that exports',
  }
}

/** Those that were opened before it are there and must be let go. */
export const keepUnopened = (run: Experiment, { error }: EventOf<'unopened'>): Turn =>
  turn({ ...run, error: run.error ?? error })

export const keepIncompatibility = (run: Experiment): Turn =>
  turn({ ...run, error: run.error ?? incompatibility(run) })

export function sendRestore(run: Experiment): Turn {
  const actors = statefulActors(run.plan).filter((actor) => makesSnapshots(run, actor))
  const waiting = { ...run, awaited: new Set<string>(actors) }
  const orders: Order[] = []
  for (const actor of actors) {
    const snapshot = run.cut?.snapshots[actor]
    if (snapshot === undefined) {
      const message = `the cut of cycle ${run.cycle} has no snapshot of ${actor}`
      return turn({ ...waiting, error: { code: 'cut/incomplete', message } }, orders)
    }
    orders.push(send(actor, { type: 'restore', snapshot }))
  }
  return turn(waiting, orders)
}

/** Gives the adversary the record that another one has left, before the first cycle. */
export function handOver(run: Experiment): Turn {
  const archive = run.plan.origin?.archive
  if (archive === undefined) return turn({ ...run, awaited: new Set() })
  if (makesSnapshots(run, ADVERSARY))
    return turn({ ...run, awaited: new Set([ADVERSARY]) }, [
      send(ADVERSARY, { type: 'restore', snapshot: archive }),
    ])
  const error = {
    code: 'stages/archive',
    message: 'the adversary restores nothing, so it cannot begin with another one’s record',
    remedy: 'leave out from.archive',
  }
  return turn({ ...run, awaited: new Set(), error })
}

export const askPolicies = (run: Experiment): Turn =>
  askPoliciesOf(
    run,
    studentsOf(run).filter((actor) => exportsPolicy(run, actor)),
  )

/** Students that sit beside others are asked for their policies before each cycle. */
export const askLive = (run: Experiment): Turn =>
  askPoliciesOf(run, Object.values(run.plan.live ?? {}).map(studentActor))

function askPoliciesOf(run: Experiment, actors: readonly ActorId[]): Turn {
  const awaited = new Set(actors)
  return turn(
    { ...run, policies: new Map(), awaited },
    [...awaited].map((actor) => send(actor, { type: 'policy.export' })),
  )
}

/** A student that exports nothing is measured as it is, before its first cycle. */
export function askFirst(run: Experiment): Turn {
  const request = run.plan.final
  const measured: readonly SlotId[] =
    request === null ? [] : selfMeasuring(run).filter((slot) => !isFrozen(run, slot))
  return measured.reduce(
    (sofar, slot) => inTurn(sofar, (next) => askSelf(next, `baseline/${slot}`, slot, request!)),
    askPolicies(run),
  )
}

export const keepInitial = (run: Experiment): Turn =>
  turn(run, [{ do: 'keepInitial', policies: run.policies }])
