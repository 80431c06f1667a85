import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

// Seen from build/tests/faults.
const CLI = fileURLToPath(new URL('../../../dist/cli/agon.js', import.meta.url))

export interface Hub {
  /** Resolves with the rendezvous file of the hub, once it listens. */
  readonly listening: Promise<string>
  readonly ended: Promise<{ readonly code: number | null; readonly errors: string }>
  kill(): void
}

/** `agon run …` or `agon resume …`. */
export function startHub(args: readonly string[]): Hub {
  const child = spawn(process.execPath, [CLI, ...args, '--json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let errors = ''
  child.stderr.on('data', (chunk) => {
    errors += chunk
  })
  const listening = new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const event = JSON.parse(line)
      if (event.kind === 'started') resolve(event.hub.file)
    })
    child.once('close', () => reject(new Error(`the hub ended: ${errors}`)))
  })
  listening.catch(() => {})
  const ended = new Promise<{ code: number | null; errors: string }>((resolve) => {
    child.once('close', (code) => resolve({ code, errors }))
  })
  return { listening, ended, kill: () => child.kill('SIGKILL') }
}

export interface Fleet {
  kill(actor: string): void
  stop(actor: string, ms: number): void
  close(): Promise<void>
}

/** One node a placed actor; a node that dies is started again, as a cluster would. */
export function startFleet(file: string, placed: readonly string[]): Fleet {
  const nodes = new Map<string, ChildProcess>()
  const sleeping = new Set<NodeJS.Timeout>()
  let closing = false
  const start = (actor: string): void => {
    const child = spawn(
      process.execPath,
      [CLI, 'node', '--join', file, '--label', labelOf(actor), '--name', actor, '--patience', '60'],
      { stdio: 'ignore' },
    )
    nodes.set(actor, child)
    child.once('exit', (code) => {
      // Zero: the hub has said that the run is over.
      if (!closing && code !== 0 && nodes.get(actor) === child) start(actor)
    })
  }
  for (const actor of placed) start(actor)
  return {
    kill: (actor) => nodes.get(actor)?.kill('SIGKILL'),
    stop(actor, ms) {
      const child = nodes.get(actor)
      child?.kill('SIGSTOP')
      const timer = setTimeout(() => {
        sleeping.delete(timer)
        child?.kill('SIGCONT')
      }, ms)
      sleeping.add(timer)
    },
    async close() {
      closing = true
      for (const timer of sleeping) clearTimeout(timer)
      await Promise.all(
        [...nodes.values()].map(
          (child) =>
            new Promise<void>((resolve) => {
              if (child.exitCode !== null || child.signalCode !== null) resolve()
              else child.once('exit', () => resolve())
              child.kill('SIGKILL')
            }),
        ),
      )
    },
  }
}

export const labelOf = (actor: string): string => actor.replace('/', '-')
