import { joinEpisodes } from '../../datasets/record-episodes.ts'
import type { AttemptReport, Metrics, Outcome, TaskBatch } from '../contract.ts'
import type { RolloutReport } from './rollout-job.ts'

/**
 * What the shards of an attempt come to together.
 * @param envSteps of all of them
 * @param wallMs how long the attempt took, all threads together
 */
export function attemptReport(
  batch: TaskBatch,
  reports: readonly RolloutReport[],
  envSteps: number,
  wallMs: number,
): AttemptReport {
  const episodes = reports.flatMap((report) => report.episodes)
  const outcomes: Outcome[] = batch.tasks.map((task, i) => ({
    task: task.id,
    slot: batch.slot,
    repeat: task.repeat,
    episodes: episodes[i],
    artefacts: {},
    measuredBy: `student/${batch.slot}`,
  }))
  const recorded = reports.flatMap(({ recorded: one }) => (one === undefined ? [] : [one]))
  const solvable = reports.every((report) => report.solvable)
  const sum = (key: 'actMs' | 'envMs' | 'totalMs') =>
    reports.reduce((total, report) => total + report[key], 0)
  return {
    outcomes,
    envSteps,
    metrics: {
      ...episodeMetrics(outcomes, solvable),
      ...(batch.probes.length > 0 ? probed(outcomes) : {}),
      ...laneMetrics(reports),
    },
    timings: {
      attempt_ms: wallMs,
      attempt_thread_ms: sum('totalMs'),
      act_ort_ms: sum('actMs'),
      env_ms: sum('envMs'),
    },
    ...(recorded.length === 0 ? {} : { recorded: joinEpisodes(recorded) }),
  }
}

/** Where episodes go on from cycle to cycle: how many did, and on how many levels one began. */
function laneMetrics(reports: readonly RolloutReport[]): Metrics {
  const counts = reports.flatMap(({ lanes }) => lanes ?? [])
  if (counts.length === 0) return {}
  return {
    episodes_carried: counts.reduce((sum, { carried }) => sum + carried, 0),
    levels_begun: counts.reduce((sum, { begun }) => sum + begun, 0),
  }
}

/** The share of steps that the probes let through. */
function probed(outcomes: readonly Outcome[]): Metrics {
  const episodes = outcomes.flatMap((outcome) => outcome.episodes)
  const steps = episodes.reduce((sum, { length }) => sum + length, 0)
  const trained = episodes.reduce((sum, { trainedSteps }) => sum + (trainedSteps ?? 0), 0)
  return { trained_share: trained / steps }
}

function episodeMetrics(outcomes: readonly Outcome[], solvable: boolean): Metrics {
  const finished = outcomes.flatMap(({ episodes }) => episodes.filter((one) => one.finished))
  const count = finished.length
  if (count === 0) return { episodes: 0 }
  const mean = (of: (episode: (typeof finished)[number]) => number): number =>
    finished.reduce((total, episode) => total + of(episode), 0) / count
  return {
    episodes: count,
    return_mean: mean((episode) => episode.return),
    ...(solvable ? { solve_rate: mean((episode) => (episode.solved ? 1 : 0)) } : {}),
    episode_length_mean: mean((episode) => episode.length),
  }
}
