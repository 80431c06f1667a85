import type { RunConfig } from '../contract.ts'

/** Threads as a config may ask for them: `auto` takes what the machine has. */
export type Workers = number | 'auto'

/** Parts of a batch where a student does not say: those of the built-in one. */
const SHARDS = 2

/** Each measuring thread holds sessions and lanes of its own: past so many they cost memory and save little time. */
const MOST_MEASURING = 8

/**
 * Numbers for `auto`. A student gets a thread for each shard, as more have nothing to do; measuring gets the cores that
 * learning leaves. Neither changes a bit of a result.
 */
export function settleWorkers(
  asked: { readonly workers: Workers; readonly evaluation: Workers },
  students: RunConfig['students'],
  cores: number,
): { readonly workers: number; readonly evaluation: number } {
  const shards = Object.values(students).map(({ options }) =>
    typeof options.shards === 'number' ? options.shards : SHARDS,
  )
  const share = Math.max(1, Math.floor(cores / Math.max(1, shards.length)))
  const workers =
    asked.workers === 'auto' ? Math.max(1, Math.min(share, Math.max(...shards, 1))) : asked.workers
  const learning = shards.reduce((sum, count) => sum + Math.min(workers, count), 0)
  const left = Math.max(1, Math.min(MOST_MEASURING, cores - learning))
  return { workers, evaluation: asked.evaluation === 'auto' ? left : asked.evaluation }
}
