import { addSpending, budgetDone, NOTHING_SPENT } from '../../actors/roles/spending.ts'
import { AgonError } from '../../core/errors.ts'
import type { FinishedStage, RunConfig, RunManifest, Spent, StageConfig } from '../contract.ts'

/** Where a run with stages stands. */
export interface StagePosition {
  /** Of the stage that is to begin or to go on; as many as there are where all are over. */
  readonly index: number
  readonly finished: readonly FinishedStage[]
  /** What those have spent together; the cycles of it are the last cycle before the stage. */
  readonly before: Spent
}

/**
 * The stage at hand. The last stage of a run that is over goes on where its budget is larger now.
 * @throws AgonError `stages/over` where an earlier one was given another budget: what came after it follows from it
 */
export function stagePosition(
  { stages = [] }: Pick<RunConfig, 'stages'>,
  { stages: recorded = [] }: Pick<RunManifest, 'stages'>,
): StagePosition {
  const finished = recorded.filter((done, i) => {
    const { budget, name } = stages[i]
    if (isSame(budget, done)) return true
    if (i === stages.length - 1) return budgetDone(budget, done.spent) >= 1
    throw new AgonError('stages/over', `the stage '${name}' is over; its budget stays as it was`, {
      place: `stages.${i}.budget`,
      remedy: 'give a later stage another budget, or begin a new run',
    })
  })
  return { index: finished.length, finished, before: spentBy(finished) }
}

const isSame = (budget: StageConfig['budget'], done: FinishedStage): boolean =>
  JSON.stringify(budget) === JSON.stringify(done.budget)

export const spentBy = (finished: readonly FinishedStage[]): Spent =>
  finished.reduce<Spent>((sum, { spent }) => addSpending(sum, spent), NOTHING_SPENT)

/** The last cycle of a finished stage, as rows and cuts count them. */
export function lastCycle(finished: readonly FinishedStage[], name: string): number {
  const end = finished.findIndex((stage) => stage.name === name)
  return spentBy(finished.slice(0, end + 1)).cycles
}
