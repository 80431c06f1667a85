import { stream } from '../../core/random.ts'
import type { RecordedEpisodes } from '../../datasets/contract.ts'
import { type PlayedStep, recordEpisodes } from '../../datasets/record-episodes.ts'
import type { AutoReset, Environment } from '../../envs/contract.ts'
import { ownSeats } from '../../seats/check-seating.ts'
import type { TaskJob } from './rollout-job.ts'

/**
 * The episodes of the student's own agents that ended in some tasks, each with its level.
 * @param first index of the first task in its batch
 */
export function recordTasks(
  { spec, levels }: Pick<Environment<unknown>, 'spec' | 'levels'>,
  steps: readonly PlayedStep[],
  tasks: readonly TaskJob[],
  autoReset: AutoReset,
  first: number,
): RecordedEpisodes {
  const played = tasks.map(({ level, seed, seating }) => {
    const own = ownSeats(spec, seating)
    const seats = Object.keys(own).length === 0 ? spec.seats : own
    return {
      seed,
      agents: Object.values(seats)
        .flat()
        .sort((a, b) => a - b),
      level: (number: number) =>
        number === 0 || autoReset !== 'next-level'
          ? level
          : levels.encode(levels.sample(stream(seed, 'next', number))),
    }
  })
  return recordEpisodes(spec, steps, played, first, autoReset === 'none')
}
