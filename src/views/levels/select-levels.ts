import { sha256 } from '../../core/bytes.ts'
import { AgonError } from '../../core/errors.ts'
import { suggestion } from '../../core/nearest.ts'
import type { LevelRow } from '../../run/levels/contract.ts'
import { type LevelReader, openLevelReader } from '../../run/levels/level-reader.ts'
import { ancestorsOf, lineagesOf } from '../../run/levels/lineage.ts'
import { keptLevels } from './archives.ts'
import { attemptedLevels, type Found } from './attempted.ts'
import type {
  LevelQuery,
  LevelSelection,
  LevelView,
  SelectedLevel,
  StageSources,
} from './contract.ts'
import { findRow } from './find-row.ts'
import { ordered } from './order.ts'

/**
 * The levels that a run's log tells of at one update or cycle.
 * @param archiveFrom by stage, whose archive it takes over; of a run without stages: empty
 * @throws AgonError `levels/no-log`, `levels/update`, `levels/cycle`, `levels/order`, `usage/slot`,
 * `run/metrics-damaged`
 */
export function selectLevels(
  dir: string,
  query: LevelQuery,
  archiveFrom: StageSources = {},
): LevelSelection {
  const log = openLevelReader(dir)
  try {
    return select(log, dir, query, archiveFrom)
  } finally {
    log.close()
  }
}

function select(
  log: LevelReader,
  dir: string,
  query: LevelQuery,
  archiveFrom: StageSources,
): LevelSelection {
  const index = findRow(log, query, dir)
  const row = log.row(log.rows[index])
  checkSlot(row, query.slot, dir)
  const attempted = attemptedLevels(row)
  const kept = query.view === undefined ? keptLevels(log, index, attempted, archiveFrom) : null
  const view: LevelView = query.view ?? (kept === null ? 'attempted' : 'kept')
  const found = kept?.found ?? attempted.filter(({ trained }) => view !== 'trained' || trained)
  const own = found.filter(
    ({ slots }) => query.slot === undefined || slots.length === 0 || slots.includes(query.slot),
  )
  const levels = withLineage(log, index, own)
  const scored = levels.some(({ score }) => typeof score === 'number')
  const top = query.top ?? (scored ? 'score' : undefined)
  const inOrder =
    top === undefined || levels.length === 0 ? levels : ordered(levels, top, row.cycle)
  return {
    dir,
    cycle: row.cycle,
    updates: row.updates,
    ...(row.stage === undefined ? {} : { stage: row.stage }),
    view,
    ...(top === undefined ? {} : { top }),
    of: levels.length,
    levels: inOrder.slice(0, query.limit),
    notes: [...(kept?.notes ?? []), ...notesOf(row, view, levels)],
  }
}

function withLineage(
  log: LevelReader,
  index: number,
  found: readonly Found[],
): readonly SelectedLevel[] {
  const origins = lineagesOf(
    log,
    index,
    found.map(({ name }) => name),
  )
  const lines = found.map(({ name }) => ancestorsOf(origins, name))
  const bytes = log.levels([
    ...found.map(({ number }) => number),
    ...lines.flatMap((line) => line.map(({ origin }) => origin.number)),
  ])
  const bytesOf = (number: number): Uint8Array => bytes.get(number) as Uint8Array
  return found.map(({ number, ...one }, i) => ({
    ...one,
    since: origins.get(one.name)?.cycle ?? one.since,
    digest: sha256(bytesOf(number)).slice(0, 16),
    level: bytesOf(number),
    ancestry: lines[i].map(({ id, origin }) => ({
      name: id,
      operator: origin.operator,
      since: origin.cycle,
      level: bytesOf(origin.number),
    })),
  }))
}

function checkSlot({ slots }: LevelRow, slot: string | undefined, dir: string): void {
  if (slot === undefined || Object.hasOwn(slots, slot)) return
  const known = Object.keys(slots)
  throw new AgonError('usage/slot', `the run has no slot '${slot}'`, {
    place: dir,
    remedy: suggestion(slot, known),
    fields: { slots: known },
  })
}

function notesOf(
  { slots, cycle }: LevelRow,
  view: LevelView,
  levels: readonly (Found | SelectedLevel)[],
): readonly string[] {
  const drawn = Object.values(slots).some(({ reset }) => reset === 'next-level')
  return [
    ...(view === 'trained' && levels.length === 0
      ? [`No gradient was taken in cycle ${cycle}.`]
      : []),
    ...(drawn && view !== 'kept'
      ? [
          'Levels that a student drew itself, after the first episode of a task, are not in the log; they follow from the task’s seed.',
        ]
      : []),
  ]
}
