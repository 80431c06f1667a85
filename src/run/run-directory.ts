import {
  accessSync,
  appendFileSync,
  constants,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { JournalRecord } from '../actors/roles/experiment-contract.ts'
import { AgonError, type ErrorRecord } from '../core/errors.ts'
import { systemRemedy } from '../core/system-errors.ts'
import { visibleJson } from '../core/visible.ts'
import { beginAgain } from './begin-again.ts'
import type { RunManifest } from './contract.ts'
import { replaceFile, writeFailed } from './durable-file.ts'
import { type FolderLock, lockFolder } from './lock/folder-lock.ts'
import { makeFolders } from './make-folders.ts'
import { manifestSchema } from './run-files.schema.ts'
import { runFolder } from './run-name.ts'

/** A run on disk, as docs/run-directory.md describes it. One process at a time owns it, and looks before it writes whether it still does. */
export interface RunDirectory {
  readonly path: string
  readManifest(): RunManifest
  writeManifest(manifest: RunManifest): void
  journal(record: JournalRecord): void
  file(name: string): string
  /** Before writing a file of the run. @throws AgonError `run/lock-lost` */
  check: FolderLock['check']
  onLost: FolderLock['onLost']
  close(): void
}

/**
 * Takes the directory for this process.
 * @param onWarning told where it takes a while to see whether another process has it
 * @throws AgonError `run/exists` (a new run in a directory that holds something), `run/missing`, `run/unwritable`,
 * `run/locked`
 */
export async function openRunDirectory(
  path: string,
  mode: 'new' | 'prepared' | 'existing',
  onWarning: (warning: ErrorRecord) => void = () => {},
): Promise<RunDirectory> {
  const manifestPath = join(path, MANIFEST)
  if (mode === 'existing' && !hasBegun(path))
    throw new AgonError('run/missing', 'this is not a run directory: it has no manifest.json', {
      place: path,
      remedy: 'give the directory that `agon run` printed; `agon ls` lists runs',
    })
  if (mode !== 'existing') checkVacant(path, mode === 'prepared')
  const { check, onLost, release } = await taken(path, onWarning)
  return {
    path,
    file: (name) => join(path, name),
    readManifest: () => readManifest(manifestPath),
    writeManifest(manifest) {
      check()
      replaceFile(manifestPath, `${JSON.stringify(manifest, null, 2)}\n`)
    },
    journal(record) {
      check()
      append(join(path, 'journal.jsonl'), `${visibleJson(JSON.stringify(record, withoutStacks))}\n`)
    },
    check,
    onLost,
    close: release,
  }
}

/** Run files are handed on: the way through the code of this machine stays out of them. */
const withoutStacks = (key: string, value: unknown): unknown =>
  key === 'stack' ? undefined : value

const MANIFEST = 'manifest.json'

/** Whether there is a run at `path` that `resume` can go on with. */
export const hasBegun = (path: string): boolean => existsSync(join(path, MANIFEST))

/** @param created ISO 8601 */
export function defaultDirectory(name: string, created: string, id: string): string {
  return join('runs', runFolder(name, created, id))
}

/** What may lie in a run directory before its manifest does: a launcher's files, and those of a start that was killed. */
const BEFORE_MANIFEST = /^(slurm|cuts|lock|policies|init\.(onnx|yaml)|.*\.tmp)$/

/**
 * @param prepared takes what may lie there before a run has begun
 * @throws AgonError `run/exists`, `run/unwritable` where a new run cannot begin at `path`; makes nothing
 */
export function checkVacant(path: string, prepared = false): void {
  checkWritable(path)
  if (!existsSync(path)) return
  const found = readdirSync(path)
  if (prepared && !hasBegun(path) && found.every((name) => BEFORE_MANIFEST.test(name))) return
  if (found.length > 0)
    throw new AgonError('run/exists', 'the run directory is not empty', {
      place: path,
      remedy: 'give another --out, or go on with `agon resume`',
    })
}

const RIGHTS: readonly string[] = ['EACCES', 'EPERM', 'EROFS']

/** Whether the directory, or the nearest one above it that is there, lets a run be made in it. */
function checkWritable(path: string): void {
  const refused = (why: string, cause?: unknown): AgonError =>
    new AgonError('run/unwritable', why, {
      place: path,
      remedy: 'give a directory of your own with --out',
      cause,
    })
  for (let at = path; ; at = dirname(at)) {
    try {
      if (!statSync(at).isDirectory())
        throw refused(`${at === path ? 'this' : at} is a file; a run needs a directory`)
      accessSync(at, constants.W_OK | constants.X_OK)
      return
    } catch (cause) {
      if (cause instanceof AgonError) throw cause
      const { code, message } = cause as NodeJS.ErrnoException
      const absent = code === 'ENOENT' || code === 'ENOTDIR'
      if (absent && dirname(at) !== at) continue
      // What is no matter of rights says itself what helps.
      if (!RIGHTS.includes(code ?? '')) throw cause
      throw refused(`the run directory cannot be written: ${message}`, cause)
    }
  }
}

async function taken(path: string, onWatch: (warning: ErrorRecord) => void): Promise<FolderLock> {
  try {
    makeFolders(join(path, 'cuts'))
    return await lockFolder(path, { onWatch })
  } catch (cause) {
    if (cause instanceof AgonError) throw cause
    throw new AgonError(
      'run/unwritable',
      `the run directory cannot be written: ${(cause as Error).message}`,
      {
        place: path,
        remedy: systemRemedy(cause) ?? 'give a directory of your own with --out',
        cause,
      },
    )
  }
}

function append(path: string, line: string): void {
  try {
    appendFileSync(path, line)
  } catch (cause) {
    throw writeFailed(path, cause)
  }
}

/** @throws AgonError `run/manifest` */
export function readManifest(path: string): RunManifest {
  try {
    const parsed = manifestSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')))
    if (parsed.success) return parsed.data
    const [issue] = parsed.error.issues
    throw new Error(`${issue.path.join('.')}: ${issue.message}`)
  } catch (cause) {
    throw new AgonError(
      'run/manifest',
      `the manifest cannot be read: ${(cause as Error).message}`,
      {
        place: path,
        remedy: beginAgain(dirname(path), 'the file'),
        cause,
      },
    )
  }
}
