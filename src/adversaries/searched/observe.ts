import { AgonError } from '../../core/errors.ts'
import { type LevelId, levelId, type SlotId, type TaskId, taskId } from '../../core/ids.ts'
import type { Metrics, Outcome } from '../../learners/contract.ts'
import type { LevelReport, ObserveRequest, Step } from '../contract.ts'
import { featureMeans } from '../curator/level-metrics.ts'
import type { EmissionResult } from '../emitters/contract.ts'
import { REFERENCE } from '../grid/axes.ts'
import type { Attempt, AttemptTask } from '../grid/contract.ts'
import { flatCell } from '../grid/elite-grid.ts'
import { foldAttempt, statusIn } from '../grid/insertion.ts'
import { gridMetrics } from '../grid/metrics.ts'
import { emitterContext, referencesOf } from './propose.ts'
import type { Candidate, PendingCycle, Search, SearchRecord } from './search.ts'
import type { PlayedRepeats } from './signal.ts'

/** Judges the candidates, tells their emitters how they compare with the grid as it was, and takes them in, in their order. */
export function observeCandidates<L>(
  search: Search<L>,
  record: SearchRecord,
  request: ObserveRequest,
): Step<SearchRecord> {
  const { pending } = record
  if (pending?.cycle !== request.cycle)
    throw new AgonError('adversary/out-of-order', `cycle ${request.cycle} has no candidates`, {
      remedy: 'observe each cycle once, after its propose',
    })
  const judged = judgeAll(search, pending, request)
  const results = judged.map(({ attempts }) => best(attempts.map((one) => resultOf(record, one))))
  const before = elitesOf(record, judged)
  const attempts = judged.flatMap(({ attempts }) =>
    attempts.map((attempt): Attempt => ({ ...attempt, status: takeIn(record, attempt) })),
  )
  for (const { candidate } of judged)
    for (const { serial } of candidate.meetings)
      record.generations.set(levelId(serial), candidate.generation)
  tellEmitters(search, record, judged, results, request)
  forgetGenerations(search, record)
  record.pending = null
  return {
    record,
    attempts,
    metrics: metricsOf(search, record, judged, attempts),
    levels: [reportOf(search, record, attempts, before)],
  }
}

type Unplaced = Omit<Attempt, 'status'>

interface Judged {
  readonly candidate: Candidate
  readonly attempts: readonly Unplaced[]
}

function judgeAll<L>(
  search: Search<L>,
  { cycle, slots }: PendingCycle,
  { outcomes, random }: ObserveRequest,
): Judged[] {
  const byTask = new Map<string, Outcome>()
  for (const outcome of outcomes) byTask.set(`${outcome.task} ${outcome.repeat}`, outcome)
  const draws = random('score')
  const draw = () => draws.uniform()
  return slots.flatMap(({ slot, candidates }) => {
    let index = 0
    return candidates.map((candidate): Judged => {
      const plays = search.signal.plays(referencesOf(candidate.meetings)).map((play) => {
        const id = taskId(cycle, slot, index++)
        const found = candidate.seeds.map((_, repeat) => outcomeOf(byTask, id, repeat))
        return { id, play, outcomes: found }
      })
      return { candidate, attempts: attemptsOf(search, slot, candidate, plays, draw) }
    })
  })
}

function outcomeOf(byTask: ReadonlyMap<string, Outcome>, id: TaskId, repeat: number): Outcome {
  const outcome = byTask.get(`${id} ${repeat}`)
  if (outcome !== undefined) return outcome
  throw new AgonError('adversary/out-of-order', `task ${id} (repeat ${repeat}) has no outcome`)
}

interface PlayedTasks extends PlayedRepeats {
  readonly id: TaskId
}

function attemptsOf<L>(
  { signal, emitters }: Search<L>,
  slot: SlotId,
  { level, features, emitter, operator, parents, meetings, seeds }: Candidate,
  played: readonly PlayedTasks[],
  draw: () => number,
): Unplaced[] {
  return meetings.map(({ serial, reference, descriptor, cell }) => {
    const own = played.filter(({ play }) => play.reference === null || play.reference === reference)
    return {
      ...{ id: levelId(serial), level, operator, parents, descriptor, cell },
      emitter: emitters[emitter]?.emitter.id ?? 'initial',
      ...signal.judge(reference, own, features, draw),
      tasks: own.flatMap(({ id, play, outcomes }) =>
        outcomes.map(
          (outcome, repeat): AttemptTask => ({
            ...{ task: id, slot, seed: seeds[repeat], repeat },
            ...(play.seating === undefined ? {} : { seating: play.seating }),
            return: play.value(outcome),
          }),
        ),
      ),
    }
  })
}

