/** Ids of the threads that this thread has started and that still run. */
export const alive: Set<number>
/** Every thread started after this can be killed through the channel `agon-test-kill`, by its id. */
export function makeMortal(workerThreads: object): void
