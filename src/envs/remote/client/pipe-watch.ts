import { closeSync, constants, openSync, writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { AgonError } from '../../../core/errors.ts'
import { FAILED, HEAD_BYTES, type PipePaths, TURN } from './pipe-paths.ts'

/** Somebody who waits is woken so often, to see whether its thread is to end. */
const TICK_MS = 100
/** The stream of a server that is gone ends so soon. */
const SOON_MS = 2000

/** Looks after a thread that waits in a read of pipes: nothing but bytes can end that. */
export interface PipeWatch {
  /** Why it waits in vain. */
  why(): Promise<AgonError>
  close(): void
}

export interface WatchInput {
  readonly paths: PipePaths
  /** See `pipe-paths.ts`. */
  readonly words: Int32Array
  readonly timeoutMs: number
  /** What the stream beside the pipes ended with. */
  readonly broken: Promise<AgonError>
  late(): AgonError
  /** Milliseconds, of a clock that never goes back. */
  now(): number
}

/** @throws Error of the system */
export function watchPipes({ paths, words, timeoutMs, broken, late, now }: WatchInput): PipeWatch {
  const nothing = new Uint8Array(HEAD_BYTES)
  const pipes: number[] = []
  let failed: AgonError | null = null
  const wake = (): void => {
    // In the middle of an answer nobody looks for the next one.
    const count = failed === null ? 1 : pipes.length
    for (let i = 0; i < count; i++) writeIfRoom(pipes[i], nothing)
  }
  const fail = (error: AgonError): void => {
    failed ??= error
    Atomics.store(words, FAILED, 1)
    wake()
  }
  let turn = 0
  let since = 0
  const tick = (): void => {
    const at = Atomics.load(words, TURN)
    if (at !== turn) {
      turn = at
      since = now()
    } else if ((at & 1) === 1) {
      if (failed === null && now() - since > timeoutMs) fail(late())
      else wake()
    }
  }
  const close = (): void => {
    clearInterval(timer)
    for (const pipe of pipes.splice(0)) closeSync(pipe)
  }
  const timer = setInterval(tick, Math.min(TICK_MS, timeoutMs))
  timer.unref()
  try {
    for (const path of [paths.ready, paths.data])
      pipes.push(openSync(path, constants.O_WRONLY | constants.O_NONBLOCK))
  } catch (error) {
    close()
    throw error
  }
  void broken.then((error) => {
    if (pipes.length > 0) fail(error)
  })
  return {
    async why() {
      const over = new AgonError('wire/unavailable', 'the pipes of this machine broke')
      return failed ?? (await Promise.race([broken, sleep(SOON_MS, over, { ref: false })]))
    },
    close,
  }
}

/** A full pipe wakes its reader by itself. */
function writeIfRoom(pipe: number | undefined, bytes: Uint8Array): void {
  if (pipe === undefined) return
  try {
    writeSync(pipe, bytes)
  } catch {}
}
