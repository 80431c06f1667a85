import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { ErrorRecord } from '../../core/errors.ts'
import { EXIT } from '../../run/exit-codes.ts'
import { TOKEN_VARIABLE } from '../../wire/index.ts'
import { agonCommand } from '../agon-command.ts'
import { printedEvent } from '../printed-event.ts'
import type { StartedRun, SweptEnd, SweptRun } from './sweep.ts'

const MOST_STDERR = 2000

export interface ChildOrder extends SweptRun {
  /** A config file. */
  readonly config: string
  readonly set: readonly string[]
}

/** `agon run --or-resume` as a process of its own: begins the run, goes on with it, or leaves a finished one as it is. */
export function startChildRun(order: ChildOrder, onDone: (done: number) => void): StartedRun {
  const child = spawned(order)
  let stderr = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-MOST_STDERR)
  })
  let failure: ErrorRecord | null = null
  createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
    const event = printedEvent(line)
    if (event?.kind === 'cycle' && typeof event.done === 'number') onDone(event.done)
    if (event?.kind !== 'error') return
    const { kind: _, ...record } = event
    failure = record as unknown as ErrorRecord
  })
  const ended = new Promise<SweptEnd>((resolve) => {
    child.once('error', ({ message }) =>
      resolve({ status: 'failed', error: { code: 'sweep/process', message } }),
    )
    child.once('close', (code, signal) => {
      if (code === EXIT.ok) resolve({ status: 'finished', error: null })
      else if (code === EXIT.stopped || code === EXIT.interrupted)
        resolve({ status: 'stopped', error: null })
      else resolve({ status: 'failed', error: failure ?? endedWith(code ?? signal, stderr) })
    })
  })
  return { ended, stop: () => child.kill('SIGINT') }
}

function spawned({ config, seed, dir, set }: ChildOrder): ChildProcess {
  const { [TOKEN_VARIABLE]: _, ...env } = process.env
  const [program, ...words] = agonCommand()
  const args = ['run', config, `--out=${dir}`, `--seed=${seed}`, '--or-resume', '--json']
  return spawn(program, [...words, ...args, ...set.map((text) => `--set=${text}`)], {
    env,
    // A Ctrl-C at the terminal reaches the sweep alone, which passes it on: twice would be to leave without a cut.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

const endedWith = (how: number | string | null, stderr: string): ErrorRecord => ({
  code: 'sweep/process',
  message: `the process of the run ended with ${how}${stderr === '' ? '' : `: ${stderr.trim()}`}`,
})
