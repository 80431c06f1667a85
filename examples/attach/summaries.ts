import type { EpisodeSummary } from 'agon/learners'
import type { Rollout } from './rollout.ts'

const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0)

/** The episodes of one task, in order; the last one is unfinished where the rollout cut it. */
export function summarise(
  { columns }: Rollout,
  row: number,
  discount: number,
  solvedAbove: number,
  studentVersion: number,
): EpisodeSummary[] {
  const { values, rewards, ends } = columns[row]
  const episodes: EpisodeSummary[] = []
  for (let start = 0; start < rewards.length; ) {
    const end = ends.indexOf(true, start)
    const stop = end < 0 ? rewards.length : end + 1
    episodes.push({
      episode: episodes.length,
      ...summary(rewards.slice(start, stop), values.slice(start, stop), discount),
      seat: 'agent',
      finished: end >= 0,
      solved: end >= 0 && sum(rewards.slice(start, stop)) > solvedAbove,
      studentVersion,
      extras: {},
    })
    start = stop
  }
  return episodes
}

function summary(rewards: readonly number[], values: readonly number[], discount: number) {
  let following = 0
  const returns = [...rewards]
    .reverse()
    .map((reward) => {
      following = reward + discount * following
      return following
    })
    .reverse()
  const advantages = returns.map((total, t) => total - values[t])
  const errors = rewards
    .slice(0, -1)
    .map((r, t) => Math.abs(r + discount * values[t + 1] - values[t]))
  return {
    return: sum(rewards),
    length: rewards.length,
    discountedReturn: returns[0],
    value0: values[0],
    sumValue: sum(values),
    sumAdvantage: sum(advantages),
    sumAbsAdvantage: sum(advantages.map(Math.abs)),
    sumPositiveAdvantage: sum(advantages.map((one) => Math.max(one, 0))),
    sumAbsTdError: sum(errors),
    trainedSteps: rewards.length,
  }
}
