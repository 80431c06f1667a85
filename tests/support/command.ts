import { type ChildProcess, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'

export const CLI = join(
  dirname(createRequire(import.meta.url).resolve('agon/package.json')),
  'dist/cli/agon.js',
)

export interface Finished {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** The JSON objects of standard output. */
  readonly events: readonly Record<string, unknown>[]
  readonly stderr: string
}

/** Runs the built binary with `--json`; `onEvent` sees each object as it comes and may kill the process. */
export async function agon(
  args: readonly string[],
  onEvent: (event: Record<string, unknown>, child: ChildProcess) => void = () => {},
  env: NodeJS.ProcessEnv = process.env,
  cwd?: string,
): Promise<Finished> {
  // What follows `--` is the command of someone else.
  const end = args.includes('--') ? args.indexOf('--') : args.length
  const own = [...args.slice(0, end), '--json', ...args.slice(end)]
  const child = spawn(process.execPath, [CLI, ...own], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env,
    cwd,
  })
  const events: Record<string, unknown>[] = []
  let stderr = ''
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (!line.endsWith('}')) return
    const event = JSON.parse(line)
    events.push(event)
    onEvent(event, child)
  })
  return new Promise((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, events, stderr }))
  })
}
