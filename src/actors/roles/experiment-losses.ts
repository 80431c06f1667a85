import { type ErrorRecord, toErrorRecord } from '../../core/errors.ts'
import type { ActorId } from '../../core/ids.ts'
import { beginsRow, exhaustion, restart } from '../kit/restart-intensity.ts'
import { isRestartable, withLastCut } from './experiment-core.ts'
import { type Turn, turn } from './experiment-orders.ts'
import { type Experiment, type Loss, originOf } from './experiment-state.ts'
import { EXPERIMENT } from './names.ts'
import { budgetDone } from './spending.ts'

/** What the experiment makes of a loss: another try within the restart intensity, else the first error ends the run. */

/** What went wrong, and whose fault it is where that is known. */
export interface Fault {
  readonly actor: ActorId
  readonly error: ErrorRecord
  readonly at: number
}

/** Of an effect: the end of its promise has no time of its own. */
export const faultOf = (run: Experiment, error: unknown): Fault => ({
  actor: EXPERIMENT,
  error: toErrorRecord(error),
  at: run.now,
})

export function mayRestart(run: Experiment, { error, at }: Fault): boolean {
  return isRestartable(error) && restart(run.intensity, at) !== null
}

/**
 * Whether the run can end with the cycles that are whole: a service has reached a cap in the middle of one. Done again from the cut, these
 * ask for nothing that was not kept; where they do all the same, the run ends with the cut itself.
 */
export function mayLimit(run: Experiment, { error }: Pick<Fault, 'error'>): boolean {
  if (error.code !== 'service/cap' || budgetDone(run.plan.budget, run.spent) >= 1) return false
  return run.limited === null || run.limited.until > cutCycle(run)
}

export function limit(run: Experiment, { error }: Fault): Turn {
  const least = cutCycle(run)
  const until = run.limited === null ? Math.max(least, run.cycle - 1) : least
  return turn({ ...run, limited: { error, until }, cause: error }, [
    { do: 'progress', event: { kind: 'limited', cycle: until, cause: error } },
  ])
}

const cutCycle = ({ cut, plan }: Experiment): number => cut?.cycle ?? originOf(plan)

export function countRestart(run: Experiment, { actor, error, at }: Fault): Turn {
  const intensity = restart(run.intensity, at) ?? run.intensity
  const first = beginsRow(intensity) || run.firstLoss === null
  const firstLoss = first ? { error, actor, cycle: run.cycle } : run.firstLoss
  return turn({ ...run, intensity, firstLoss, cause: error, now: at }, [
    { do: 'progress', event: { kind: 'restart', actor, cause: error } },
  ])
}

/** The first error is the one that is kept and shown: later ones are usually its echoes. */
export function keepError(run: Experiment, fault: Fault): Turn {
  if (run.error !== null) return turn(run)
  const told = { error: afterLoss(run, fault.error), actor: fault.actor, cycle: run.cycle }
  const first = isRestartable(fault.error) ? givenUp(run, run.firstLoss ?? told, fault.at) : told
  const { cycle: lastCut } = run.cut ?? { cycle: null }
  return turn({ ...run, error: withLastCut(first.error, first.actor, lastCut, first.cycle) })
}

/** That nobody came is told with why somebody had to. */
function afterLoss({ firstLoss }: Experiment, fault: ErrorRecord): ErrorRecord {
  if (firstLoss === null || fault.code !== 'attach/deadline') return fault
  return { ...fault, message: `${fault.message}, after it was lost: ${firstLoss.error.message}` }
}

/** The first loss, with why it was not tried again. */
function givenUp(run: Experiment, first: Loss, at: number): Loss {
  const why = exhaustion(run.intensity, at)
  if (why === null) return first
  const message = `${first.error.message} (given up after ${why})`
  return { ...first, error: { ...first.error, message } }
}
