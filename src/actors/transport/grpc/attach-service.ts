import { AgonError } from '../../../core/errors.ts'
import type { Timers } from '../../../core/timers.ts'
import { agon, endWith, type ServerStream } from '../../../wire/index.ts'
import { type FrameToSend, serverFrames } from './frame-stream.ts'
import type { Reception } from './places.ts'

/** How long a stream may be silent before its hello. */
const HELLO_MS = 10_000

/** The hub's side of `Attach`: waits for the hello and hands the stream to the reception. */
export function receiveAttach(
  reception: Reception,
  timers: Timers,
): (stream: ServerStream<agon.v1.Frame, FrameToSend>) => void {
  return (stream) => {
    const frames = serverFrames(stream)
    const impatience = timers.after(HELLO_MS, () =>
      frames.end(new AgonError('wire/hello', `no hello came within ${HELLO_MS / 1000} s`)),
    )
    frames.listen({
      frame(frame) {
        impatience()
        try {
          reception.receive(readHello(frame), frames)
        } catch (error) {
          endWith(stream, error)
        }
      },
      drained: () => {},
      ended: impatience,
    })
  }
}

const LONGEST_NAME = 200

function readHello({ kind, body }: agon.v1.Frame): agon.v1.Hello {
  if (kind !== agon.v1.Kind.KIND_HELLO)
    throw new AgonError('wire/hello', `the first frame is of kind ${kind}, not a hello`)
  try {
    const hello = agon.v1.Hello.decode(body)
    if (hello.name.length > LONGEST_NAME || hello.slot.length > LONGEST_NAME)
      throw new Error(`a name has more than ${LONGEST_NAME} characters`)
    return hello
  } catch (cause) {
    throw new AgonError('wire/hello', `the hello cannot be read: ${(cause as Error).message}`, {
      cause,
    })
  }
}
