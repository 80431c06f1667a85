import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** What stands in a command for the rendezvous file. */
const HUB = '{hub}'

/** A third party that is started here, and started again when it is awaited and gone. */
export interface ThirdParty {
  /** Starts it, unless it runs. */
  summon(): void
  /** Ends it. */
  close(): Promise<void>
}

const KILL_MS = 3000

/**
 * Its words go to standard error, so that results stay alone on standard output.
 * @param command program and arguments; `{hub}` becomes `rendezvous`
 */
export function startsThirdParty(
  command: readonly string[],
  rendezvous: string,
  onWord: (line: string) => void,
): ThirdParty {
  const [program, ...args] = command.map((word) => word.replaceAll(HUB, rendezvous))
  let child: ChildProcess | null = null
  return {
    summon() {
      if (child !== null) return
      const started = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
      child = started
      createInterface({ input: started.stdout }).on('line', onWord)
      createInterface({ input: started.stderr }).on('line', onWord)
      const gone = (): void => {
        if (child === started) child = null
      }
      started.on('error', (error) => {
        onWord(`${program} cannot be started: ${error.message}`)
        gone()
      })
      started.on('exit', gone)
    },
    async close() {
      const last = child
      if (last === null) return
      const gone = new Promise((resolve) => last.once('exit', resolve))
      last.kill('SIGTERM')
      const timer = setTimeout(() => last.kill('SIGKILL'), KILL_MS)
      await gone
      clearTimeout(timer)
    },
  }
}
