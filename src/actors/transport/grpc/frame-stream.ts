import { AgonError } from '../../../core/errors.ts'
import {
  type agon,
  type ClientStream,
  endWith,
  fromStatus,
  Garbled,
  type ServerStream,
} from '../../../wire/index.ts'

export type FrameToSend = agon.v1.Frame.$Properties

export interface FrameListener {
  frame(frame: agon.v1.Frame): void
  drained(): void
  /** Called once: no more frames come. Null where the other side ended it in order. */
  ended(error: AgonError | null): void
}

/** One Attach stream, seen from either side. */
export interface FrameStream {
  /** False: it can take no more for now, and `drained` will say when. */
  write(frame: FrameToSend): boolean
  listen(listener: FrameListener): void
  /** Ends it; with an error the other side is told which. Nothing is heard afterwards. */
  end(error?: AgonError): void
}

/** How long the last frame of a stream that is given up may take. */
const LAST_WORD_MS = 1000

export function serverFrames(stream: ServerStream<agon.v1.Frame, FrameToSend>): FrameStream {
  let listener: FrameListener | null = null
  let over = false
  let answered = false
  const finish = (error: AgonError | null): void => {
    if (over) return
    over = true
    listener?.ended(error)
  }
  stream.on('data', (frame: agon.v1.Frame | Garbled) => {
    if (over) return
    if (frame instanceof Garbled) {
      endWith(stream, frame.error)
      finish(frame.error)
    } else listener?.frame(frame)
  })
  stream.on('drain', () => listener?.drained())
  stream.on('end', () => {
    if (answered) stream.end()
    else if (!over) endWith(stream, new AgonError('wire/ended', 'it was ended before any answer'))
    finish(null)
  })
  stream.on('cancelled', () => finish(gone(stream.getPeer())))
  stream.on('error', () => finish(gone(stream.getPeer())))
  return {
    write(frame) {
      answered = true
      return !over && stream.write(frame)
    },
    listen: (to) => {
      listener = to
    },
    end(error) {
      if (over) return
      over = true
      if (error === undefined) stream.end()
      else endWith(stream, error)
    },
  }
}

export function clientFrames(
  stream: ClientStream<FrameToSend, agon.v1.Frame>,
  address: string,
): FrameStream {
  let listener: FrameListener | null = null
  let over = false
  const finish = (error: AgonError | null): void => {
    if (over) return
    over = true
    listener?.ended(error)
  }
  stream.on('data', (frame: agon.v1.Frame) => {
    if (!over) listener?.frame(frame)
  })
  stream.on('drain', () => listener?.drained())
  stream.on('end', () => finish(null))
  stream.on('error', (error) => finish(fromStatus(error as never, address)))
  return {
    write: (frame) => !over && stream.write(frame),
    listen: (to) => {
      listener = to
    },
    end(error) {
      if (over) return
      over = true
      stream.end()
      if (error === undefined) return
      // What was written last is the refusal; whoever does not take it must not hold the stream.
      const patience = setTimeout(() => stream.cancel(), LAST_WORD_MS)
      patience.unref()
      stream.once('status', () => clearTimeout(patience))
    },
  }
}

function gone(peer: string): AgonError {
  return fromStatus({ code: 14, details: 'the stream broke off', metadata: null as never }, peer)
}
