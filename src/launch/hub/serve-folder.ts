import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse } from 'yaml'
import { AgonError, type ErrorRecord } from '../../core/errors.ts'
import { NAME_PATTERN } from '../../run/config/config.schema.ts'
import type { HubConfig } from '../../run/contract.ts'
import { type FolderLock, lockFolder } from '../../run/lock/folder-lock.ts'
import { checkedRunName, runFolder } from '../../run/run-name.ts'
import { ownToken } from '../../wire/index.ts'
import { experimentsService } from './experiments-service.ts'
import { folderRuns } from './folder-runs.ts'
import { insecureWarning, openHub } from './open-hub.ts'
import type { LaunchOrder } from './run-source.ts'
import { startRun } from './start-run.ts'

const GRACE_MS = 1000

export type FolderEvent =
  | { readonly kind: 'launched'; readonly dir: string }
  | { readonly kind: 'ended'; readonly dir: string; readonly code: number | null }

export interface FolderHub {
  readonly address: string
  /** The rendezvous file. */
  readonly file: string
  readonly warnings: readonly ErrorRecord[]
  /** Rejects with `run/lock-lost` where another hub has taken the folder. */
  readonly lost: Promise<never>
  /** Runs that were launched go on. */
  close(): Promise<void>
}

export interface FolderHubInput {
  readonly root: string
  readonly config: HubConfig
  readonly env: Readonly<Record<string, string | undefined>>
  /** Milliseconds since the Unix epoch. */
  readonly wall: () => number
  readonly onEvent: (event: FolderEvent) => void
  /** What takes a while before the hub opens. */
  readonly onWarning: (warning: ErrorRecord) => void
}

/**
 * Serves all runs of a folder and launches new ones, each a process of its own.
 * @throws AgonError `hub/locked` where another hub serves it, and what opening a hub throws
 */
export async function serveFolder(input: FolderHubInput): Promise<FolderHub> {
  const root = resolve(input.root)
  mkdirSync(root, { recursive: true })
  const lock = await locked(root, input.onWarning)
  try {
    const launch = (order: LaunchOrder): Promise<string> => launchIn(root, order, input)
    const lost = new Promise<never>((_, reject) => {
      lock.onLost(reject)
    })
    // Whoever has closed the hub waits for it no more.
    lost.catch(() => {})
    const hub = await openHub({
      config: input.config,
      token: ownToken(input.env),
      services: [experimentsService(folderRuns(root, launch))],
    })
    return {
      address: hub.address,
      file: hub.publish(root, 'experiments'),
      warnings: hub.exposed ? [insecureWarning(hub.address)] : [],
      async close() {
        await hub.close(GRACE_MS)
        lock.release()
      },
      lost,
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

/** @throws AgonError `hub/locked` */
async function locked(root: string, onWatch: (warning: ErrorRecord) => void): Promise<FolderLock> {
  try {
    return await lockFolder(root, { onWatch })
  } catch (cause) {
    if (!(cause instanceof AgonError) || cause.code !== 'run/locked') throw cause
    throw new AgonError(
      'hub/locked',
      cause.message.replace('is at work on this run', 'serves this folder already'),
      {
        place: root,
        remedy: `${cause.remedy}; the runs that it launched go on`,
        cause,
      },
    )
  }
}

/** @returns the run directory */
async function launchIn(
  root: string,
  { config, set, name }: LaunchOrder,
  { env, wall, onEvent }: FolderHubInput,
): Promise<string> {
  const created = new Date(wall()).toISOString()
  const folder =
    name === ''
      ? runFolder(nameOf(config, set), created, randomBytes(3).toString('hex'))
      : checkedRunName(name)
  const dir = join(root, folder)
  await startRun({ config, set, out: dir, cwd: root, env }, (code) =>
    onEvent({ kind: 'ended', dir, code }),
  )
  onEvent({ kind: 'launched', dir })
  return dir
}

const SET_NAME = 'name='

/** What the run will call itself, where that can be told without its modules. */
function nameOf(config: string, set: readonly string[]): string {
  const last = set.findLast((text) => text.startsWith(SET_NAME))
  const name = last === undefined ? nameIn(config) : last.slice(SET_NAME.length)
  return typeof name === 'string' && NAME_PATTERN.test(name) ? name : 'experiment'
}

function nameIn(config: string): unknown {
  try {
    return (parse(config) as { readonly name?: unknown } | null)?.name
  } catch {
    return undefined
  }
}
