import { readSafetensors, writeSafetensors } from '../../../core/safetensors.ts'
import type { agon } from '../../../wire/index.ts'
import type { OutcomesReport } from '../contract.ts'
import { type Conversation, ownSlot } from './entry.ts'
import { numbers, upTo } from './fields.ts'
import { decodeOutcome, encodeOutcome } from './tasks.ts'

/** What a student reports of its attempt. */

/** Environment steps of one slot in one cycle: thousands of such cycles can still be counted. */
const MOST_STEPS = 2 ** 40

export const encodeReport = ({
  cycle,
  slot,
  outcomes,
  envSteps,
  metrics,
  timings,
  recorded,
}: OutcomesReport): agon.v1.OutcomesReport.$Properties => ({
  cycle,
  slot,
  outcomes: outcomes.map(encodeOutcome),
  envSteps,
  metrics: { ...metrics },
  timings: { ...timings },
  ...(recorded === undefined ? {} : { recorded: writeSafetensors(recorded) }),
})

export function decodeReport(wire: agon.v1.OutcomesReport, talk: Conversation): OutcomesReport {
  const slot = ownSlot(wire.slot, talk)
  const { cycle, outcomes, envSteps, metrics, timings, recorded } = wire
  return {
    type: 'outcomes.report',
    cycle,
    slot,
    outcomes: outcomes.map((outcome) => decodeOutcome(outcome, slot)),
    envSteps: upTo(envSteps, 'env_steps', MOST_STEPS),
    metrics: numbers(metrics, 'metrics'),
    timings: numbers(timings, 'timings'),
    // Of an attached student nobody asks for it.
    ...(talk.batch?.record === true && recorded.length > 0
      ? { recorded: readSafetensors(recorded, 'outcomes.recorded') }
      : {}),
  }
}
