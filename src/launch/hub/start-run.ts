import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { AgonError, type ErrorRecord, fromErrorRecord } from '../../core/errors.ts'
import { TOKEN_VARIABLE } from '../../wire/index.ts'
import { agonCommand } from '../agon-command.ts'
import { printedEvent } from '../printed-event.ts'

/** Modules of a user may take long to import; a run that says nothing for longer is ended. */
const START_DEADLINE_MS = 110_000
const MOST_STDERR = 4000

export interface RunOrder {
  /** YAML. */
  readonly config: string
  readonly set: readonly string[]
  /** Absolute; new or empty. */
  readonly out: string
  /** Where relative module paths start from. */
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * Starts `agon run` as a process of its own, which outlives this one.
 * @param onExit called once it has ended, if this process lives that long
 * @returns once the run has begun and can be found
 * @throws AgonError what `agon run` refuses the config for, or `control/launch`
 */
export async function startRun(
  order: RunOrder,
  onExit: (code: number | null) => void = () => {},
): Promise<void> {
  const child = spawned(order)
  let stderr = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-MOST_STDERR)
  })
  // It may refuse the config before it has read all of it.
  child.stdin?.on('error', () => {})
  child.stdin?.end(order.config)
  const first = firstWord(child)
  const timer = setTimeout(() => child.kill('SIGKILL'), START_DEADLINE_MS)
  try {
    const refusal = await first
    if (refusal !== null) throw fromErrorRecord(refusal)
  } catch (error) {
    if (error instanceof AgonError) throw error
    throw new AgonError(
      'control/launch',
      `the run ended before it began: ${stderr.trim() || (error as Error).message}`,
      { cause: error },
    )
  } finally {
    clearTimeout(timer)
  }
  // What it goes on to say is in its directory.
  child.stdout?.resume()
  child.once('exit', onExit)
}

function spawned({ set, out, cwd, env }: RunOrder): ChildProcess {
  const broken = set.find((text) => text.includes('\0'))
  if (broken !== undefined)
    throw new AgonError('config/invalid', `--set ${JSON.stringify(broken)} holds a NUL`)
  const { [TOKEN_VARIABLE]: _, ...rest } = env
  const [program, ...words] = agonCommand()
  const args = ['run', '-', `--out=${out}`, '--json', ...set.map((text) => `--set=${text}`)]
  const child = spawn(program, [...words, ...args], {
    cwd,
    // The token of this hub is not that of the run, and a Ctrl-C here is not meant for it.
    env: rest,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  child.unref()
  return child
}

/** Null once the run has begun, or the error that it ended with; rejects where it ends without a word. */
function firstWord(child: ChildProcess): Promise<ErrorRecord | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => reject(new Error(`it ended with ${code ?? signal}`)))
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })
    lines.on('line', (line) => {
      const word = printedEvent(line)
      if (word?.kind !== 'started' && word?.kind !== 'error') return
      lines.close()
      const { kind, ...record } = word
      resolve(kind === 'started' ? null : (record as unknown as ErrorRecord))
    })
  })
}
