import type { Writable } from 'node:stream'

/** Bytes that a reader may be behind. What is written after that is dropped until he has caught up. */
const MOST_BEHIND = 32 * 2 ** 20

/** The parts of a terminal's stream that Node does not tell of. */
interface Handle {
  readonly fd?: number
  setBlocking?(on: boolean): unknown
}

export interface SteadyWriter {
  write(text: string): void
  /** Whether something was dropped that a reader may have waited for. */
  lost(): boolean
  /** Resolves once what was written is out or dropped. */
  drained(): Promise<void>
}

/**
 * Makes a stream of this process one that never fails and holds nobody up, whoever writes to it: what it cannot take is
 * dropped, and the next write is tried anew. A reader that went away (`EPIPE`) asks for no more, so nothing is lost.
 *
 * The error is taken where the bytes leave. A stream that fails later would end the pipes from worker threads, whose
 * output then piles up.
 * @param onLoss told of the first loss; may write to other streams
 */
export function steadyWriter(stream: Writable, onLoss: (error: Error) => void): SteadyWriter {
  let lost = false
  const drop = (error: NodeJS.ErrnoException): void => {
    if (error.code === 'EPIPE' || lost) return
    lost = true
    onLoss(error)
  }
  takeErrors(stream, drop)
  neverWait(stream)
  const write = stream.write.bind(stream) as (chunk: unknown, ...rest: unknown[]) => boolean
  stream.write = (chunk: unknown, ...rest: unknown[]) => {
    if (stream.writableLength <= MOST_BEHIND) write(chunk, ...rest)
    else {
      drop(new Error('its reader does not read'))
      const done = rest.at(-1)
      if (typeof done === 'function') process.nextTick(done)
    }
    return true
  }
  return {
    write: (text) => void stream.write(text),
    lost: () => lost,
    drained: () =>
      new Promise((resolve) => {
        if (stream.writableLength === 0) resolve()
        else write('', () => resolve())
      }),
  }
}

function takeErrors(stream: Writable, drop: (error: Error) => void): void {
  const write = stream._write
  stream._write = (chunk, encoding, done) =>
    surely((settle) => write.call(stream, chunk, encoding, settle), drop, done)
  const writev = stream._writev
  // A stream that writes one at a time has null there.
  if (typeof writev === 'function')
    stream._writev = (chunks, done) =>
      surely((settle) => writev.call(stream, chunks, settle), drop, done)
  // The size of a terminal that is gone cannot be asked for either.
  stream.on('error', drop)
}

type Settle = (error?: Error | null) => void

/** Writes, and calls a failure done. Streams of files throw it, others hand it over. */
function surely(write: (settle: Settle) => void, drop: (error: Error) => void, done: Settle): void {
  const settle: Settle = (error) => {
    if (error) drop(error)
    done()
  }
  try {
    write(settle)
  } catch (error) {
    settle(error as Error)
  }
}

/**
 * Node writes to a terminal in one go, and a terminal that takes nothing (a broken line, Ctrl-S) would stop the process,
 * signals included. Only where the terminal was opened anew: one that is shared with other programs stays as it is.
 */
function neverWait(stream: Writable & { readonly isTTY?: boolean }): void {
  if (stream.isTTY !== true || process.platform === 'win32') return
  const { _handle: handle } = stream as { readonly _handle?: Handle }
  if ((handle?.fd ?? 0) > 2) handle?.setBlocking?.(false)
}
