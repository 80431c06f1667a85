import { builtUrl } from '../../core/module.ts'
import { startWorker, type WorkerHandle } from '../../inference/worker-handle.ts'
import type { LearnerApi, LearnerSetup } from './learner-jobs.ts'

/** The threads of one student. Which of them does a shard never changes a bit of the result. */
export interface Crew {
  readonly threads: readonly WorkerHandle<LearnerApi>[]
  readonly lost: Promise<never>
  /** Work that touches every thread. */
  everyone(work: (thread: WorkerHandle<LearnerApi>) => Promise<void>): Promise<void>
  /** One piece of work per shard; a thread does its shards one after another, in order. Results by shard. */
  byShard<T>(
    shards: number,
    work: (thread: WorkerHandle<LearnerApi>, shard: number) => Promise<T>,
  ): Promise<T[]>
  close(): Promise<void>
}

/** Starts `threads` learner threads and opens them with the same setup. */
export async function startCrew(threads: number, setup: LearnerSetup): Promise<Crew> {
  const url = builtUrl(import.meta.url, './learner.worker.js')
  const handles = Array.from({ length: threads }, (_, index) =>
    startWorker<LearnerApi>(url, `student/${setup.slot}#${index}`),
  )
  const lost = Promise.race(handles.map((handle) => handle.lost))
  lost.catch(() => {})
  const crew: Crew = {
    threads: handles,
    lost,
    async everyone(work) {
      await Promise.all(handles.map(work))
    },
    async byShard(shards, work) {
      const results = new Array(shards)
      const lane = async (thread: number): Promise<void> => {
        for (let shard = thread; shard < shards; shard += threads)
          results[shard] = await work(handles[thread], shard)
      }
      await Promise.all(handles.map((_, thread) => lane(thread)))
      return results
    },
    async close() {
      await Promise.all(handles.map((handle) => handle.close()))
    },
  }
  try {
    await crew.everyone((thread) => thread.call('open', setup))
    return crew
  } catch (error) {
    await crew.close()
    throw error
  }
}
