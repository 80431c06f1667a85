import { AgonError } from '../../core/errors.ts'
import { taskId } from '../../core/ids.ts'
import type { Outcome } from '../../learners/contract.ts'
import type { AdversaryContext } from '../contract.ts'
import type { Candidate } from '../curator/candidates.ts'
import type { SlotGroup } from '../curator/groups.ts'
import { finishedEpisodes, outcomesByTask } from '../curator/task-outcomes.ts'
import type { Score } from '../scores/score.ts'
import { scores } from '../scores/scores.ts'

/** What a level was worth to its builder. */
export interface Regret {
  readonly score: Score
  /** Of each candidate, in their order; 0 where no student finished an episode. */
  of(candidates: readonly Candidate[], outcomes: readonly Outcome[], cycle: number): number[]
}

/** @throws AgonError `adversary/score` where the regret compares another number of students */
export function regretOf<L>(id: string, group: SlotGroup, context: AdversaryContext<L>): Regret {
  const score = scores.get(id)
  const { slots } = group
  const [fewest, most] = score?.students ?? [1, 0]
  if (score === undefined || slots.length < fewest || slots.length > most)
    throw new AgonError(
      'adversary/score',
      `the regret '${id}' compares ${fewest === most ? fewest : `at least ${fewest}`} students, here there are ${slots.length}`,
      { place: 'adversary.regret' },
    )
  const { discount } = context
  return {
    score,
    of(candidates, outcomes, cycle) {
      const byTask = outcomesByTask(outcomes)
      return candidates.map(({ features }, index) => {
        const students = slots.map((slot) =>
          finishedEpisodes(byTask.get(taskId(cycle, slot, index))),
        )
        const returns = students.flat().map((episode) => episode.return)
        const maxReturn = Math.max(Number.NEGATIVE_INFINITY, ...returns)
        const value = score.evaluate({ students, maxReturn, features, discount, draw: 0 })
        // Adding 0 makes one zero of two.
        return Number.isFinite(value) ? value + 0 : 0
      })
    },
  }
}
