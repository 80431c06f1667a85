import { readSync } from 'node:fs'
import { basename } from 'node:path'
import { AgonError } from '../../core/errors.ts'
import { scanLines } from '../metrics/scan-lines.ts'
import type { LevelRow } from './contract.ts'

/** Where a row of `levels.jsonl` is, and what its beginning says. */
export interface LevelRowPlace {
  /** From 1. */
  readonly line: number
  readonly start: number
  /** Of its line feed. */
  readonly end: number
  readonly cycle: number
  readonly updates: number
  readonly first: number
}

const BEGINNING = /^\{"cycle":(\d+),"updates":(\d+),"first":(\d+),/

/**
 * A torn last line is passed over, so that a log can be read while its run goes on.
 * @throws AgonError `run/metrics-damaged` with file and line
 */
export function indexLevelRows(path: string): readonly LevelRowPlace[] {
  const rows: LevelRowPlace[] = []
  for (const { start, end, head } of scanLines(path)) {
    const found = BEGINNING.exec(head)
    if (found === null) throw noRow(path, rows.length + 1)
    const [cycle, updates, first] = found.slice(1).map(Number)
    rows.push({ line: rows.length + 1, start, end, cycle, updates, first })
  }
  return rows
}

/**
 * @param file open for reading
 * @throws AgonError `run/metrics-damaged` with file and line
 */
export function readLevelRow(path: string, file: number, place: LevelRowPlace): LevelRow {
  const text = Buffer.allocUnsafe(place.end - place.start)
  readSync(file, text, 0, text.length, place.start)
  try {
    return JSON.parse(text.toString('utf8')) as LevelRow
  } catch {
    throw noRow(path, place.line)
  }
}

const noRow = (path: string, line: number): AgonError =>
  new AgonError('run/metrics-damaged', `line ${line} is no row of levels`, {
    place: `${basename(path)}:${line}`,
    remedy: 'delete the file: the run goes on without it, and logs its levels from then on',
  })
