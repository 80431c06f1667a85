import { AgonError } from '../../core/errors.ts'
import type { LevelReader } from '../../run/levels/level-reader.ts'
import type { LevelQuery } from './contract.ts'

/**
 * The row of an update or a cycle; of neither: the newest, or the newest in which a gradient was taken where that is asked for.
 * @throws AgonError `levels/update`, `levels/cycle` where the log has no such row
 */
export function findRow(
  log: LevelReader,
  { update, cycle, view }: Pick<LevelQuery, 'update' | 'cycle' | 'view'>,
  dir: string,
): number {
  const { rows } = log
  const [first] = rows
  const last = rows[rows.length - 1]
  if (cycle !== undefined) {
    const index = rows.findIndex((row) => row.cycle === cycle)
    if (index >= 0) return index
    throw outside('levels/cycle', `cycle ${cycle}`, 'cycles', first.cycle, last.cycle, dir)
  }
  if (update === undefined) {
    const trained = rows.findLastIndex((row, i) => i > 0 && row.updates > rows[i - 1].updates)
    return view === 'trained' ? Math.max(0, trained) : rows.length - 1
  }
  const index = rows.findIndex((row) => row.updates >= update)
  const oldest = first.updates - updatesIn(log, 0) + 1
  if (index >= 0 && update >= oldest) return index
  throw outside('levels/update', `update ${update}`, 'updates', oldest, last.updates, dir)
}

/** Of the slot with the most, as runs count them. */
const updatesIn = (log: LevelReader, index: number): number =>
  Math.max(0, ...Object.values(log.row(log.rows[index]).slots).map(({ updates }) => updates))

function outside(
  code: string,
  asked: string,
  unit: string,
  from: number,
  to: number,
  dir: string,
): AgonError {
  const has = to < from ? `no ${unit} yet` : `${unit} ${from} to ${to}`
  return new AgonError(code, `the log of this run has no ${asked}`, {
    place: dir,
    remedy: `it has ${has}`,
    fields: { from, to },
  })
}
