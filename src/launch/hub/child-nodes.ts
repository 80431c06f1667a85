import { type ChildProcess, spawn } from 'node:child_process'
import type { ActorId } from '../../core/ids.ts'
import { agonCommand } from '../agon-command.ts'

/** Seconds that a child waits for a hub that is gone: long enough for `agon resume`, too short to be forgotten. */
const PATIENCE_S = 60
/** Seconds that a child stays when it is told to end: the hub has been told too, and needs it for a cut. */
const LINGER_S = 60
const GOODBYE_MS = 10_000

/** What a child of the hub may see of its environment: nothing that could be a secret. */
const PASSED_ON = [
  'PATH',
  'HOME',
  'TMPDIR',
  'LANG',
  'XDG_CACHE_HOME',
  'LD_LIBRARY_PATH',
  'VIRTUAL_ENV',
  'CONDA_PREFIX',
  'CUDA_HOME',
  'CUDA_PATH',
  'CUDA_VISIBLE_DEVICES',
]

/** Processes of this machine that are nodes of one actor each: `placement: process`. */
export interface ChildNodes {
  /** The label of that actor's own node; starts the process where there is none. */
  labelFor(actor: ActorId): string
  /** Waits for the children, which the hub has told to leave; those that do not are ended. */
  close(): Promise<void>
}

/**
 * @param rendezvous file of the hub
 * @param onEnd a child has ended by itself
 */
export function childNodes(
  rendezvous: string,
  onEnd: (actor: ActorId, how: string) => void,
): ChildNodes {
  const children = new Map<ActorId, ChildProcess>()
  let closing = false
  const start = (actor: ActorId, label: string): void => {
    const [program, ...words] = agonCommand()
    const child = spawn(
      program,
      [
        ...[...words, 'node', '--join', rendezvous, '--label', label, '--name', label],
        ...['--patience', String(PATIENCE_S), '--linger', String(LINGER_S), '--quiet'],
      ],
      {
        stdio: ['ignore', 'ignore', 'inherit'],
        // A group of its own: Ctrl-C in the terminal is for the hub, which tells its children.
        detached: true,
        env: Object.fromEntries(
          PASSED_ON.flatMap((name) => {
            const value = process.env[name]
            return value === undefined ? [] : [[name, value]]
          }),
        ),
      },
    )
    children.set(actor, child)
    child.once('exit', (code, signal) => {
      if (children.get(actor) === child) children.delete(actor)
      if (!closing) onEnd(actor, signal ?? `exit code ${code}`)
    })
    child.once('error', (error) => {
      if (children.get(actor) === child) children.delete(actor)
      if (!closing) onEnd(actor, error.message)
    })
  }
  return {
    labelFor(actor) {
      // A blank cannot stand in the label of a user's node.
      const label = `process ${actor}`
      if (!children.has(actor)) start(actor, label)
      return label
    },
    async close() {
      closing = true
      await Promise.all([...children.values()].map(ended))
    },
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const impatience = setTimeout(() => child.kill('SIGKILL'), GOODBYE_MS)
  await gone
  clearTimeout(impatience)
}
