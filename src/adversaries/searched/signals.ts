import { AgonError } from '../../core/errors.ts'
import type { LevelFeatures } from '../../envs/contract.ts'
import type { EpisodeSummary, Outcome } from '../../learners/contract.ts'
import type { AdversaryContext } from '../contract.ts'
import { finishedEpisodes } from '../curator/task-outcomes.ts'
import { mean, scores } from '../scores/scores.ts'
import { crossPlay } from './cross-play.ts'
import type { SearchOptions } from './options.ts'
import {
  type Judgement,
  type Play,
  type PlayedRepeats,
  type Signal,
  signalError,
} from './signal.ts'

/** @throws AgonError `adversary/signal`, `adversary/score` */
export function signalOf(
  options: SearchOptions,
  { discount, returnRange, ...run }: Omit<AdversaryContext<unknown>, 'levels' | 'slots'>,
): Signal {
  switch (options.signal) {
    case 'cross-play':
      return crossPlay(options, run)
    case 'optimal':
      return shortfall('optimal', 'optimal_return', ({ optimal_return: best }) => best)
    case 'bound': {
      const bound = returnRange?.[1]
      if (bound === undefined || !Number.isFinite(bound))
        throw signalError(
          'the environment does not say how much an episode can pay',
          'choose another signal, or an environment with a bounded return',
        )
      return shortfall('bound', 'bound', () => bound)
    }
    default:
      return scored(options.signal, discount)
  }
}

/** Later ones are as many as a rollout has room for: of short, good episodes more than of bad ones. */
const firstOf = ({ episodes }: Outcome): readonly EpisodeSummary[] =>
  episodes.filter(({ episode, finished }) => episode === 0 && finished)

/** The student's return in the first episode, the mean over its seats. */
function ownReturn(outcome: Outcome): number | null {
  const first = firstOf(outcome)
  return first.length === 0 ? null : mean(first.map((episode) => episode.return))
}

const ALONE: readonly Play[] = [{ reference: null, value: ownReturn }]

const finishedOf = (played: readonly PlayedRepeats[]): readonly EpisodeSummary[] =>
  finishedEpisodes(played.flatMap(({ outcomes }) => outcomes))

/** How far the mean return of first episodes stays below what is possible. */
function shortfall(
  id: string,
  name: string,
  bestOf: (features: LevelFeatures) => number | undefined,
): Signal {
  return {
    ...{ id, needs: ['return'], references: [] },
    plays: () => ALONE,
    judge(_, played, features) {
      const best = bestOf(features)
      const episodes = played.flatMap(({ outcomes }) => outcomes.flatMap(firstOf))
      const values = best === undefined ? {} : { [name]: best }
      if (best === undefined || episodes.length === 0) return { objective: null, values }
      const achieved = mean(episodes.map((episode) => episode.return))
      return { objective: best - achieved, values: { ...values, return: achieved } }
    },
  }
}

function scored(id: string, discount: number | undefined): Signal {
  const score = scores.get(id)
  if (score === undefined)
    throw signalError(`there is no signal '${id}'`, 'choose another, such as max-mc')
  if (score.needsDiscount === true && discount === undefined)
    throw new AgonError('adversary/score', `'${id}' needs the discount of the student`, {
      place: 'adversary.signal',
      remedy: 'choose another signal, or students of one discount',
    })
  return {
    ...{ id, needs: score.needs, references: [] },
    plays: () => ALONE,
    judge(_, played, features, draw): Judgement {
      const episodes = finishedOf(played)
      if (episodes.length === 0) return { objective: null, values: {} }
      const returns = episodes.map((episode) => episode.return)
      const maxReturn = Math.max(...returns)
      const level = { students: [episodes], maxReturn, features, discount, draw: draw() }
      const value = score.evaluate(level)
      return {
        objective: Number.isFinite(value) ? value : null,
        values: { return: mean(returns) },
      }
    },
  }
}
