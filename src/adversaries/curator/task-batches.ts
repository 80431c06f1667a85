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
  /** Attempts of each candidate, side by side; absent: 1. */
  readonly repeats?: number
}

/**
 * One batch for each slot of a group. `blocks` are candidates in task order; each slot gets of every block as many
 * candidates as it asked for, and equal tasks (level and seed) wherever it gets one. The attempts of a candidate share an id and
 * differ in `repeat` and seed.
 */
export function taskBatches(
  group: SlotGroup,
  blocks: readonly (readonly Candidate[])[],
  request: ProposeRequest,
  style: BatchStyle,
): TaskBatch[] {
  const { repeats = 1, tracked } = style
  const seeds = request.random('seed', group.name)
  let first = 0
  const placed = blocks.map((block) =>
    block.map((candidate) => ({
      ...{ candidate, index: first++ },
      seeds: Array.from({ length: repeats }, () => seeds.uint32()),
    })),
  )
  return group.slots.map((slot) => ({
    cycle: request.cycle,
    slot,
    tasks: placed.flatMap((block) =>
      block.slice(0, request.counts[slot] ?? 0).flatMap(({ candidate, seeds, index }) =>
        seeds.map(
          (seed, repeat): Task => ({
            id: taskId(request.cycle, slot, index),
            level: candidate.level,
            ...{ seed, repeat },
            train: candidate.train,
            lineage: {
              ...(tracked ? { level: levelId(candidate.serial) } : {}),
              parents: tracked ? candidate.parents.map(levelId) : [],
              operator: candidate.replayed ? 'replay' : candidate.operator,
              generation: candidate.generation,
            },
          }),
        ),
      ),
    ),
    autoReset: style.autoReset,
    probes: [],
  }))
}
