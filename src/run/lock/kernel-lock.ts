import { spawnSync } from 'node:child_process'

/** `taken`: by this process now; `held`: by another one; `unknown`: the system or the file system has no such locks. */
export type KernelAnswer = 'taken' | 'held' | 'unknown'

/** The program of util-linux and of BusyBox. */
const PROGRAMS = ['/usr/bin/flock', '/bin/flock', 'flock']
/** A file server that is away can keep a lock waiting. */
const PATIENCE_MS = 10_000
const [FREE, BUSY] = [0, 1]

/**
 * Asks the kernel for a lock on an open file (`flock`). It belongs to whoever shares the open file, not to the program that
 * asked: it ends with the last of them, however that ends. Containers of one machine see each other's, and hosts where
 * their network file system has them.
 */
export function kernelLock(descriptor: number, mode: 'exclusive' | 'shared'): KernelAnswer {
  const options = [mode === 'exclusive' ? '-x' : '-s', '-n', '3']
  for (const program of PROGRAMS) {
    const { status, error } = spawnSync(program, options, {
      stdio: ['ignore', 'ignore', 'ignore', descriptor],
      timeout: PATIENCE_MS,
      env: { PATH: process.env.PATH },
    })
    if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') continue
    return status === FREE ? 'taken' : status === BUSY ? 'held' : 'unknown'
  }
  return 'unknown'
}
