import { AgonError } from '../../../core/errors.ts'
import type { Timers } from '../../../core/timers.ts'
import { agon, type ServerStream } from '../../../wire/index.ts'
import { type FrameToSend, serverFrames } from './frame-stream.ts'
import { checkName } from './names.ts'
import type { Reception } from './places.ts'
import { silentStreams } from './silent-streams.ts'

/** Names, versions and flags; in bytes. */
const LONGEST_HELLO = 64 * 1024

/** The hub's side of `Attach`: waits for the hello and hands the stream to the reception. */
export function receiveAttach(
  reception: Reception,
  timers: Timers,
): (stream: ServerStream<agon.v1.Frame, FrameToSend>) => void {
  const silent = silentStreams(timers)
  return (stream) => {
    const frames = serverFrames(stream)
    const spoken = silent.add((error) => frames.end(error))
    frames.listen({
      frame(frame) {
        spoken()
        try {
          reception.receive(readHello(frame), frames)
        } catch (error) {
          frames.end(error as AgonError)
        }
      },
      drained: () => {},
      ended: spoken,
    })
  }
}

function readHello({ kind, body }: agon.v1.Frame): agon.v1.Hello {
  if (kind !== agon.v1.Kind.KIND_HELLO)
    throw new AgonError('wire/hello', `the first frame is of kind ${kind}, not a hello`)
  if (body.length > LONGEST_HELLO)
    throw new AgonError('wire/hello', `a hello of ${body.length} bytes, at most ${LONGEST_HELLO}`)
  let hello: agon.v1.Hello
  try {
    hello = agon.v1.Hello.decode(body)
  } catch (cause) {
    throw new AgonError('wire/hello', `the hello cannot be read: ${(cause as Error).message}`, {
      cause,
    })
  }
  const { name, slot, session, ticket } = hello
  for (const [what, value] of Object.entries({ name, slot, session, ticket }))
    checkName(value, what)
  return hello
}
