import { syncBuiltinESMExports } from 'node:module'

/** Ids of the threads that this thread has started and that still run. */
export const alive = new Set()

/** Every thread started after this can be killed: see `mortal.worker.mjs`. */
export function makeMortal(workerThreads) {
  const { Worker } = workerThreads
  workerThreads.Worker = class extends Worker {
    constructor(entry, options = {}) {
      super(new URL('./mortal.worker.mjs', import.meta.url), { ...options, argv: [String(entry)] })
      const id = this.threadId
      alive.add(id)
      this.on('exit', () => alive.delete(id))
    }
  }
  syncBuiltinESMExports()
}
