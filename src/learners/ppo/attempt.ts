import { AgonError } from '../../core/errors.ts'
import type { AttemptReport, Metrics, Outcome, TaskBatch } from '../contract.ts'
import type { RolloutJob, RolloutReport } from '../rollout/rollout-job.ts'
import type { LearnerThreads } from '../trainer/learner-threads.ts'
import { cutShards } from '../trainer/shards.ts'
import type { PpoThread } from './ppo-jobs.ts'

/** Refuses what this student cannot do, by name, before anything is played. */
export function checkBatch(batch: TaskBatch): void {
  if (batch.autoReset === 'none')
    throw new AgonError(
      'learner/auto-reset',
      'the ppo student fills whole rollouts, so a batch cannot leave ended episodes ended',
      { place: batch.slot, remedy: 'use an adversary that asks for same-level or next-level' },
    )
  const seated = batch.tasks.find(({ seating }) => seating && Object.keys(seating).length > 0)
  if (seated !== undefined)
    throw new AgonError(
      'learner/seating',
      `task ${seated.id} seats ${Object.entries(seated.seating ?? {})
        .map(([seat, policy]) => `'${policy}' in '${seat}'`)
        .join(', ')}`,
      {
        place: batch.slot,
        remedy: 'the ppo student plays every seat itself: use an adversary that seats nobody else',
      },
    )
}

/** Columns of the trajectory that may be learned from: task i has those of its agents, from i·agents on. */
export function trainedColumns({ tasks }: TaskBatch, agents: number): number[] {
  return tasks.flatMap(({ train }, task) =>
    train ? Array.from({ length: agents }, (_, agent) => task * agents + agent) : [],
  )
}

/** Plays a batch, shard by shard; a task's agents stay together. */
export async function playBatch(
  crew: LearnerThreads<PpoThread>,
  batch: TaskBatch,
  agents: number,
  shards: number,
  versions: Pick<RolloutJob, 'parametersVersion' | 'studentVersion'>,
): Promise<RolloutReport[]> {
  const ranges = cutShards(batch.tasks.length, shards)
  return crew.byShard(ranges.length, (thread, shard) => {
    const { from, to } = ranges[shard]
    const range = { from: from * agents, to: to * agents }
    const tasks = batch.tasks.slice(from, to).map(({ level, seed }) => ({ level, seed }))
    return thread.call('rollout', {
      cycle: batch.cycle,
      range,
      tasks,
      autoReset: batch.autoReset,
      ...versions,
    })
  })
}

/** @param wallMs how long the attempt took, all threads together */
export function attemptReport(
  batch: TaskBatch,
  reports: readonly RolloutReport[],
  steps: number,
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
  const sum = (key: 'actMs' | 'envMs' | 'totalMs') =>
    reports.reduce((total, report) => total + report[key], 0)
  return {
    outcomes,
    envSteps: batch.tasks.length * steps,
    metrics: { ...episodeMetrics(outcomes), ...(batch.probes.length > 0 ? probed(outcomes) : {}) },
    timings: {
      attempt_ms: wallMs,
      attempt_thread_ms: sum('totalMs'),
      act_ort_ms: sum('actMs'),
      env_ms: sum('envMs'),
    },
  }
}

/** The share of steps that the probes let through. */
function probed(outcomes: readonly Outcome[]): Metrics {
  const episodes = outcomes.flatMap((outcome) => outcome.episodes)
  const steps = episodes.reduce((sum, { length }) => sum + length, 0)
  const trained = episodes.reduce((sum, { trainedSteps }) => sum + (trainedSteps ?? 0), 0)
  return { trained_share: trained / steps }
}

function episodeMetrics(outcomes: readonly Outcome[]): Metrics {
  const finished = outcomes.flatMap(({ episodes }) => episodes.filter((one) => one.finished))
  const count = finished.length
  if (count === 0) return { episodes: 0 }
  const mean = (of: (episode: (typeof finished)[number]) => number): number =>
    finished.reduce((total, episode) => total + of(episode), 0) / count
  return {
    episodes: count,
    return_mean: mean((episode) => episode.return),
    solve_rate: mean((episode) => (episode.solved ? 1 : 0)),
    episode_length_mean: mean((episode) => episode.length),
  }
}
