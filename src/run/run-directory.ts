import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { JournalRecord } from '../actors/roles/experiment-contract.ts'
import { AgonError } from '../core/errors.ts'
import type { RunManifest } from './contract.ts'
import { replaceFile } from './durable-file.ts'

/** A run on disk (design §8). One process at a time owns it. */
export interface RunDirectory {
  readonly path: string
  readManifest(): RunManifest
  writeManifest(manifest: RunManifest): void
  journal(record: JournalRecord): void
  file(name: string): string
  close(): void
}

/**
 * Takes the directory for this process.
 * @throws AgonError `run/exists` (a new run in a directory that holds one), `run/unwritable`, `run/locked`
 */
export function openRunDirectory(path: string, mode: 'new' | 'existing'): RunDirectory {
  const manifestPath = join(path, 'manifest.json')
  if (mode === 'existing' && !existsSync(manifestPath))
    throw new AgonError('run/missing', 'this is not a run directory: it has no manifest.json', {
      place: path,
      remedy: 'give the directory that `agon run` printed; `agon ls` lists runs',
    })
  if (mode === 'new' && existsSync(path) && readdirSync(path).length > 0)
    throw new AgonError('run/exists', 'the run directory is not empty', {
      place: path,
      remedy: 'give another --out, or go on with `agon resume`',
    })
  try {
    makeFolders(join(path, 'cuts'))
  } catch (cause) {
    throw unwritable(path, cause)
  }
  const unlock = lock(path)
  return {
    path,
    file: (name) => join(path, name),
    readManifest: () => readManifest(manifestPath),
    writeManifest: (manifest) =>
      replaceFile(manifestPath, `${JSON.stringify(manifest, null, 2)}\n`),
    journal: (record) => appendFileSync(join(path, 'journal.jsonl'), `${JSON.stringify(record)}\n`),
    close: unlock,
  }
}

/** One level at a time: Node's recursive form never returns under /proc. */
function makeFolders(path: string): void {
  if (existsSync(path)) return
  makeFolders(dirname(path))
  mkdirSync(path)
}

const unwritable = (path: string, cause: unknown): AgonError =>
  new AgonError(
    'run/unwritable',
    `the run directory cannot be written: ${(cause as Error).message}`,
    {
      place: path,
      remedy: 'give a directory of your own with --out',
      cause,
    },
  )

export function readManifest(path: string): RunManifest {
  try {
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as RunManifest
    if (manifest.format !== 1) throw new Error(`format ${manifest.format} is not known`)
    return manifest
  } catch (cause) {
    throw new AgonError(
      'run/manifest',
      `the manifest cannot be read: ${(cause as Error).message}`,
      {
        place: path,
        cause,
      },
    )
  }
}

/** A pid file; one whose process is gone (a killed run) is taken over. */
function lock(path: string): () => void {
  const file = join(path, 'lock')
  for (let attempt = 0; ; attempt++) {
    try {
      const handle = openSync(file, 'wx')
      writeSync(handle, String(process.pid))
      closeSync(handle)
      return () => rmSync(file, { force: true })
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw unwritable(path, cause)
      const owner = Number(readFileSync(file, 'utf8'))
      if (attempt > 0 || (owner > 0 && isAlive(owner) && owner !== process.pid))
        throw new AgonError('run/locked', `process ${owner} is at work on this run`, {
          place: basename(path),
          remedy: 'stop it first',
        })
      rmSync(file, { force: true })
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** @throws AgonError `run/disk-full` where the disk will not hold `needed` bytes */
export function checkSpace(path: string, needed: number): void {
  const { bavail, bsize } = statfsSync(path)
  const free = bavail * bsize
  if (free < needed)
    throw new AgonError(
      'run/disk-full',
      `the run needs about ${Math.ceil(needed / 1e6)} MB for its cuts and metrics, the disk has ${Math.floor(free / 1e6)} MB`,
      { place: path, remedy: 'free some space, lower cuts.keep, or give another --out' },
    )
}
