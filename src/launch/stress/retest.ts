import { REFERENCE } from '../../adversaries/grid/axes.ts'
import { trains } from '../../adversaries/searched/options.ts'
import type { Play } from '../../adversaries/searched/signal.ts'
import type { TaskId } from '../../core/ids.ts'
import { stream } from '../../core/random.ts'
import { isRemote, type PolicySource } from '../../inference/policy-source.ts'
import type { Outcome, Task } from '../../learners/contract.ts'
import { archiveOf } from '../../run/archive/archive-of.ts'
import type { RetestedLevel, RetestFile } from '../../run/archive/retest-contract.ts'
import { rowsOf } from '../../run/archive/write-archive.ts'
import { policyIdentity } from '../../run/config/policies.ts'
import type { HistoryRow } from '../../run/history/contract.ts'
import { keptLevels } from './kept-levels.ts'
import { type OpenSearch, openSearch, openStudent } from './open-search.ts'
import { type Repeat, retestedLevel, retestTotals } from './summarise-retest.ts'

export interface RetestRequest {
  /** Of a stress test. */
  readonly dir: string
  /** Where its run has stages. */
  readonly stage?: string
  readonly policy: PolicySource
  /** For people. */
  readonly name: string
  readonly top: number
  readonly repeats: number
  readonly seed: number
  readonly workers: number
  /** Where levels that are done are kept until all are. */
  readonly part: string
  readonly onProgress: (progress: RetestProgress) => void
}

export interface RetestProgress {
  /** Levels. */
  readonly done: number
  readonly of: number
  /** Attempts behind those that are done. */
  readonly evaluations: number
}

/** Tasks at a time: memory stays bounded however many levels there are. */
const MOST_TASKS = 256

/**
 * Plays the best levels of an archive again, on the policy that it was made against or another, with seeds that no search has seen:
 * what stays is no winner's curse. One that was killed goes on from the levels that are done, to the same bits.
 * @throws AgonError `stress/*`, `policy/*`, `run/write`, and what an attempt fails of
 */
export async function retest(request: RetestRequest): Promise<RetestFile> {
  const { policy, repeats, seed, name, onProgress, part } = request
  const search = await openSearch(request.dir, request.stage, request.workers, policy)
  const best = bestRows(search, request)
  const sha256 = isRemote(policy) ? null : policyIdentity(policy)
  const { axes, objective } = search.spec
  const kept = keptLevels(part, {
    ...{ axes, objective, repeats, seed, name, policy: sha256 ?? policy.card },
    levels: best.map(({ id, objective }) => [id, objective]),
  })
  const levels = kept.pieces.flat()
  const due = pieces(search, best, repeats).slice(kept.pieces.length)
  const student = due.length === 0 ? null : await openStudent(search)
  let evaluations = 0
  try {
    for (const piece of due) {
      const tasks = tasksOf(search, piece, repeats, seed)
      const found = await judge(search, student!, {
        piece,
        tasks,
        repeats,
        cycle: levels.length + 1,
      })
      levels.push(...found)
      kept.keep(found)
      evaluations += tasks.length
      onProgress({ done: levels.length, of: best.length, evaluations })
    }
  } finally {
    await student?.close()
  }
  return {
    ...{ format: 1, objective, axes, policy: { name, sha256 } },
    ...{ repeats, seed, ...retestTotals(levels), levels },
  }
}

/** The best elites; where nothing but whom they met tells cells apart, the best attempt of each level. */
function bestRows(
  { spec }: OpenSearch,
  { dir, stage, top }: Pick<RetestRequest, 'dir' | 'stage' | 'top'>,
): readonly HistoryRow[] {
  const rows = [...rowsOf(dir, stage === undefined ? {} : { stage })]
  const own = spec.axes.some(({ name }) => name !== REFERENCE)
  const found = own ? archiveOf(spec, rows).rows : bestOfLevels(rows)
  return found.toSorted((a, b) => (b.objective ?? 0) - (a.objective ?? 0)).slice(0, top)
}

