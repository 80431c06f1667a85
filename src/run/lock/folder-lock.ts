import {
  closeSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  futimesSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { AgonError, type ErrorRecord } from '../../core/errors.ts'
import { describeHolder, formatHolder, type Holder, newHolder, parseHolder } from './holder.ts'
import type { KernelAnswer } from './kernel-lock.ts'
import { type LockSystem, lifeOf, realLockSystem } from './lock-system.ts'

/** A folder that is this process's own, as long as its lock is. */
export interface FolderLock {
  /**
   * Before every write that matters.
   * @throws AgonError `run/lock-lost` where another process has taken the folder, or somebody has removed the lock
   */
  check(): void
  /** Told once when the lock is found lost between checks. */
  onLost(listener: (error: AgonError) => void): void
  /** Gives the folder back; what is another's by now stays. */
  release(): void
}

export interface LockOptions {
  /** A holder that nothing else tells of is watched for a while. */
  readonly onWatch?: (warning: ErrorRecord) => void
  readonly system?: LockSystem
}

/** How often a holder says that it lives, by the time of the file. */
const BEAT_MS = 2000
/** After so long without a beat a holder counts as dead. By the watcher's own clock: clocks of others do not matter. */
export const WATCH_MS = 30_000
const LOOK_MS = 500
/** Who looks for a holder asks the kernel for a moment, and that is no lock. */
const TRIES = 5
const TRY_MS = 50

export const lockFile = (folder: string): string => join(folder, 'lock')

/**
 * Takes a folder: no other process writes to it then, whatever container or host it is in. The kernel holds the lock, where
 * it can, and lets it go with the process. Besides the lock names its holder, who touches it from time to time, for where
 * the kernel cannot tell: other hosts, file systems without locks, systems without `flock`.
 * @throws AgonError `run/locked`, or what opening the file throws
 */
export async function lockFolder(folder: string, options: LockOptions = {}): Promise<FolderLock> {
  const { system = realLockSystem, onWatch = () => {} } = options
  const file = lockFile(folder)
  for (;;) {
    const descriptor = openSync(file, 'a+')
    try {
      const kernel = await askKernel(descriptor, system)
      if (await isFree(folder, descriptor, kernel, system, onWatch))
        return await held(folder, descriptor, newHolder(kernel === 'taken'), system)
    } catch (error) {
      closeSync(descriptor)
      throw error
    }
    closeSync(descriptor)
  }
}

async function askKernel(descriptor: number, system: LockSystem): Promise<KernelAnswer> {
  for (let tries = 1; ; tries++) {
    const answer = system.kernelLock(descriptor, 'exclusive')
    if (answer !== 'held' || tries === TRIES) return answer
    await system.pause(TRY_MS)
  }
}

/**
 * @returns false where the file was replaced or removed meanwhile
 * @throws AgonError `run/locked`
 */
async function isFree(
  folder: string,
  descriptor: number,
  kernel: KernelAnswer,
  system: LockSystem,
  onWatch: (warning: ErrorRecord) => void,
): Promise<boolean> {
  const file = lockFile(folder)
  const isSame = (): boolean => strangerAt(file, descriptor, null) === null
  if (kernel !== 'held' && !isSame()) return false
  const holder = parseHolder(readFileSync(file, 'utf8'))
  const life = holder === null ? 'dead' : lifeOf(holder, kernel)
  if (kernel !== 'held' && life === 'dead') return true
  const who = holder === null ? 'another process' : describeHolder(holder)
  if (life !== 'unknown') throw locked(folder, who)
  onWatch(watched(folder, who))
  if (await beats(file, system)) throw locked(folder, who)
  return isSame()
}

/** Whether whoever holds the lock touches it, within the time in which it would. */
async function beats(file: string, system: LockSystem): Promise<boolean> {
  const before = lookAt(file)
  for (let waited = 0; waited < WATCH_MS; waited += LOOK_MS) {
    await system.pause(LOOK_MS)
    const now = lookAt(file)
    if (now !== before) return now !== null
  }
  return false
}

/** Null where it is gone. Opened anew each time: a network file system asks its server then. */
function lookAt(file: string): string | null {
  if (!existsSync(file)) return null
  const opened = openSync(file, 'r')
  try {
    return `${fstatSync(opened, { bigint: true }).mtimeNs} ${readFileSync(opened, 'utf8')}`
  } finally {
    closeSync(opened)
  }
}

async function held(
  folder: string,
  descriptor: number,
  holder: Holder,
  system: LockSystem,
): Promise<FolderLock> {
  const file = lockFile(folder)
  const text = formatHolder(holder)
  ftruncateSync(descriptor)
  writeSync(descriptor, text)
  if (!holder.kernel) {
    // Another one may have found the folder free at the same moment: who wrote last has it.
    await system.pause(TRY_MS)
    const other = strangerAt(file, descriptor, text)
    if (other !== null) throw locked(folder, other)
  }
  let released = false
  let lost: AgonError | null = null
  let listener = (_: AgonError): void => {}
  const find = (): AgonError | null => {
    const other = lost === null ? strangerAt(file, descriptor, text) : null
    if (other !== null) lost = lockLost(folder, other)
    return lost
  }
  const endBeat = system.every(BEAT_MS, () => {
    const error = find()
    if (error === null) touch(descriptor, system.wall())
    else {
      endBeat()
      listener(error)
    }
  })
  const release = (): void => {
    endBeat()
    process.off('exit', release)
    if (released) return
    released = true
    if (find() === null) rmSync(file, { force: true })
    closeSync(descriptor)
  }
  process.on('exit', release)
  return {
    check() {
      const error = find()
      if (error !== null) throw error
    },
    onLost(given) {
      listener = given
    },
    release,
  }
}

function touch(descriptor: number, wall: number): void {
  try {
    futimesSync(descriptor, wall / 1000, wall / 1000)
  } catch {
    // A file server that is away for a moment; writes to the run will say so if it stays away.
  }
}

/** Who has a lock that is not the open file with that text any more; null where it still is, or where nobody can tell. */
function strangerAt(file: string, descriptor: number, text: string | null): string | null {
  let now: number
  try {
    now = openSync(file, 'r')
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'somebody who removed it' : null
  }
  try {
    const [a, b] = [fstatSync(now), fstatSync(descriptor)]
    const found = readFileSync(now, 'utf8')
    if (a.ino === b.ino && a.dev === b.dev && (text === null || found === text)) return null
    const holder = parseHolder(found)
    return holder === null ? 'another process' : describeHolder(holder)
  } catch {
    return null
  } finally {
    closeSync(now)
  }
}

const locked = (folder: string, who: string): AgonError =>
  new AgonError('run/locked', `${who} is at work on this run`, {
    place: folder,
    remedy: `stop it first; if it is surely no more, delete ${lockFile(folder)}`,
  })

const lockLost = (folder: string, to: string): AgonError =>
  new AgonError('run/lock-lost', `this run is no longer this process's own: ${to} has its lock`, {
    place: folder,
    remedy: 'what was done until the last cut is there; see who works on it before you go on',
  })

const watched = (folder: string, who: string): ErrorRecord => ({
  code: 'run/lock-watched',
  message: `${who} has left its lock here, or is at work on this run: watching it for ${WATCH_MS / 1000} s`,
  place: folder,
  remedy: `if it is surely no more, delete ${lockFile(folder)}`,
})
