import { AgonError } from '../../core/errors.ts'
import { taskId } from '../../core/ids.ts'
import type { EpisodeSummary, Metrics } from '../../learners/contract.ts'
import { watchBuffer } from '../buffer/archive-change.ts'
import { bufferMetrics } from '../buffer/buffer-metrics.ts'
import { type InsertionReport, type ScoredLevel, takeBatch } from '../buffer/insertion.ts'
import type { LevelBuffer } from '../buffer/level-buffer.ts'
import { release } from '../buffer/lineage.ts'
import { withVisit } from '../buffer/visits.ts'
import type { LevelReport, ObserveRequest, Step } from '../contract.ts'
import { mean } from '../scores/scores.ts'
import { type Candidate, neededSerials } from './candidates.ts'
import type { Curator, CuratorRecord, Pending } from './curator.ts'
import { featureMeans } from './level-metrics.ts'
import { finishedEpisodes, outcomesByTask, scoresByTask } from './task-outcomes.ts'

/** Scores what was proposed and takes it into the buffers. */
export function observeOutcomes<L>(
  curator: Curator<L>,
  record: CuratorRecord,
  request: ObserveRequest,
): Step<CuratorRecord> {
  const pending = pendingOf(record, request)
  const outcomes = outcomesByTask(request.outcomes)
  const metrics: Record<string, number> = {}
  const levels: LevelReport[] = []
  for (const group of curator.groups) {
    const buffer = record.archives[group.name]
    const candidates = pending.candidates[group.name]
    const draws = request.random('score', group.name)
    const scored = candidates.map((candidate, index) => {
      const students = group.slots.map((slot) =>
        finishedEpisodes(outcomes.get(taskId(pending.cycle, slot, index))),
      )
      return scoreCandidate(curator, buffer, candidate, students, draws.uniform(), pending.cycle)
    })
    const changed = watchBuffer(group.name, buffer)
    const report = takeBatch(buffer, scored)
    const values = scored.map(({ score }) => score)
    const scores = scoresByTask(values, group, outcomes, pending.cycle)
    levels.push({ slots: group.slots, score: curator.score.id, scores, archive: changed() })
    for (const serial of neededSerials(candidates)) release(buffer.lineage, serial)
    const prefix = curator.groups.length > 1 ? `${group.name}_` : ''
    for (const [name, value] of Object.entries(cycleMetrics(buffer, candidates, report)))
      metrics[prefix + name] = value
  }
  record.pending = null
  return { record, metrics, levels }
}

function scoreCandidate<L>(
  curator: Curator<L>,
  buffer: LevelBuffer,
  candidate: Candidate,
  students: readonly (readonly EpisodeSummary[])[],
  draw: number,
  cycle: number,
): ScoredLevel {
  const returns = students.flatMap((episodes) => episodes.map((episode) => episode.return))
  const current = Math.max(Number.NEGATIVE_INFINITY, ...returns)
  const stored = storedEntry(buffer, candidate)
  const known = stored === undefined ? current : Math.max(current, buffer.maxReturns[stored])
  const visits =
    buffer.visits === undefined || returns.length === 0
      ? {}
      : { visits: withVisit(buffer, stored, { cycle, meanReturn: meanOf(students) }) }
  const { discount } = curator.context
  const { features } = candidate
  const seen = { students, maxReturn: known, features, discount, draw, ...visits }
  const refused = !candidate.replayed && curator.admits?.(students) === false
  return {
    ...candidate,
    ...visits,
    score: refused ? Number.NEGATIVE_INFINITY : curator.score.evaluate(seen),
    // The score always sees the best of all visits; what is stored of it is a rule.
    maxReturn: buffer.rules.maxReturns === 'running' ? known : current,
  }
}

function pendingOf(record: CuratorRecord, request: ObserveRequest): Pending {
  if (record.pending === null || record.pending.cycle !== request.cycle)
    throw new AgonError(
      'adversary/out-of-order',
      `outcomes of cycle ${request.cycle} came while ${record.pending === null ? 'no cycle was' : `cycle ${record.pending.cycle} was`} under way`,
      { remedy: 'observe each cycle once, after its propose' },
    )
  return record.pending
}

/** Of those who finished an episode, each as much. */
function meanOf(students: readonly (readonly EpisodeSummary[])[]): number {
  const finished = students.filter((episodes) => episodes.length > 0)
  return mean(finished.map((episodes) => mean(episodes.map((episode) => episode.return))))
}

/** Where the buffer has the candidate's level. */
function storedEntry(buffer: LevelBuffer, candidate: Candidate): number | undefined {
  if (candidate.replayed) return buffer.entryOfSerial.get(candidate.serial)
  return buffer.rules.unique ? buffer.entryOfKey.get(candidate.key) : undefined
}

function cycleMetrics(
  buffer: LevelBuffer,
  candidates: readonly Candidate[],
  report: InsertionReport,
): Metrics {
  const replays = candidates.filter(({ replayed }) => replayed)
  return {
    ...bufferMetrics(buffer),
    ...report,
    replayed: replays.length > 0 ? 1 : 0,
    edited: candidates.filter(({ replayed, parents }) => !replayed && parents.length > 0).length,
    ...featureMeans(
      'level_',
      candidates.map(({ features }) => features),
    ),
    ...featureMeans(
      'replay_level_',
      replays.map(({ features }) => features),
    ),
  }
}
