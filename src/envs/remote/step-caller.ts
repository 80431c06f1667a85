import { fromErrorRecord } from '../../core/errors.ts'
import {
  type AskStream,
  type agon,
  type Connection,
  decodeError,
  dialLocal,
  ENVIRONMENTS,
  type Endpoint,
} from '../../wire/index.ts'
import { type OrderedAsks, orderedAsks } from './ordered-asks.ts'

/** One step stream from the caller's side; ending it closes the vector environment. */
export type StepCaller = OrderedAsks<agon.v1.StepRequest.$Properties, agon.v1.StepReply>

export function openSteps(connection: Connection): StepCaller {
  return stepsOver(connection)
}

/** Over the Unix socket of the endpoint where somebody listens at it, else over the connection. */
export async function openNearSteps(
  connection: Connection,
  { socket, token }: Pick<Endpoint, 'socket' | 'token'>,
): Promise<StepCaller> {
  if (socket === undefined || token === undefined) return stepsOver(connection)
  return stepsOver(connection, (await dialLocal(socket, token, step)) ?? undefined)
}

const { step } = ENVIRONMENTS.methods

function stepsOver(
  connection: Connection,
  stream?: AskStream<agon.v1.StepRequest.$Properties, agon.v1.StepReply>,
): StepCaller {
  return orderedAsks<agon.v1.StepRequest.$Properties, agon.v1.StepReply>(
    connection,
    step,
    ({ error }) => (error == null ? null : fromErrorRecord(decodeError(error))),
    stream,
  )
}
