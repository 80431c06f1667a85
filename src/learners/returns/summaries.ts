import type { EpisodeSummary, StatisticName } from '../contract.ts'
import { STATISTIC_NAMES } from '../statistics.ts'
import { deviation } from './deviation.ts'
import { type GaeRule, type ReturnsView, tdError } from './gae.ts'
import { addRow, type RunningMoments } from './running-moments.ts'
import { addUncertainty, emptyUncertainty } from './uncertainty.ts'

/** What summaries need beside the returns. */
export interface SummaryContext extends ReturnsView {
  /** float32 `[T, stride]`. */
  readonly advantages: Float32Array
  /** float32 `[T, stride]`. */
  readonly weights: Float32Array
  readonly rule: GaeRule
  readonly studentVersion: number
  readonly solvedAbove: number
  /** What probes say of an episode of a column; absent where there are none. */
  extras?(column: number, episode: number): Readonly<Record<string, number>>
  /** Takes in the discounted return of every step of who is there, `G ← γ·G + r` from the first of its episode; absent: nobody asks. */
  readonly returnMoments?: RunningMoments
  /** Where episodes go on from rollout to rollout; absent: every column begins with one of its own. */
  readonly carried?: CarriedEpisodes
  /** float32 `[T, stride, 3]`: how undecided the policy was. Absent: nobody asks. Not summed over what is carried. */
  readonly uncertainty?: Float32Array
  /** float32 `[T, stride, count]`: what each of several critics said. Absent: there is but one. Not summed over what is carried. */
  readonly critics?: { readonly data: Float32Array; readonly count: number }
}

/** Episodes under way between two rollouts. */
export interface CarriedEpisodes {
  /** By column: what its episode came to so far. Replaced by what it comes to with this rollout. */
  readonly sums: EpisodeSums[]
  /** The column that `sums` begins with. */
  readonly from: number
  /** Number of the first episode that is told. */
  readonly first: number
}

/** Sums over the steps of an episode under way, in float64. */
export interface EpisodeSums {
  return: number
  discountedReturn: number
  /** γ to the number of steps. */
  discount: number
  /** `G ← γ·G + r`. */
  running: number
  length: number
  value0: number
  sumValue: number
  sumAdvantage: number
  sumAbsAdvantage: number
  sumPositiveAdvantage: number
  sumAbsTdError: number
  trainedSteps: number
}

export const emptySums = (): EpisodeSums => ({
  return: 0,
  discountedReturn: 0,
  discount: 1,
  running: 0,
  length: 0,
  value0: 0,
  sumValue: 0,
  sumAdvantage: 0,
  sumAbsAdvantage: 0,
  sumPositiveAdvantage: 0,
  sumAbsTdError: 0,
  trainedSteps: 0,
})

function addStep(sums: EpisodeSums, of: SummaryContext, t: number, column: number): void {
  const at = t * of.stride + column
  // Values and advantages of scaled rewards are told in the unit of rewards.
  const unit = 1 / (of.rewardScale ?? 1)
  const value = of.values[at] * unit
  const advantage = of.advantages[at] * unit
  if (sums.length === 0) sums.value0 = value
  sums.return += of.rewards[at]
  sums.discountedReturn += sums.discount * of.rewards[at]
  sums.discount *= of.rule.discount
  const present = of.present?.[at] !== 0
  // The zeros of one who is not there are nobody's return.
  if (of.returnMoments !== undefined && present) {
    sums.running = of.rule.discount * sums.running + of.rewards[at]
    addRow(of.returnMoments, [sums.running])
  }
  sums.length++
  // The value of what nobody sees is no estimate of anything.
  if (!present) return
  sums.sumValue += value
  sums.sumAdvantage += advantage
  sums.sumAbsAdvantage += Math.abs(advantage)
  sums.sumPositiveAdvantage += Math.max(0, advantage)
  if (of.dones[at] === 0) sums.sumAbsTdError += Math.abs(tdError(of, of.rule, t, column)) * unit
  sums.trainedSteps += of.weights[at]
}

/**
 * The episodes of one task, in order, and in each the seats in the order of `seats`. A seat's statistics are means over its
 * agents, whose columns begin at `column`: one episode counts alike however many play it.
 */
export function summariseTask(
  of: SummaryContext,
  seats: Readonly<Record<string, readonly number[]>>,
  column: number,
): EpisodeSummary[] {
  const bySeat = Object.entries(seats).map(([seat, agents]) =>
    agents.map((agent) => summariseColumn(of, seat, column + agent)),
  )
  const episodes = Math.max(0, ...bySeat.flatMap((columns) => columns.map(({ length }) => length)))
  return Array.from({ length: episodes }, (_, episode) =>
    bySeat.flatMap((columns) => {
      const agents = columns.flatMap((summaries) => summaries[episode] ?? [])
      return agents.length === 0 ? [] : [meanSummary(agents, of)]
    }),
  ).flat()
}

function meanSummary(agents: readonly EpisodeSummary[], of: SummaryContext): EpisodeSummary {
  const [first] = agents
  if (agents.length === 1) return first
  const statistics = Object.fromEntries(
    STATISTIC_NAMES.filter((name) => first[name] !== undefined).map((name) => [
      name,
      agents.reduce((sum, agent) => sum + (agent[name] ?? 0), 0) / agents.length,
    ]),
  ) as Record<StatisticName, number>
  const solved = first.finished && statistics.return > of.solvedAbove
  return { ...first, ...statistics, solved, extras: meanExtras(agents) }
}

/** Probes say the same names of every agent of an environment. */
function meanExtras(agents: readonly EpisodeSummary[]): EpisodeSummary['extras'] {
  return Object.fromEntries(
    Object.keys(agents[0].extras).map((name) => [
      name,
      agents.reduce((sum, { extras }) => sum + extras[name], 0) / agents.length,
    ]),
  )
}

/**
 * The episodes of one column, in order. The last one is unfinished when the rollout cut it; its sums cover the steps
 * inside, and those of earlier rollouts where it is carried. Its TD sum keeps them all, for the episode's last step is not
 * among them.
 */
export function summariseColumn(
  of: SummaryContext,
  seat: string,
  column: number,
): EpisodeSummary[] {
  const episodes: EpisodeSummary[] = []
  const { carried } = of
  const first = carried?.first ?? 0
  let sums = carried?.sums[column - carried.from] ?? emptySums()
  let undecided = of.uncertainty && emptyUncertainty()
  let apart = 0
  for (let t = 0; t < of.steps; t++) {
    addStep(sums, of, t, column)
    const at = t * of.stride + column
    if (undecided !== undefined && of.uncertainty !== undefined && of.present?.[at] !== 0)
      addUncertainty(undecided, of.uncertainty, at)
    if (of.critics !== undefined && of.present?.[at] !== 0)
      apart += deviation(of.critics.data, of.critics.count, at) / (of.rewardScale ?? 1)
    const finished = of.dones[at] === 1
    if (!finished && t < of.steps - 1) continue
    const { discount: _, running: __, ...statistics } = sums
    episodes.push({
      episode: first + episodes.length,
      seat,
      finished,
      solved: finished && sums.return > of.solvedAbove,
      ...statistics,
      ...undecided,
      ...(of.critics === undefined ? {} : { sumValueDeviation: apart }),
      studentVersion: of.studentVersion,
      extras: of.extras?.(column, episodes.length) ?? {},
    })
    if (!finished) continue
    sums = emptySums()
    undecided = of.uncertainty && emptyUncertainty()
    apart = 0
  }
  if (carried !== undefined) carried.sums[column - carried.from] = sums
  return episodes
}
