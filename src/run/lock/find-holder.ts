import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs'
import { lockFile, WATCH_MS } from './folder-lock.ts'
import { type Holder, isSameSpace, parseHolder, whereabouts } from './holder.ts'
import { type LockSystem, lifeOf, realLockSystem } from './lock-system.ts'

/** The living process that holds a folder, or null. Of other hosts the time of the lock tells, so about half a minute late. */
export function findHolder(folder: string, system: LockSystem = realLockSystem): Holder | null {
  let descriptor: number
  try {
    descriptor = openSync(lockFile(folder), 'r')
  } catch {
    return null
  }
  try {
    const holder = parseHolder(readFileSync(descriptor, 'utf8'))
    if (holder === null) return null
    // A process of one's own kind is looked at; the kernel is asked of those in other containers.
    const here = isSameSpace(holder, whereabouts())
    const life = lifeOf(holder, here ? 'unknown' : system.kernelLock(descriptor, 'shared'))
    if (life !== 'unknown') return life === 'living' ? holder : null
    return system.wall() - fstatSync(descriptor).mtimeMs < WATCH_MS ? holder : null
  } finally {
    closeSync(descriptor)
  }
}
