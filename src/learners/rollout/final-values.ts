import type { TypedArray } from '../../core/tensor.ts'
import { isCut, someCut } from '../../envs/finals.ts'
import type { Session } from '../../inference/session-contract.ts'
import type { ActBuffers, ActSide } from './act-buffers.ts'
import type { StepView } from './shard-views.ts'

/**
 * What the last observation of each episode that the step cut is worth, for all or for one agent alone, with the memory as it stands after that step; 0 in
 * other rows. To be called after the step and before ended rows forget. The graph runs where some row was cut alone, and
 * always over all rows: whichever were cut, a row has the same bits.
 * @param next the side of the step to come
 */
export async function writeFinalValues(
  { buffers: step, finalValues }: StepView,
  session: Session,
  buffers: ActBuffers,
  next: ActSide,
): Promise<void> {
  if (step.finals === undefined || finalValues === undefined) return
  finalValues.fill(0)
  if (!someCut(step)) return
  buffers.observe(step.finals)
  await session.run(next.inputs, { value: next.outputs.value })
  for (let row = 0; row < finalValues.length; row++)
    if (isCut(step, row)) finalValues[row] = buffers.value[row]
}

/** What a shard before this one left behind decides nothing. */
export function clearFinals(finals: Readonly<Record<string, TypedArray>> | undefined): void {
  for (const name in finals) finals[name].fill(0 as never)
}
