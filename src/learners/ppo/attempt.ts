import { AgonError } from '../../core/errors.ts'
import type { EnvironmentSpec } from '../../envs/contract.ts'
import { checkSeating, ownSeats } from '../../seats/check-seating.ts'
import type { TaskBatch } from '../contract.ts'
import type { RolloutJob, RolloutReport } from '../rollout/rollout-job.ts'
import type { LearnerThreads } from '../trainer/learner-threads.ts'
import { cutShards, type Range } from '../trainer/shards.ts'
import type { PpoThread } from './ppo-jobs.ts'

/**
 * Refuses what this student cannot do, by name, before anything is played.
 * @param names of the policies that may be seated
 */
export function checkBatch(
  batch: TaskBatch,
  spec: EnvironmentSpec,
  names: readonly string[] = [],
): void {
  if (batch.autoReset === 'none')
    throw new AgonError(
      'learner/auto-reset',
      'the ppo student fills whole rollouts, so a batch cannot leave ended episodes ended',
      { place: batch.slot, remedy: 'use an adversary that asks for same-level or next-level' },
    )
  for (const { id, seating } of batch.tasks) {
    if (seating === undefined) continue
    checkSeating(seating, spec, names, `task ${id} of slot '${batch.slot}'`)
    if (Object.keys(ownSeats(spec, seating)).length === 0)
      throw new AgonError('learner/seating', `task ${id} has policies in all seats`, {
        place: batch.slot,
        remedy: 'leave the student a seat, or let a frozen student attempt such tasks',
      })
  }
}

/**
 * Columns of the trajectory that may be learned from: task i has those of its agents, from i·agents on; the agents of a seat
 * that somebody else has are left out.
 */
export function trainedColumns({ tasks }: TaskBatch, spec: EnvironmentSpec): number[] {
  return tasks.flatMap(({ train, seating }, task) => {
    if (!train) return []
    const others = new Set(Object.keys(seating ?? {}).flatMap((seat) => spec.seats[seat]))
    const agents = Array.from({ length: spec.agents }, (_, agent) => agent)
    return agents.filter((agent) => !others.has(agent)).map((agent) => task * spec.agents + agent)
  })
}

/** What is played of a batch, whoever gave it. */
type Played = Pick<TaskBatch, 'cycle' | 'autoReset' | 'record' | 'policies'> & {
  readonly tasks: readonly Pick<TaskBatch['tasks'][number], 'level' | 'seed' | 'seating'>[]
}

/**
 * Plays a batch, shard by shard; a task's agents stay together.
 * @param lanes where episodes go on from cycle to cycle: what those of some tasks begin from
 */
export async function playBatch(
  crew: LearnerThreads<PpoThread>,
  batch: Played,
  agents: number,
  shards: number,
  versions: Pick<RolloutJob, 'parametersVersion' | 'studentVersion' | 'rewardScale'>,
  lanes?: (tasks: Range) => RolloutJob['lanes'],
): Promise<RolloutReport[]> {
  const ranges = cutShards(batch.tasks.length, shards)
  const jobOf = (shard: number): RolloutJob => {
    const { from, to } = ranges[shard]
    const range = { from: from * agents, to: to * agents }
    const tasks = batch.tasks.slice(from, to).map(({ level, seed, seating }) => ({
      level,
      seed,
      ...(seating === undefined ? {} : { seating }),
    }))
    return {
      cycle: batch.cycle,
      range,
      tasks,
      autoReset: batch.autoReset,
      ...(batch.record === undefined ? {} : { record: from }),
      ...(batch.policies === undefined ? {} : { policies: batch.policies }),
      ...(lanes === undefined ? {} : { lanes: lanes(ranges[shard]) }),
      ...versions,
    }
  }
  return crew.dealt(ranges.length, (thread, dealt) => thread.call('rollouts', dealt.map(jobOf)))
}
