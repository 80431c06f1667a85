import { AgonError } from '../../core/errors.ts'
import type { Snapshot } from '../../core/snapshot.ts'
import { elementCount, type NamedTensors } from '../../core/tensor.ts'
import type { TaskBatch } from '../contract.ts'
import type { Network } from '../nets/index.ts'
import type { RolloutJob } from '../rollout/rollout-job.ts'
import {
  cutLanes,
  joinLanes,
  restoreLanes,
  type SavedLanes,
  snapshotLanes,
} from '../rollout/saved-lanes.ts'
import type { LearnerThreads } from '../trainer/learner-threads.ts'
import { cutShards, type Range } from '../trainer/shards.ts'
import type { PpoThread } from './ppo-jobs.ts'

/** Where the episodes of a student stand between cycles: in its threads, in a cut, or nowhere. One call at a time. */
export interface Carried {
  /**
   * What the shard of these tasks begins from; undefined where episodes begin afresh in every cycle.
   * @throws AgonError `learner/carry` for a batch whose episodes cannot go on
   */
  enter(batch: TaskBatch): Promise<((tasks: Range) => RolloutJob['lanes']) | undefined>
  /** A batch of so many tasks was played to its end, and its episodes are under way. */
  left(tasks: number): void
  /** Nothing where no episode is under way, and where the environment cannot be saved: they then begin afresh. */
  snapshot(): Promise<NamedTensors>
  /** @throws AgonError `snapshot/corrupt` */
  restore(snapshot: Snapshot): Promise<void>
  close(): Promise<void>
}

type Standing =
  | { readonly at: 'nowhere' }
  | { readonly at: 'threads'; readonly tasks: number }
  | { readonly at: 'cut'; readonly saved: SavedLanes }

export interface CarriedInput {
  readonly crew: LearnerThreads<PpoThread>
  readonly shards: number
  readonly state: Network['state']
  readonly agents: number
}

export const NOTHING_CARRIED: Carried = {
  enter: async () => undefined,
  left() {},
  snapshot: async () => ({}),
  async restore() {},
  async close() {},
}

export function carryEpisodes({ crew, shards, state, agents }: CarriedInput): Carried {
  const widths = Object.fromEntries(
    Object.entries(state).map(([name, { shape }]) => [name, elementCount(shape)]),
  )
  let standing: Standing = { at: 'nowhere' }
  /** Whether threads may hold environments. */
  let held = false
  const drop = async (): Promise<void> => {
    standing = { at: 'nowhere' }
    if (held) await crew.everyone((thread) => thread.call('dropLanes'))
    held = false
  }
  return {
    async enter(batch) {
      // Levels that are repeated are begun in every cycle: there is nothing to go on with.
      if (batch.autoReset !== 'next-level') {
        await drop()
        return undefined
      }
      checkCarried(batch)
      const before = standing
      const count = batch.tasks.length
      // What fails in the middle of a rollout leaves nothing to go on with.
      standing = { at: 'nowhere' }
      if (before.at === 'threads' && before.tasks === count) return () => 'before'
      await drop()
      held = true
      if (before.at === 'cut' && before.saved.seeds.length === count)
        return (tasks) => cutLanes(before.saved, tasks)
      return () => 'tasks'
    },
    left(tasks) {
      standing = { at: 'threads', tasks }
    },
    async snapshot() {
      if (standing.at === 'nowhere') return {}
      if (standing.at === 'cut') return snapshotLanes(standing.saved)
      const ranges = cutShards(standing.tasks, shards)
      const saved = await crew.byShard(ranges.length, (thread, shard) =>
        thread.call('saveLanes', rowsOf(ranges[shard], agents)),
      )
      const whole = saved.filter((part) => part !== null)
      if (whole.length === saved.length) return snapshotLanes(joinLanes(whole))
      // A run that goes on from this cut begins afresh, and so does this one: both have the same bits.
      await drop()
      return {}
    },
    async restore(snapshot) {
      const saved = restoreLanes(snapshot, widths, agents)
      await drop()
      if (saved !== null) standing = { at: 'cut', saved }
    },
    close: drop,
  }
}

const rowsOf = ({ from, to }: Range, agents: number): Range => ({
  from: from * agents,
  to: to * agents,
})

function checkCarried({ slot, tasks, probes }: TaskBatch): void {
  const reason =
    probes.length > 0
      ? `the probe '${probes[0].name}' sees whole episodes only`
      : tasks.some(({ seating }) => seating !== undefined)
        ? 'the policies in other seats begin anew with every cycle'
        : null
  if (reason !== null)
    throw new AgonError('learner/carry', `episodes cannot go on from cycle to cycle: ${reason}`, {
      place: slot,
      remedy: 'set rollout.carry: fresh',
    })
}
