import { AgonError } from '../../core/errors.ts'
import { type AskStream, type Connection, fromStatus, type Method } from '../../wire/index.ts'

/** A stream whose requests are answered one for one, in order, and may be sent ahead of the answers. */
export interface OrderedAsks<Q, A> {
  /** @throws AgonError what the server refused (the stream goes on), or what the stream ended with */
  ask(request: Q): Promise<A>
  /** Ends the stream in peace. */
  close(): void
  /** What it ended with, once it did, but for an end in peace. */
  readonly broken: Promise<AgonError>
}

interface Waiting<A> {
  resolve(answer: A): void
  reject(error: AgonError): void
}

/**
 * @param refusalOf what an answer refuses in band; null where it does what was asked
 * @param stream that carries them; one of the connection where none is given
 */
export function orderedAsks<Q, A>(
  connection: Connection,
  method: Method<Q, unknown, unknown, A, 'bidi'>,
  refusalOf: (answer: A) => AgonError | null,
  stream: AskStream<Q, A> = connection.bidi(method),
): OrderedAsks<Q, A> {
  const { address } = connection
  const waiting: Waiting<A>[] = []
  let ended: AgonError | null = null
  let tell: (error: AgonError) => void = () => {}
  const broken = new Promise<AgonError>((resolve) => {
    tell = resolve
  })
  const end = (error: AgonError): void => {
    ended ??= error
    tell(ended)
    for (const one of waiting.splice(0)) one.reject(ended)
  }
  stream.on('data', (answer: A) => {
    const one = waiting.shift()
    if (one === undefined) {
      end(new AgonError('wire/error', 'an answer came that nobody asked for', { place: address }))
      return
    }
    const refusal = refusalOf(answer)
    if (refusal === null) one.resolve(answer)
    else one.reject(refusal)
  })
  stream.on('error', (error) => end(brokenBy(error, address)))
  stream.on('end', () => end(over(address)))
  return {
    broken,
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
      ended ??= over(address)
      stream.end()
    },
  }
}

function brokenBy(error: Error, place: string): AgonError {
  if (error instanceof AgonError) return error
  if ('details' in error) return fromStatus(error as never, place)
  // Bytes that are no answer.
  return new AgonError('wire/error', error.message, { place, cause: error })
}

const over = (place: string): AgonError =>
  new AgonError('wire/unavailable', 'the stream is over', { place })
