import { fromErrorRecord } from '../../core/errors.ts'
import { type agon, type Connection, decodeError, ENVIRONMENTS } from '../../wire/index.ts'
import { type OrderedAsks, orderedAsks } from './ordered-asks.ts'

/** One step stream from the caller's side; ending it closes the vector environment. */
export type StepCaller = OrderedAsks<agon.v1.StepRequest.$Properties, agon.v1.StepReply>

export function openSteps(connection: Connection): StepCaller {
  return orderedAsks<agon.v1.StepRequest.$Properties, agon.v1.StepReply>(
    connection,
    ENVIRONMENTS.methods.step,
    ({ error }) => (error == null ? null : fromErrorRecord(decodeError(error))),
  )
}
