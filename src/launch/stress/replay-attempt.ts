import { trains } from '../../adversaries/searched/options.ts'
import { actionWidth } from '../../core/action-space.ts'
import { AgonError } from '../../core/errors.ts'
import { nearest } from '../../core/nearest.ts'
import { stream } from '../../core/random.ts'
import type { Outcome, TaskBatch } from '../../learners/contract.ts'
import { playTasks } from '../../learners/frozen/play-tasks.ts'
import { cutShards } from '../../learners/trainer/shards.ts'
import type { StoredEvaluation } from '../../run/contract.ts'
import type { HistoryRow, HistoryTask } from '../../run/history/contract.ts'
import { readHistory } from '../../run/history/history-reader.ts'
import { openPolicies } from '../../seats/open-policies.ts'
import { type OpenSearch, openSearch, openStudent } from './open-search.ts'

/** A task of an attempt, played again. */
export interface ReplayedTask {
  readonly task: HistoryTask
  /** As the history has it, and as it came out now. */
  readonly recorded: number | null
  readonly replayed: number | null
  readonly same: boolean
}

export interface ReplayedAttempt {
  readonly row: HistoryRow
  readonly tasks: readonly ReplayedTask[]
  /** The first of its tasks, for a picture; null where it did not end. */
  readonly recording: StoredEvaluation['recordings'][number] | null
  readonly search: OpenSearch
}

/**
 * Plays an attempt of a stress test again: with the whole batch that it was a part of, as a policy's graph may give other last bits
 * for other numbers of rows.
 * @param which task of the attempt is recorded
 * @throws AgonError `stress/no-attempt`, `stress/not-frozen`, `stress/no-history`, and what playing fails of
 */
export async function replayAttempt(
  dir: string,
  id: string,
  which: number,
  workers: number,
): Promise<ReplayedAttempt> {
  const { row, others } = findAttempt(dir, id)
  const search = await openSearch(dir, row.stage, workers)
  const batch = batchOf(search, row, others)
  const outcomes = await attempted(search, batch)
  const plays = search.signal.plays(referencesOf(search, row))
  const tasks = row.tasks.map((task, i): ReplayedTask => {
    const outcome = outcomes.get(`${task.task} ${task.repeat}`)
    // Games stand in the order of the signal, each with all its repeats.
    const play = plays[Math.floor((i * plays.length) / row.tasks.length)]
    const replayed = outcome === undefined ? null : play.value(outcome)
    return { task, recorded: task.return, replayed, same: Object.is(replayed, task.return) }
  })
  const chosen = row.tasks[Math.min(which, row.tasks.length - 1)]
  return { row, tasks, search, recording: await recorded(search, batch, chosen, row.id) }
}

interface FoundAttempt {
  readonly row: HistoryRow
  /** All of its cycle, itself included. */
  readonly others: readonly HistoryRow[]
}

function findAttempt(dir: string, id: string): FoundAttempt {
  let row: HistoryRow | null = null
  let others: HistoryRow[] = []
  const ids: string[] = []
  for (const one of readHistory(dir)) {
    if (row !== null && one.cycle > row.cycle) break
    if (others.length > 0 && others[0].cycle !== one.cycle) others = []
    others.push(one)
    ids.push(one.id)
    if (one.id === id) row = one
  }
  if (row !== null) return { row, others }
  const near = nearest(id, ids)
  throw new AgonError('stress/no-attempt', `there is no attempt '${id}' in the history`, {
    place: dir,
    remedy: `ids are those of archive/archive.json and history.jsonl, such as ${near ?? ids[0] ?? 'L1'}`,
    fields: near === undefined ? {} : { nearest: near },
  })
}

/** What the student was given in that cycle, task by task. */
function batchOf(
  { context, options }: OpenSearch,
  row: HistoryRow,
  others: readonly HistoryRow[],
): TaskBatch {
  const byLane = new Map<number, { readonly level: Uint8Array; readonly task: HistoryTask }>()
  for (const { level, tasks } of others)
    for (const task of tasks)
      if (task.slot === context.slot && task.lane !== undefined)
        byLane.set(task.lane, { level, task })
  const lanes = [...byLane].sort(([a], [b]) => a - b)
  if (lanes.some(([lane], i) => lane !== i))
    throw new AgonError(
      'stress/no-attempt',
      `the history does not have the whole of cycle ${row.cycle}`,
      {
        place: row.id,
        remedy: 'play its level instead: agon stress retest',
      },
    )
  return {
    ...{ cycle: row.cycle, slot: context.slot, probes: [] },
    autoReset: trains(options) ? 'same-level' : 'none',
    tasks: lanes.map(([, { level, task }]) => ({
      ...{ id: task.task, level, seed: task.seed, train: false, repeat: task.repeat },
      lineage: { parents: [], operator: 'replay', generation: 0 },
      ...(task.seating === undefined ? {} : { seating: task.seating }),
    })),
  }
}

async function attempted(
  search: OpenSearch,
  batch: TaskBatch,
): Promise<ReadonlyMap<string, Outcome>> {
  const student = await openStudent(search)
  try {
    const { outcomes } = await Promise.race([student.attempt(batch), student.lost])
    return new Map(outcomes.map((outcome) => [`${outcome.task} ${outcome.repeat}`, outcome]))
  } finally {
    await student.close()
  }
}

function referencesOf({ signal }: OpenSearch, { descriptor }: HistoryRow): readonly string[] {
  const { reference } = descriptor
  return typeof reference === 'string' && signal.references.includes(reference) ? [reference] : []
}

/** The actions of everybody in one task, and the luck that it began with. */
async function recorded(
  { context, frozen, environment }: OpenSearch,
  { tasks, cycle, autoReset }: TaskBatch,
  { lane = 0, return: earned }: HistoryTask,
  name: string,
): Promise<ReplayedAttempt['recording']> {
  const { slot, seed, environment: ref, spec, policies = {} } = context
  const range = cutShards(tasks.length, frozen.shards).find(({ to }) => lane < to)
  if (range === undefined || earned === null) return null
  const open = openPolicies(environment, policies)
  try {
    const setup = { slot, seed, environment: ref, spec, options: frozen, policies }
    const piece = tasks.slice(range.from, range.to)
    const job = { cycle, first: range.from, tasks: piece, autoReset, record: true as const }
    const { recorded: steps } = await playTasks(setup, environment, open, job)
    const first = (lane - range.from) * spec.agents
    const end = steps.findIndex(
      ({ terminated, truncated }) => (terminated[first] | truncated[first]) === 1,
    )
    const width = spec.agents * actionWidth(spec.actions)
    const from = (lane - range.from) * width
    const own = steps.slice(0, end + 1)
    return {
      name,
      level: Buffer.from(tasks[lane].level).toString('base64'),
      dynamics: stream(tasks[lane].seed, 'dynamics').save(),
      actions: own.flatMap(({ actions }) => [...actions.subarray(from, from + width)]),
      return: own.reduce((sum, { rewards }) => sum + rewards[first], 0),
    }
  } finally {
    await open.close()
  }
}
