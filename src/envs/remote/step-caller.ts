import { AgonError, fromErrorRecord } from '../../core/errors.ts'
import {
  type agon,
  type Connection,
  decodeError,
  ENVIRONMENTS,
  fromStatus,
} from '../../wire/index.ts'

type Request = agon.v1.StepRequest.$Properties
type Reply = agon.v1.StepReply

/** One step stream from the caller's side: requests may be sent ahead, answers come in their order. */
export interface StepCaller {
  /** @throws AgonError what the server refused (the stream goes on), or what the stream ended with */
  ask(request: Request): Promise<Reply>
  /** Ends the stream in peace: the server closes the vector environment. */
  close(): void
}

interface Waiting {
  resolve(reply: Reply): void
  reject(error: AgonError): void
}

export function openSteps(connection: Connection): StepCaller {
  const stream = connection.bidi(ENVIRONMENTS.methods.step)
  const waiting: Waiting[] = []
  let ended: AgonError | null = null
  const end = (error: AgonError): void => {
    ended ??= error
    for (const one of waiting.splice(0)) one.reject(ended)
  }
  stream.on('data', (reply: Reply) => {
    const one = waiting.shift()
    if (one === undefined) end(unasked(connection.address))
    else if (reply.error == null) one.resolve(reply)
    else one.reject(fromErrorRecord(decodeError(reply.error)))
  })
  stream.on('error', (error) => end(fromStatus(error as never, connection.address)))
  stream.on('end', () => end(over(connection.address)))
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        if (ended !== null) {
          reject(ended)
          return
        }
        waiting.push({ resolve, reject })
        stream.write(request)
      }),
    close() {
      ended ??= over(connection.address)
      stream.end()
    },
  }
}

const over = (place: string): AgonError =>
  new AgonError('wire/unavailable', 'the stream of steps is over', { place })

const unasked = (place: string): AgonError =>
  new AgonError('wire/error', 'an answer came that nobody asked for', { place })
