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
  /** Told how many of the levels are done. */
  readonly onLevel: (done: number, of: number) => void
}

/** Tasks at a time: memory stays bounded however many levels there are. */
const MOST_TASKS = 256

/**
 * Plays the best levels of an archive again, on the policy that it was made against or another, with seeds that no search has seen:
 * what stays is no winner's curse.
 * @throws AgonError `stress/*`, `policy/*`, and what an attempt fails of
 */
export async function retest(request: RetestRequest): Promise<RetestFile> {
  const { dir, stage, policy, top, repeats, seed, workers, onLevel } = request
  const search = await openSearch(dir, stage, workers, policy)
  const { rows } = archiveOf(search.spec, rowsOf(dir, stage === undefined ? {} : { stage }))
  const best = rows.toSorted((a, b) => (b.objective ?? 0) - (a.objective ?? 0)).slice(0, top)
  const student = await openStudent(search)
  const levels: RetestedLevel[] = []
  try {
    const lost = student.lost
    for (const piece of pieces(search, best, repeats)) {
      const batch = tasksOf(search, piece, repeats, seed)
      const { outcomes } = await Promise.race([
        student.attempt({
          ...{ cycle: levels.length + 1, slot: search.context.slot, tasks: batch, probes: [] },
          autoReset: trains(search.options) ? 'same-level' : 'none',
        }),
        lost,
      ])
      levels.push(...judged(search, piece, outcomes, repeats))
      onLevel(levels.length, best.length)
    }
  } finally {
    await student.close()
  }
  const sha256 = isRemote(policy) ? null : policyIdentity(policy)
  return {
    ...{ format: 1, objective: search.spec.objective, axes: search.spec.axes },
    policy: { name: request.name, sha256 },
    ...{ repeats, seed, ...retestTotals(levels), levels },
  }
}

function pieces(search: OpenSearch, rows: readonly HistoryRow[], repeats: number): HistoryRow[][] {
  const each = repeats * Math.max(1, ...rows.map((row) => playsOf(search, row).length))
  const size = Math.max(1, Math.floor(MOST_TASKS / each))
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, i) =>
    rows.slice(i * size, (i + 1) * size),
  )
}

const REFERENCE = 'reference'

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
