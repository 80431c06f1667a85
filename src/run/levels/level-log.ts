import { closeSync, existsSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { openRowLog } from '../metrics/row-log.ts'
import { indexLevelRows, readLevelRow } from './level-index.ts'
import { LevelNumbers, WINDOW } from './level-numbers.ts'
import { type CycleLevels, levelRow } from './level-row.ts'

export const LEVELS_FILE = 'levels.jsonl'

/** Writes `levels.jsonl` of a run directory. Rows reach the file (not the disk) at once. */
export interface LevelLog {
  append(cycle: CycleLevels): void
  /** Going on from a cut: drops the rows after its cycle, so that the file ends up with the bytes of an undisturbed run. */
  truncateTo(cycle: number): void
  sync(): void
  close(): void
}

/**
 * @param on where the config keeps no log, rows of an earlier time are cut back with the run all the same
 * @throws AgonError `run/metrics-damaged` with file and line
 */
export function openLevelLog(dir: string, on: boolean): LevelLog {
  const path = join(dir, LEVELS_FILE)
  if (!on && !existsSync(path)) return NONE
  const log = openRowLog(path, { rising: true })
  let numbers: LevelNumbers | null = null
  return {
    append(cycle) {
      if (!on) return
      numbers ??= knownNumbers(path)
      const row = levelRow(cycle, numbers)
      log.append(row.cycle, JSON.stringify(row))
    },
    truncateTo(cycle) {
      log.truncateTo(cycle)
      log.sync()
      numbers = null
    },
    sync: log.sync,
    close: log.close,
  }
}

const nothing = (): void => {}
const NONE: LevelLog = { append: nothing, truncateTo: nothing, sync: nothing, close: nothing }

/** What a log knows: the levels of its newest rows. */
function knownNumbers(path: string): LevelNumbers {
  const rows = indexLevelRows(path)
  const last = rows.at(-1)
  if (last === undefined) return new LevelNumbers()
  const file = openSync(path, 'r')
  try {
    const next = last.first + readLevelRow(path, file, last).new.length
    const oldest = rows.findLastIndex(({ first }) => first <= next - WINDOW)
    const from = rows.slice(Math.max(0, oldest))
    const numbers = new LevelNumbers(from[0].first)
    for (const row of from)
      for (const level of readLevelRow(path, file, row).new)
        numbers.numberOf(Buffer.from(level, 'base64'))
    return numbers
  } finally {
    closeSync(file)
  }
}
