import { closeSync, existsSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { AgonError } from '../../core/errors.ts'
import type { LevelRow } from './contract.ts'
import { indexLevelRows, type LevelRowPlace, readLevelRow } from './level-index.ts'
import { LEVELS_FILE } from './level-log.ts'

/** A run's log of levels, open for reading. */
export interface LevelReader {
  /** In the order of cycles; one at least. */
  readonly rows: readonly LevelRowPlace[]
  row(place: LevelRowPlace): LevelRow
  /** Canonical bytes by number. */
  levels(numbers: Iterable<number>): ReadonlyMap<number, Uint8Array>
  close(): void
}

/** @throws AgonError `levels/no-log`, `run/metrics-damaged` */
export function openLevelReader(dir: string): LevelReader {
  const path = join(dir, LEVELS_FILE)
  if (!existsSync(path))
    throw new AgonError('levels/no-log', `the run has no ${LEVELS_FILE}`, {
      place: dir,
      remedy:
        'it was made by an Agon that kept none, or with levelLog: false; `agon report` shows what its adversary kept at the last cut',
    })
  const rows = indexLevelRows(path)
  if (rows.length === 0)
    throw new AgonError('levels/no-log', `${LEVELS_FILE} has no row yet`, {
      place: dir,
      remedy: 'wait for the first cycle of the run',
    })
  const file = openSync(path, 'r')
  return {
    rows,
    row: (place) => readLevelRow(path, file, place),
    levels(numbers) {
      const found = new Map<number, Uint8Array>()
      let place: LevelRowPlace | null = null
      let texts: readonly string[] = []
      for (const number of [...new Set(numbers)].sort((a, b) => a - b)) {
        const holder = rows[rowOf(rows, number)]
        if (holder !== place) texts = readLevelRow(path, file, holder).new
        place = holder
        found.set(number, Buffer.from(texts[number - holder.first], 'base64'))
      }
      return found
    },
    close: () => closeSync(file),
  }
}

/** The last row that begins at or before the number. */
function rowOf(rows: readonly LevelRowPlace[], number: number): number {
  let low = 0
  let high = rows.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (rows[middle].first <= number) low = middle
    else high = middle - 1
  }
  return low
}
