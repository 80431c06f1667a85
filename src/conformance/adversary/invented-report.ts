import { stream } from '../../core/random.ts'
import type { agon } from '../../wire/index.ts'

const STEPS = 24
const LONG_TEXT = 'artefact'

/** What a student might have reported: one finished episode a task, with every statistic there is, drawn by its place. */
export function inventedReport(
  cycle: number,
  slot: string,
  batch: agon.v1.TaskBatch.$Properties | undefined,
  pad: number,
): agon.v1.OutcomesReport.$Properties {
  const tasks = batch?.tasks ?? []
  // A long result, as of a program: legal, and without any meaning to an adversary of mazes.
  const long: Record<string, string> = pad > 0 ? { [LONG_TEXT]: 'x'.repeat(pad) } : {}
  return {
    cycle,
    slot,
    outcomes: tasks.map(({ id, repeat }, i) => ({
      task: id,
      repeat,
      episodes: [inventedEpisode(cycle, slot, i)],
      artefacts: i === 0 ? long : {},
    })),
    envSteps: STEPS * tasks.length,
    metrics: {},
    timings: {},
  }
}

function inventedEpisode(
  cycle: number,
  slot: string,
  index: number,
): agon.v1.EpisodeSummary.$Properties {
  const draw = stream('conformance', 'outcomes', slot, cycle, index)
  const solved = draw.uniform() < 0.5
  const length = 1 + draw.integer(STEPS)
  return {
    episode: 0,
    seat: 'agent',
    finished: true,
    solved,
    return: solved ? 1 - (0.9 * length) / STEPS : 0,
    length,
    discountedReturn: solved ? 0.5 : 0,
    value0: draw.uniform(),
    sumValue: length * draw.uniform(),
    sumAdvantage: draw.normal(),
    sumAbsAdvantage: length * draw.uniform(),
    sumPositiveAdvantage: length * draw.uniform(),
    sumAbsTdError: length * draw.uniform(),
    trainedSteps: length,
    sumEntropy: length * draw.uniform(),
    sumLeastConfidence: length * draw.uniform(),
    sumMinMargin: length * draw.uniform(),
    sumValueDeviation: length * draw.uniform(),
    studentVersion: cycle,
    extras: {},
  }
}
