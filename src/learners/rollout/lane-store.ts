import { AgonError } from '../../core/errors.ts'
import { cannotSave } from '../../envs/can-save.ts'
import type { Range } from '../trainer/shards.ts'
import { beginLanes, type Lanes, type LanesContext, loadLanes, saveLanes } from './lanes.ts'
import type { LaneCounts, RolloutJob } from './rollout-job.ts'
import type { SavedLanes } from './saved-lanes.ts'

/** The lanes that a thread holds between cycles, by the columns of their shard. */
export interface LaneStore {
  /** Those of a shard at the start of a cycle; undefined where its episodes begin and end with it. */
  enter(job: RolloutJob): Lanes | undefined
  /** Null where the environment cannot be saved. @throws AgonError what else it refuses */
  save(range: Range): SavedLanes | null
  /** Closes all of them. */
  drop(): void
}

export function createLaneStore(context: LanesContext): LaneStore {
  const kept = new Map<string, Lanes>()
  const held = (range: Range): Lanes => {
    const lanes = kept.get(keyOf(range))
    if (lanes !== undefined) return lanes
    throw new AgonError('learner/order', `the learner thread has no lanes ${keyOf(range)}`)
  }
  return {
    enter({ lanes, range, tasks }) {
      if (lanes === undefined) return undefined
      if (lanes === 'before') return held(range)
      const key = keyOf(range)
      kept.get(key)?.env.close?.()
      kept.delete(key)
      const made = lanes === 'tasks' ? beginLanes(context, tasks) : loadLanes(context, lanes)
      kept.set(key, made)
      return made
    },
    save(range) {
      try {
        return saveLanes(held(range))
      } catch (error) {
        if (cannotSave(error)) return null
        throw error
      }
    },
    drop() {
      const lanes = [...kept.values()]
      kept.clear()
      for (const { env } of lanes) env.close?.()
    },
  }
}

/** Counts a cycle on `lanes` from its start to when the function that comes back is called. */
export function countLanes({ continued, followed, sums }: Lanes): () => LaneCounts {
  const agents = sums.length / followed.length
  const total = (): number => followed.reduce((sum, levels) => sum + levels, 0)
  const before = total()
  const carried = followed.reduce((sum, _, lane) => sum + Number(sums[lane * agents].length > 0), 0)
  return () => ({ carried, begun: total() - before + (continued ? 0 : followed.length) })
}

const keyOf = ({ from, to }: Range): string => `${from}-${to}`
