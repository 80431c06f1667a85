import { type TaskId, taskId } from '../../core/ids.ts'
import type { EpisodeSummary, Outcome } from '../../learners/contract.ts'
import type { SlotGroup } from './groups.ts'

export function outcomesByTask(
  outcomes: readonly Outcome[],
): ReadonlyMap<TaskId, readonly Outcome[]> {
  const tasks = new Map<TaskId, Outcome[]>()
  for (const outcome of outcomes) {
    const known = tasks.get(outcome.task)
    if (known === undefined) tasks.set(outcome.task, [outcome])
    else known.push(outcome)
  }
  return tasks
}

export function finishedEpisodes(
  outcomes: readonly Outcome[] | undefined,
): readonly EpisodeSummary[] {
  return (outcomes ?? []).flatMap(({ episodes }) => episodes.filter(({ finished }) => finished))
}

/** The finite ones of `scores`, which are by place in the group's block, under the tasks of all its slots. */
export function scoresByTask(
  scores: readonly number[],
  { slots }: SlotGroup,
  outcomes: ReadonlyMap<TaskId, readonly Outcome[]>,
  cycle: number,
): Readonly<Record<TaskId, number>> {
  const byTask: Record<TaskId, number> = {}
  for (const [index, score] of scores.entries()) {
    if (!Number.isFinite(score)) continue
    for (const slot of slots) {
      const task = taskId(cycle, slot, index)
      if (outcomes.has(task)) byTask[task] = score
    }
  }
  return byTask
}
