import type { TaskId } from '../../core/ids.ts'
import type { EpisodeSummary, Outcome } from '../../learners/contract.ts'

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
