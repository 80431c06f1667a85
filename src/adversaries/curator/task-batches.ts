import { levelId, taskId } from '../../core/ids.ts'
import type { AutoReset } from '../../envs/contract.ts'
import type { Task, TaskBatch } from '../../learners/contract.ts'
import type { ProposeRequest } from '../contract.ts'
import type { Candidate } from './candidates.ts'
import type { SlotGroup } from './groups.ts'

export interface BatchStyle {
  readonly autoReset: AutoReset
  /** Whether an archive knows the levels, so that tasks name their ids. */
  readonly tracked: boolean
}

/**
 * One batch for each slot of a group. `blocks` are candidates in task order; each slot gets of every block as many
 * tasks as it asked for, and equal tasks (level and seed) wherever it gets one.
 */
export function taskBatches(
  group: SlotGroup,
  blocks: readonly (readonly Candidate[])[],
  request: ProposeRequest,
  style: BatchStyle,
): TaskBatch[] {
  const seeds = request.random('seed', group.name)
  let first = 0
  const placed = blocks.map((block) => {
    const tasks = block.map((candidate) => ({ candidate, seed: seeds.uint32(), index: first++ }))
    return tasks
  })
  return group.slots.map((slot) => ({
    cycle: request.cycle,
    slot,
    tasks: placed.flatMap((block) =>
      block.slice(0, request.counts[slot] ?? 0).map(
        ({ candidate, seed, index }): Task => ({
          id: taskId(request.cycle, slot, index),
          level: candidate.level,
          seed,
          train: candidate.train,
          repeat: 0,
          lineage: {
            ...(style.tracked ? { level: levelId(candidate.serial) } : {}),
            parents: style.tracked ? candidate.parents.map(levelId) : [],
            operator: candidate.replayed ? 'replay' : candidate.operator,
            generation: candidate.generation,
          },
        }),
      ),
    ),
    autoReset: style.autoReset,
    probes: [],
  }))
}
