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

/** Over the Unix socket of the endpoint where somebody listens at it, and so is `near`; else over the connection. */
export async function openNearSteps(
  connection: Connection,
  { socket, token }: Pick<Endpoint, 'socket' | 'token'>,
): Promise<{ readonly caller: StepCaller; readonly near: boolean }> {
  const stream =
    socket === undefined || token === undefined ? null : await dialLocal(socket, token, step)
  return { caller: stepsOver(connection, stream ?? undefined), near: stream !== null }
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
