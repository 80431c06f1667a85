import type { ChildProcess } from 'node:child_process'
import { agon, type Finished } from './command.ts'

/** A process that serves something. */
export interface Serving {
  /** What it said when it began to listen. */
  readonly listening: Readonly<Record<string, unknown>>
  readonly child: ChildProcess
  readonly finished: Promise<Finished>
  /** Ends it at once, as a crash would. */
  kill(): Promise<Finished>
}

/** Starts `agon <args>` and waits until it listens. */
export function serve(args: readonly string[]): Promise<Serving> {
  return new Promise((resolve, reject) => {
    const finished = agon(args, (event, child) => {
      if (event.kind !== 'listening') return
      const kill = async (): Promise<Finished> => {
        child.kill('SIGKILL')
        return finished
      }
      resolve({ listening: event, child, finished, kill })
    })
    finished.then(({ stderr }) => reject(new Error(`it ended before it listened: ${stderr}`)))
  })
}
