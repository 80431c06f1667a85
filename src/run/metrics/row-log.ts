import { appendFileSync, closeSync, fstatSync, fsyncSync, openSync, truncateSync } from 'node:fs'
import { basename } from 'node:path'
import { AgonError } from '../../core/errors.ts'
import { writeFailed } from '../durable-file.ts'
import { cycleOfLine } from './row-format.ts'
import { scanLines } from './scan-lines.ts'

/** An append-only file of one JSON object a line, ordered by cycle. */
export interface RowLog {
  /** Cycle of the last row, or −1. */
  lastCycle(): number
  append(cycle: number, line: string): void
  /** Drops every row after `cycle`; says how many rows went. */
  truncateTo(cycle: number): number
  sync(): void
  close(): void
}

export interface RowLogOptions {
  /** Whether cycles must rise from row to row, or may repeat (timings of a later epoch). */
  readonly rising: boolean
}

/**
 * Opens or creates the log. A last line without its newline was torn by a kill and is cut off: its cycle will be run
 * again.
 */
export function openRowLog(path: string, options: RowLogOptions): RowLog {
  const fd = openSync(path, 'a+')
  let last = -1
  try {
    const newest = scan(path).at(-1)
    const end = newest === undefined ? 0 : newest.end
    if (end < fstatSync(fd).size) truncateSync(path, end)
    last = newest === undefined ? -1 : newest.cycle
  } catch (error) {
    closeSync(fd)
    throw error
  }
  return {
    lastCycle: () => last,
    append(cycle, line) {
      if (options.rising && cycle <= last)
        throw new AgonError('metrics/order', `cycle ${cycle} follows cycle ${last}`, {
          remedy: 'truncate to the cut before going on from it',
          place: basename(path),
        })
      appendLine(fd, path, line)
      last = cycle
    },
    truncateTo(cycle) {
      const rows = scan(path)
      const firstDropped = rows.findIndex((row) => row.cycle > cycle)
      if (firstDropped === -1) return 0
      truncateSync(path, rows[firstDropped].start)
      last = firstDropped === 0 ? -1 : rows[firstDropped - 1].cycle
      return rows.length - firstDropped
    },
    sync: () => fsyncSync(fd),
    close: () => closeSync(fd),
  }
}

function appendLine(fd: number, path: string, line: string): void {
  try {
    appendFileSync(fd, `${line}\n`)
  } catch (cause) {
    throw writeFailed(path, cause)
  }
}

interface RowPlace {
  readonly start: number
  /** Of the row behind it. */
  readonly end: number
  readonly cycle: number
}

/** Where each complete line is, and its cycle. */
function scan(path: string): RowPlace[] {
  const rows: RowPlace[] = []
  for (const { start, end, head } of scanLines(path)) {
    const cycle = cycleOfLine(head)
    if (cycle === null)
      throw new AgonError('run/metrics-damaged', `line ${rows.length + 1} is no row of this file`, {
        remedy: 'delete that line, or start the run in a new directory',
        place: `${basename(path)}:${rows.length + 1}`,
      })
    rows.push({ start, end: end + 1, cycle })
  }
  return rows
}
