import { closeSync, existsSync, openSync, readSync } from 'node:fs'
import { basename, join } from 'node:path'
import { AgonError } from '../../core/errors.ts'
import { scanLines } from '../metrics/scan-lines.ts'
import type { HistoryRow } from './contract.ts'
import { HISTORY_FILE } from './history-log.ts'
import { parseHistoryRow } from './history-row.ts'

/**
 * The rows of a run's history in their order, one in memory at a time. A torn last line is passed over, so that a history can
 * be read while its run goes on.
 * @throws AgonError `stress/no-history`, `run/metrics-damaged` with file and line
 */
export function* readHistory(dir: string): Generator<HistoryRow> {
  const path = join(dir, HISTORY_FILE)
  if (!existsSync(path))
    throw new AgonError('stress/no-history', `the run has no ${HISTORY_FILE}`, {
      place: dir,
      remedy:
        'only runs whose adversary searches levels have one, from their first cycle on: `agon stress` makes such runs',
    })
  const file = openSync(path, 'r')
  let buffer = Buffer.allocUnsafe(1 << 16)
  let line = 0
  try {
    for (const { start, end } of scanLines(path)) {
      line += 1
      const length = end - start
      if (length > buffer.length) buffer = Buffer.allocUnsafe(2 * length)
      readSync(file, buffer, 0, length, start)
      const row = parseHistoryRow(buffer.toString('utf8', 0, length))
      if (row === null) throw noRow(path, line)
      yield row
    }
  } finally {
    closeSync(file)
  }
}

const noRow = (path: string, line: number): AgonError =>
  new AgonError('run/metrics-damaged', `line ${line} is no row of a history`, {
    place: `${basename(path)}:${line}`,
    remedy: 'delete that line, or start the run in a new directory',
  })
