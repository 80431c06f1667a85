import { fromUtf8 } from '../../core/bytes.ts'
import type { SlotId } from '../../core/ids.ts'
import { stream } from '../../core/random.ts'
import type { EpisodeSummary, Outcome, Task, TaskBatch } from '../../learners/contract.ts'
import type { Adversary, LevelReport, Step } from '../contract.ts'

/** A student that learns nothing: its outcomes are a function of the level and the task's seed. */
export function attempt(batch: TaskBatch): Outcome[] {
  return batch.tasks.map((task) => ({
    task: task.id,
    slot: batch.slot,
    repeat: task.repeat,
    episodes: episodesOf(task),
    artefacts: {},
    measuredBy: `student/${batch.slot}`,
  }))
}

/** None to two finished episodes and an unfinished one, with every statistic. */
function episodesOf(task: Task): EpisodeSummary[] {
  const level = Number(fromUtf8(task.level))
  const random = stream(task.seed, level)
  const finished = level % 11 === 0 ? 0 : 1 + random.integer(2)
  return Array.from({ length: finished + 1 }, (_, episode) => {
    const length = 1 + random.integer(8)
    const score = random.uniform() < (level % 100) / 100 ? 0 : random.uniform()
    const sum = () => length * (random.uniform() - 0.3)
    return {
      episode,
      seat: 'agent',
      finished: episode < finished,
      solved: score > 0,
      return: score,
      length,
      discountedReturn: score * 0.9,
      value0: random.uniform(),
      sumValue: sum(),
      sumAdvantage: sum(),
      sumAbsAdvantage: Math.abs(sum()),
      sumPositiveAdvantage: Math.abs(sum()),
      sumAbsTdError: Math.abs(sum()),
      trainedSteps: length,
      studentVersion: 0,
      extras: {},
    }
  })
}

export interface PlayedCycle {
  readonly batches: readonly TaskBatch[]
  readonly metrics: Readonly<Record<string, number>>
  readonly levels: readonly LevelReport[]
}

/** One whole cycle with fake students in every slot. */
export function playCycle<R>(
  adversary: Adversary<R>,
  record: R,
  cycle: number,
  counts: Readonly<Record<SlotId, number>>,
  seed = 1,
): PlayedCycle & { readonly record: R } {
  const random = (...purpose: readonly (string | number)[]) =>
    stream(seed, 'adversary', cycle, ...purpose)
  const proposed: Step<R> = adversary.propose(record, { cycle, counts, random })
  const batches = proposed.batches ?? []
  const outcomes = batches.flatMap(attempt)
  const observed = adversary.observe(proposed.record, { cycle, outcomes, random })
  const metrics = { ...proposed.metrics, ...observed.metrics }
  return { record: observed.record, batches, metrics, levels: observed.levels ?? [] }
}
