import { AgonError } from '../../../core/errors.ts'
import { endWith, Garbled, type ServerStream } from '../../../wire/index.ts'
import { contractError } from '../../contract-error.ts'

/**
 * Answers the requests of a stream one at a time: the next is taken up when the answer to the last has been handed to the
 * connection. So the memory of answers is free again, and whoever reads none of them is read from no more.
 * @param answer what it throws ends the stream
 * @param close called once the stream is over, however it ends; may be called again
 */
export function answerInTurn<Q, A>(
  stream: ServerStream<Q, A>,
  answer: (request: Q) => A,
  close: () => void,
): void {
  /** Came while another was being answered. */
  const waiting: (Q | Garbled)[] = []
  let busy = false
  let over = false
  let last = false
  const end = (): void => {
    over = true
    close()
  }
  const take = (request: Q | Garbled): void => {
    busy = true
    try {
      if (request instanceof Garbled) throw request.error
      stream.write(answer(request), goOn)
    } catch (error) {
      end()
      endWith(stream, asBroken(error))
    }
  }
  const goOn = (): void => {
    busy = false
    const next = waiting.shift()
    if (over) return
    if (next !== undefined) take(next)
    else if (last) finish()
    else if (stream.isPaused()) stream.resume()
  }
  const finish = (): void => {
    end()
    stream.end()
  }
  stream.on('data', (request) => {
    if (over) return
    if (!busy) {
      take(request)
      return
    }
    waiting.push(request)
    stream.pause()
  })
  stream.on('end', () => {
    last = true
    if (!busy && !over) finish()
  })
  stream.on('cancelled', end)
  stream.on('error', end)
  stream.on('close', end)
}

/** An environment that throws something of its own is named as what failed. */
function asBroken(error: unknown): AgonError {
  const told = contractError(error)
  if (told !== null) return told
  const message = `the environment failed: ${(error as Error).message}`
  return new AgonError('environment/broken', message, { cause: error })
}
