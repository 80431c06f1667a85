import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { openRowLog, type RowLog } from '../metrics/row-log.ts'
import { type CycleHistory, formatHistoryRow, historyRows } from './history-row.ts'

export const HISTORY_FILE = 'history.jsonl'

/**
 * Writes `history.jsonl` of a run directory, from the first cycle on in which the adversary tells what came of candidates. Rows
 * reach the file (not the disk) at once.
 */
export interface HistoryLog {
  append(cycle: CycleHistory): void
  /** Going on from a cut: drops the rows after its cycle, so that the file ends up with the bytes of an undisturbed run. */
  truncateTo(cycle: number): void
  sync(): void
  close(): void
}

/** @throws AgonError `run/metrics-damaged` with file and line */
export function openHistoryLog(dir: string): HistoryLog {
  const path = join(dir, HISTORY_FILE)
  const open = (): RowLog => openRowLog(path, { rising: false })
  let log = existsSync(path) ? open() : null
  return {
    append(cycle) {
      const rows = historyRows(cycle)
      if (rows.length === 0) return
      log ??= open()
      // All of a cycle at once: fewer calls, and a reader seldom sees a part of one.
      log.append(cycle.cycle, rows.map(formatHistoryRow).join('\n'))
    },
    truncateTo(cycle) {
      log?.truncateTo(cycle)
      log?.sync()
    },
    sync: () => log?.sync(),
    close: () => log?.close(),
  }
}
