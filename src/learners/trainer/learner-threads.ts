import { startWorker, type WorkerHandle } from '../../inference/worker-handle.ts'

/** The threads of one learner. Which of them does a shard never changes a bit of the result. */
export interface LearnerThreads<Api extends object> {
  readonly threads: readonly WorkerHandle<Api>[]
  readonly lost: Promise<never>
  /** Work that touches every thread. */
  everyone(work: (thread: WorkerHandle<Api>) => Promise<void>): Promise<void>
  /** One piece of work per shard; a thread does its shards one after another, in order. Results by shard. */
  byShard<T>(
    shards: number,
    work: (thread: WorkerHandle<Api>, shard: number) => Promise<T>,
  ): Promise<T[]>
  /** The shards of each thread as one piece of work. Results by shard. */
  dealt<T>(
    shards: number,
    work: (thread: WorkerHandle<Api>, shards: readonly number[]) => Promise<readonly T[]>,
  ): Promise<T[]>
  close(): Promise<void>
}

export interface ThreadsRequest<Api extends object> {
  /** Built worker entry. */
  readonly entry: string
  readonly count: number
  /** Names the threads in errors: `student/agent`. */
  readonly owner: string
  /** Makes each thread ready. */
  readonly open: (thread: WorkerHandle<Api>) => Promise<void>
}

/** Starts threads and opens them; where one cannot be opened none is left. */
export async function startLearnerThreads<Api extends object>({
  entry,
  count,
  owner,
  open,
}: ThreadsRequest<Api>): Promise<LearnerThreads<Api>> {
  const threads = Array.from({ length: count }, (_, index) =>
    startWorker<Api>(entry, `${owner}#${index}`),
  )
  const lost = Promise.race(threads.map((thread) => thread.lost))
  lost.catch(() => {})
  const made: LearnerThreads<Api> = {
    threads,
    lost,
    async everyone(work) {
      await Promise.all(threads.map(work))
    },
    async byShard(shards, work) {
      const results = new Array(shards)
      const inTurn = async (thread: number): Promise<void> => {
        for (let shard = thread; shard < shards; shard += count)
          results[shard] = await work(threads[thread], shard)
      }
      await Promise.all(threads.map((_, thread) => inTurn(thread)))
      return results
    },
    async dealt(shards, work) {
      const results = new Array(shards)
      const of = (thread: number): number[] =>
        Array.from({ length: shards }, (_, shard) => shard).filter((n) => n % count === thread)
      await Promise.all(
        threads.map(async (thread, index) => {
          const mine = of(index)
          if (mine.length === 0) return
          const done = await work(thread, mine)
          for (const [i, shard] of mine.entries()) results[shard] = done[i]
        }),
      )
      return results
    },
    async close() {
      await Promise.all(threads.map((thread) => thread.close()))
    },
  }
  try {
    await made.everyone(open)
    return made
  } catch (error) {
    await made.close()
    throw error
  }
}
