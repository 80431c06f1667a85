import type { ExperimentProgress } from '../actors/roles/experiment-contract.ts'
import type { SlotId } from '../core/ids.ts'
import { measuresByName } from '../evaluation/measures.ts'
import type { ProgressEvent } from './contract.ts'

/** What the experiment tells, as those hear it who watch a run. */
export function forwardProgress(
  event: ExperimentProgress,
  onProgress: (event: ProgressEvent) => void,
  isFrozen: (slot: SlotId) => boolean,
): void {
  if (event.kind === 'evaluation') {
    const { slot, when, cycle, report } = event
    onProgress({
      kind: 'evaluation',
      slot,
      when,
      cycle,
      suite: report.suite,
      solvedRate: report.solvedRate,
      ...(isFrozen(slot) ? { frozen: true as const } : {}),
      ...measuresByName(report),
    })
  } else if (event.kind === 'restart') {
    onProgress({
      kind: 'warning',
      warning: {
        ...event.cause,
        message: `${event.actor} is started again: ${event.cause.message}`,
      },
    })
  } else if (event.kind === 'limited') {
    const { cycle, cause } = event
    const message = `${cause.message}: the run is limited to its first ${cycle} cycles`
    onProgress({ kind: 'warning', warning: { ...cause, message } })
  } else if (event.kind === 'inexact') {
    const message = `${event.actor}: ${event.reasons.join('; ')}: this run is not exact`
    onProgress({ kind: 'warning', warning: { code: 'run/inexact', message } })
  } else onProgress(event)
}
