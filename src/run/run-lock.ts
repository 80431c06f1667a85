import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { AgonError } from '../core/errors.ts'

/**
 * A run belongs to one process at a time: `<run>/lock` holds its process id and, where the system tells it, when that
 * process started, so that neither a killed process nor another one that got its number later keeps the run.
 * @returns gives the run back
 * @throws AgonError `run/locked`, or what opening the file throws
 */
export function lockRun(run: string): () => void {
  const file = lockFile(run)
  for (let attempt = 0; ; attempt++) {
    try {
      const handle = openSync(file, 'wx')
      writeSync(handle, `${process.pid} ${processStart(process.pid) ?? ''}`.trimEnd())
      closeSync(handle)
      return () => rmSync(file, { force: true })
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause
      const owner = lockOwner(run)
      if (attempt > 0 || (owner !== null && owner !== process.pid))
        throw new AgonError('run/locked', `process ${owner} is at work on this run`, {
          place: run,
          remedy: `stop it first; if it is no agon, delete ${file}`,
        })
      rmSync(file, { force: true })
    }
  }
}

/** The living process that holds the run, or null. */
export function lockOwner(run: string): number | null {
  let text: string
  try {
    text = readFileSync(lockFile(run), 'utf8')
  } catch {
    return null
  }
  const [pid, start] = text.trim().split(' ')
  const owner = Number(pid)
  if (!Number.isSafeInteger(owner) || owner <= 0 || !isAlive(owner)) return null
  const now = processStart(owner)
  return start === undefined || now === null || now === start ? owner : null
}

const lockFile = (run: string): string => join(run, 'lock')

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  // A killed process that nobody has waited for, as in a container without init, still has its number.
  return statOf(pid)?.[0] !== 'Z'
}

/** Clock ticks since boot at which a process started; null where the system does not tell. */
const processStart = (pid: number): string | null => statOf(pid)?.[19] ?? null

/** The fields of `/proc/<pid>/stat` from its third one, the state, on; null outside Linux. */
function statOf(pid: number): readonly string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the command in brackets, and may hold any character.
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return null
  }
}
