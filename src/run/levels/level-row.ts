import type { CycleAttempts } from '../../actors/roles/experiment-contract.ts'
import type { LevelReport } from '../../adversaries/contract.ts'
import type { EpisodeSummary, Outcome, Task, TaskBatch } from '../../learners/contract.ts'
import type { ArchiveRow, Column, LevelRow, SlotLevels } from './contract.ts'
import type { LevelNumbers } from './level-numbers.ts'

export interface CycleLevels {
  readonly cycle: number
  readonly updates: number
  readonly stage?: string
  readonly attempted: CycleAttempts
}

/** A cycle as a row; levels that the log does not know yet are numbered. */
export function levelRow(
  { cycle, updates, stage, attempted }: CycleLevels,
  numbers: LevelNumbers,
): LevelRow {
  const first = numbers.upcoming
  const unknown: string[] = []
  const slots: Record<string, SlotLevels> = {}
  for (const [slot, batch] of [...attempted.batches].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const level = batch.tasks.map((task) => {
      const { number, isNew } = numbers.numberOf(task.level)
      if (isNew) unknown.push(Buffer.from(task.level).toString('base64'))
      return number
    })
    const outcomes = attempted.reports.get(slot)?.outcomes ?? []
    const learned = attempted.updates.get(slot) ?? 0
    slots[slot] = {
      updates: learned,
      ...slotLevels(batch, level, outcomes, attempted.levels),
    }
  }
  const archives = archivesOf(attempted.levels, scoresById(slots))
  return {
    ...{ cycle, updates, first },
    ...(stage === undefined ? {} : { stage }),
    new: unknown,
    slots,
    ...(archives === null ? {} : { archives }),
  }
}

function slotLevels(
  { slot, tasks, autoReset }: TaskBatch,
  level: readonly number[],
  outcomes: readonly Outcome[],
  reports: readonly LevelReport[],
): Omit<SlotLevels, 'updates'> {
  const byTask = new Map(outcomes.map((outcome) => [keyOf(outcome.task, outcome.repeat), outcome]))
  const played = tasks.map(({ id, repeat }) =>
    playedOn(byTask.get(keyOf(id, repeat)), autoReset === 'next-level'),
  )
  const report = reports.find(({ slots }) => slots.includes(slot))
  const of = <T extends string | number | boolean | null>(value: (task: Task) => T): Column<T> =>
    column(tasks.map(value))
  const tracked = tasks.some(({ lineage }) => lineage.level !== undefined)
  const bred = tasks.some(({ lineage }) => lineage.parents.length > 0)
  return {
    reset: autoReset,
    level,
    ...(tracked ? { id: of(({ lineage }) => lineage.level ?? null) } : {}),
    operator: of(({ lineage }) => lineage.operator),
    ...(bred ? { parents: tasks.map(({ lineage }) => lineage.parents) } : {}),
    ...unless(
      0,
      'generation',
      of(({ lineage }) => lineage.generation),
    ),
    train: of(({ train }) => train),
    seed: tasks.map(({ seed }) => seed),
    ...unless(
      0,
      'repeat',
      of(({ repeat }) => repeat),
    ),
    ...unless(true, 'attempted', column(played.map(({ attempted }) => attempted))),
    episodes: column(played.map(({ episodes }) => episodes)),
    return: column(played.map((one) => one.return)),
    solved: column(played.map(({ solved }) => solved)),
    steps: column(played.map(({ steps }) => steps)),
    ...(report === undefined
      ? {}
      : { scored: report.score, score: of(({ id }) => report.scores[id] ?? null) }),
  }
}

const keyOf = (task: string, repeat: number): string => `${task}/${repeat}`

interface Played {
  readonly attempted: boolean
  readonly episodes: number
  readonly return: number | null
  readonly solved: number
  readonly steps: number
}

/** @param drawn episodes after the first are on other levels */
function playedOn(outcome: Outcome | undefined, drawn: boolean): Played {
  const episodes = outcome?.episodes ?? []
  const own = drawn ? episodes.filter(({ episode }) => episode === 0) : episodes
  const finished = own.filter(({ finished }) => finished)
  const sum = (value: (episode: EpisodeSummary) => number): number =>
    finished.reduce((sofar, episode) => sofar + value(episode), 0)
  return {
    attempted: episodes.length === 0 || own.length > 0,
    episodes: finished.length,
    return: finished.length === 0 ? null : sum((episode) => episode.return) / finished.length,
    solved: finished.filter(({ solved }) => solved).length,
    steps: sum(({ length }) => length),
  }
}

/** The score of each id's last task. */
export function scoresById(
  slots: Readonly<Record<string, SlotLevels>>,
): ReadonlyMap<string, number> {
  const scores = new Map<string, number>()
  for (const { level, id = null, score = null } of Object.values(slots)) {
    const values = spread(score, level.length)
    for (const [i, name] of spread(id, level.length).entries()) {
      const value = values[i]
      if (name !== null && value !== null) scores.set(name, value)
    }
  }
  return scores
}

function archivesOf(
  reports: readonly LevelReport[],
  known: ReadonlyMap<string, number>,
): Readonly<Record<string, ArchiveRow>> | null {
  const archives: Record<string, ArchiveRow> = {}
  for (const { score, archive } of reports) {
    if (archive === undefined) continue
    const { name, entries, dropped, size } = archive
    archives[name] = {
      scored: score,
      // The order in which they come is no matter of the archive, and not every language keeps it.
      entries: entries
        .toSorted((a, b) => byId(a.id, b.id))
        .map(({ id, score }) => (known.get(id) === score ? id : [id, score])),
      dropped: [...dropped].sort(byId),
      size,
    }
  }
  return Object.keys(archives).length === 0 ? null : archives
}

/** L9 before L10. */
const byId = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : Number(a > b))

function column<T extends string | number | boolean | null>(values: readonly T[]): Column<T> {
  const [first] = values
  return values.length > 0 && values.every((value) => value === first) ? first : values
}

function unless<N extends string, T extends number | boolean>(
  usual: T,
  name: N,
  values: Column<T>,
): Partial<Record<N, Column<T>>> {
  return values === usual ? {} : ({ [name]: values } as Record<N, Column<T>>)
}

/** The value of each of `count` tasks. */
export function spread<T extends string | number | boolean | null>(
  values: Column<T>,
  count: number,
): readonly T[] {
  return Array.isArray(values)
    ? (values as readonly T[])
    : Array.from({ length: count }, () => values as T)
}
