import { appendFileSync, closeSync, fsyncSync, openSync, readFileSync, truncateSync } from 'node:fs'
import { basename } from 'node:path'
import { AgonError } from '../../core/errors.ts'
import { writeFailed } from '../durable-file.ts'
import { cycleOfLine } from './row-format.ts'

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
    const bytes = readFileSync(fd)
    const end = bytes.lastIndexOf(0x0a) + 1
    if (end < bytes.length) truncateSync(path, end)
    const rows = scan(bytes.subarray(0, end), path)
    last = rows.length === 0 ? -1 : rows[rows.length - 1].cycle
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
      const rows = scan(readFileSync(path), path)
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

/** Where each complete line starts, and its cycle. */
function scan(bytes: Uint8Array, path: string): { start: number; cycle: number }[] {
  const rows: { start: number; cycle: number }[] = []
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let start = 0
  for (let end = buffer.indexOf(0x0a); end !== -1; end = buffer.indexOf(0x0a, start)) {
    const cycle = cycleOfLine(buffer.toString('utf8', start, Math.min(end, start + 40)))
    if (cycle === null)
      throw new AgonError('run/metrics-damaged', `line ${rows.length + 1} is no row of this file`, {
        remedy: 'delete that line, or start the run in a new directory',
        place: `${basename(path)}:${rows.length + 1}`,
      })
    rows.push({ start, cycle })
    start = end + 1
  }
  return rows
}