function resultOf({ grid }: SearchRecord, { cell, objective }: Unplaced): EmissionResult {
  const status = statusIn(grid, cell, objective)
  if (cell === null || objective === null) return { status, objective, improvement: 0 }
  const improvement =
    status === 'new' ? objective : objective - grid.objectives[flatCell(grid, cell)]
  return { status, objective, improvement }
}

const RANKS = ['unscored', 'kept-out', 'better', 'new']

/** Of a candidate that met several references: the attempt that did most. */
const best = (results: readonly EmissionResult[]): EmissionResult =>
  results.reduce((most, one) => {
    const ahead = RANKS.indexOf(one.status) - RANKS.indexOf(most.status)
    return ahead > 0 || (ahead === 0 && one.improvement > most.improvement) ? one : most
  })

function takeIn(record: SearchRecord, attempt: Unplaced): Attempt['status'] {
  if (attempt.objective !== null) {
    record.scored++
    record.sum += attempt.objective
  }
  return foldAttempt(record.grid, attempt)
}

/** Who stands in the cells that these attempts may change. */
function elitesOf({ grid }: SearchRecord, judged: readonly Judged[]): ReadonlyMap<number, LevelId> {
  const found = new Map<number, LevelId>()
  for (const { cell } of judged.flatMap(({ attempts }) => attempts)) {
    const flat = cell === null ? -1 : flatCell(grid, cell)
    const elite = grid.elites[flat]
    if (elite !== undefined) found.set(flat, elite.id)
  }
  return found
}

function tellEmitters<L>(
  search: Search<L>,
  record: SearchRecord,
  judged: readonly Judged[],
  results: readonly EmissionResult[],
  { random }: ObserveRequest,
): void {
  for (const [i, { emitter, reference }] of search.emitters.entries()) {
    const own = results.filter((_, at) => judged[at].candidate.emitter === i)
    if (own.length === 0) continue
    const stream = random('tell', emitter.id)
    emitter.tell(record.emitters[i], own, emitterContext(search, record, reference, stream))
  }
}

/** Generations are kept of whatever can still be a parent. */
function forgetGenerations<L>({ emitters }: Search<L>, record: SearchRecord): void {
  const { grid, generations } = record
  const needed = new Set(grid.filled.map((cell) => grid.elites[cell]!.id))
  for (const [i, { emitter }] of emitters.entries())
    for (const id of emitter.holds?.(record.emitters[i]) ?? []) needed.add(id)
  for (const id of generations.keys()) if (!needed.has(id)) generations.delete(id)
}

function metricsOf<L>(
  { spec }: Search<L>,
  { grid, scored, sum }: SearchRecord,
  judged: readonly Judged[],
  attempts: readonly Attempt[],
): Metrics {
  const objectives = attempts.flatMap(({ objective }) => objective ?? [])
  const total = objectives.reduce((so, objective) => so + objective, 0)
  const features = judged.map(({ candidate }) => candidate.features)
  return {
    ...gridMetrics(grid, spec.offset, REFERENCE),
    ...(objectives.length === 0 ? {} : { attempted_mean: total / objectives.length }),
    ...(scored === 0 ? {} : { attempted_mean_so_far: sum / scored }),
    attempted_scored: objectives.length / attempts.length,
    ...featureMeans('level_', features),
  }
}

function reportOf<L>(
  { signal }: Search<L>,
  { grid }: SearchRecord,
  attempts: readonly Attempt[],
  before: ReadonlyMap<number, LevelId>,
): LevelReport {
  const scores: Record<TaskId, number> = {}
  for (const { objective, tasks } of attempts)
    for (const { task } of tasks) if (objective !== null) scores[task] ??= objective
  const standing = attempts.filter(
    ({ id, cell }) => cell !== null && grid.elites[flatCell(grid, cell)]?.id === id,
  )
  return {
    slots: [...new Set(attempts.flatMap(({ tasks }) => tasks.map(({ slot }) => slot)))],
    score: signal.id,
    scores,
    archive: {
      name: 'all',
      entries: standing.map(({ id, objective }) => ({ id, score: objective! })),
      dropped: [...before].flatMap(([cell, id]) => (grid.elites[cell]?.id === id ? [] : [id])),
      size: grid.filled.length,
    },
  }
}