function bestOfLevels(rows: readonly HistoryRow[]): readonly HistoryRow[] {
  const best = new Map<string, HistoryRow>()
  for (const row of rows) {
    const key = `${row.descriptor[REFERENCE] ?? ''} ${Buffer.from(row.level).toString('base64')}`
    const before = best.get(key)?.objective ?? Number.NEGATIVE_INFINITY
    if (row.objective !== null && row.objective > before) best.set(key, row)
  }
  return [...best.values()]
}

interface Piece {
  readonly piece: readonly HistoryRow[]
  readonly tasks: readonly Task[]
  readonly repeats: number
  readonly cycle: number
}

async function judge(
  search: OpenSearch,
  student: Awaited<ReturnType<typeof openStudent>>,
  { piece, tasks, repeats, cycle }: Piece,
): Promise<RetestedLevel[]> {
  const { outcomes } = await Promise.race([
    student.attempt({
      ...{ cycle, slot: search.context.slot, tasks, probes: [] },
      autoReset: trains(search.options) ? 'same-level' : 'none',
    }),
    student.lost,
  ])
  return judged(search, piece, outcomes, repeats)
}

function pieces(search: OpenSearch, rows: readonly HistoryRow[], repeats: number): HistoryRow[][] {
  const each = repeats * Math.max(1, ...rows.map((row) => playsOf(search, row).length))
  const size = Math.max(1, Math.floor(MOST_TASKS / each))
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, i) =>
    rows.slice(i * size, (i + 1) * size),
  )
}

function referenceOf({ signal }: OpenSearch, { descriptor }: HistoryRow): string | null {
  const named = descriptor[REFERENCE]
  return typeof named === 'string' && signal.references.includes(named) ? named : null
}

function playsOf(search: OpenSearch, row: HistoryRow): readonly Play[] {
  const reference = referenceOf(search, row)
  return search.signal.plays(reference === null ? [] : [reference])
}

/** All games of a level have the same seeds, as in the search. */
function tasksOf(
  search: OpenSearch,
  rows: readonly HistoryRow[],
  repeats: number,
  seed: number,
): Task[] {
  return rows.flatMap((row) => {
    const random = stream(seed, 'retest', row.id)
    const seeds = Array.from({ length: repeats }, () => random.uint32())
    return playsOf(search, row).flatMap(({ seating }, play) =>
      seeds.map(
        (own, repeat): Task => ({
          ...{ id: idOf(row, play), level: row.level, seed: own, train: false, repeat },
          lineage: { level: row.id, parents: [], operator: 'replay', generation: 0 },
          ...(seating === undefined ? {} : { seating }),
        }),
      ),
    )
  })
}

const idOf = ({ id }: HistoryRow, play: number): TaskId => `${id}.${play}` as TaskId

function judged(
  search: OpenSearch,
  rows: readonly HistoryRow[],
  outcomes: readonly Outcome[],
  repeats: number,
): RetestedLevel[] {
  const byTask = new Map(outcomes.map((outcome) => [`${outcome.task} ${outcome.repeat}`, outcome]))
  const { levels } = search.environment
  const draws = stream('retest', 'score')
  return rows.map((row) => {
    const features = levels.features(levels.decode(row.level))
    const plays = playsOf(search, row)
    const found = Array.from({ length: repeats }, (_, repeat): Repeat | null => {
      const played = plays.flatMap((play, i) => {
        const outcome = byTask.get(`${idOf(row, i)} ${repeat}`)
        return outcome === undefined ? [] : [{ play, outcomes: [outcome] }]
      })
      const { objective, values } = search.signal.judge(
        referenceOf(search, row),
        played,
        features,
        () => draws.uniform(),
      )
      return objective === null ? null : { objective, values }
    })
    return retestedLevel(
      { id: row.id, cell: row.cell ?? [], archived: row.objective ?? 0 },
      found.flatMap((one) => one ?? []),
    )
  })
}
