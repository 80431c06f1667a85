import { systemClock } from '../../core/clock.ts'
import { type Holder, isAlive, isSameSpace, isSameSystem, whereabouts } from './holder.ts'
import { type KernelAnswer, kernelLock } from './kernel-lock.ts'

/** What a lock asks of the system, as arguments. */
export interface LockSystem {
  kernelLock(descriptor: number, mode: 'exclusive' | 'shared'): KernelAnswer
  /** Milliseconds since the Unix epoch, for the file's time alone. */
  wall(): number
  pause(ms: number): Promise<void>
  /** Keeps no process alive. @returns calls it off */
  every(ms: number, work: () => void): () => void
}

export const realLockSystem: LockSystem = {
  kernelLock,
  wall: systemClock.wall,
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  every(ms, work) {
    const timer = setInterval(work, ms)
    timer.unref()
    return () => clearInterval(timer)
  },
}

/**
 * Whether the holder that a lock names lives. `unknown`: neither the kernel nor a process id can tell from here, since it
 * is (or was) on another machine, or in a container and without a lock that the kernel knows.
 * @param kernel what the kernel says of the lock: `taken` means that nobody had it
 */
export function lifeOf(holder: Holder, kernel: KernelAnswer): 'living' | 'dead' | 'unknown' {
  const here = whereabouts()
  if (kernel === 'held') return 'living'
  if (kernel === 'taken' && holder.kernel && isSameSystem(holder, here)) return 'dead'
  if (!isSameSpace(holder, here)) return 'unknown'
  return isAlive(holder) ? 'living' : 'dead'
}
