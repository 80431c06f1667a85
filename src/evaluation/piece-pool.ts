import { fileURLToPath } from 'node:url'
import { Piscina } from 'piscina'
import { AgonError, fromErrorRecord } from '../core/errors.ts'
import { builtUrl } from '../core/module.ts'
import { barNative, shareNativeGate } from '../inference/native-gate.ts'
import type { PieceDevice, PieceReply, PieceTask } from './evaluation.worker.ts'
import type { PieceResult } from './piece.ts'

export interface PlayedPiece extends PieceDevice {
  readonly result: PieceResult
}

/** Threads that play pieces. */
export interface PiecePool {
  /**
   * Plays a piece, anew if its thread dies with it.
   * @throws AgonError `worker/lost` after `attempts` deaths, `evaluation/closed`, and whatever the piece throws
   */
  play(task: PieceTask): Promise<PlayedPiece>
  close(): Promise<void>
}

/** Threads start with the first piece. */
export function createPiecePool(workers: number, attempts: number): PiecePool {
  let pool: Piscina | undefined
  let closed = false

  const play = async (task: PieceTask): Promise<PlayedPiece> => {
    for (let attempt = 1; ; attempt++) {
      if (closed) throw new AgonError('evaluation/closed', 'the evaluator was closed')
      pool ??= startThreads(workers)
      try {
        const reply: PieceReply = await pool.run(task, { name: 'play' })
        if (reply.ok) return reply
        throw fromErrorRecord(reply.error)
      } catch (cause) {
        if (cause instanceof AgonError) throw cause
        if (!closed && attempt >= attempts) throw lostThread(task, attempts, cause)
      }
    }
  }

  return {
    play,
    async close() {
      closed = true
      if (pool === undefined) return
      await Promise.all(pool.threads.map(barNative))
      await pool.destroy()
    },
  }
}

function startThreads(workers: number): Piscina {
  shareNativeGate()
  return new Piscina({
    filename: fileURLToPath(builtUrl(import.meta.url, './evaluation.worker.js')),
    minThreads: workers,
    maxThreads: workers,
    idleTimeout: Number.POSITIVE_INFINITY,
    // A thread that waits for its next piece on Atomics would be deaf to everything else.
    atomics: 'disabled',
    recordTiming: false,
    env: {},
    execArgv: [],
  })
}

function lostThread(task: PieceTask, attempts: number, cause: unknown): AgonError {
  const { from, to } = task.piece
  return new AgonError(
    'worker/lost',
    `the thread that played episodes ${from} to ${to - 1} of the evaluation died ${attempts} times: ` +
      `${(cause as Error).message}`,
    { cause },
  )
}
