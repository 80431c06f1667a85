import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { AgonError } from '../../core/errors.ts'
import type { MetricsRow, TimingsRow } from '../contract.ts'
import { METRICS_FILE, TIMINGS_FILE } from './metrics-writer.ts'

/**
 * The rows of `metrics.jsonl` by cycle; none if the file is absent. A torn last line is passed over, so that a run can
 * be read while it goes on.
 * @throws AgonError `run/metrics-damaged` with file and line
 */
export async function readMetrics(dir: string): Promise<MetricsRow[]> {
  return (await readRows(join(dir, METRICS_FILE))) as MetricsRow[]
}

/** The rows of `timings.jsonl` by cycle: of a cycle that was run again, the row of the newest epoch. */
export async function readTimings(dir: string): Promise<TimingsRow[]> {
  const newest = new Map<number, TimingsRow>()
  for (const row of (await readRows(join(dir, TIMINGS_FILE))) as TimingsRow[]) {
    const known = newest.get(row.cycle)
    if (known === undefined || row.epoch >= known.epoch) newest.set(row.cycle, row)
  }
  return [...newest.values()].sort((a, b) => a.cycle - b.cycle)
}

async function readRows(path: string): Promise<Readonly<Record<string, number>>[]> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw new AgonError('run/unreadable', `${basename(path)} cannot be read`, {
      place: path,
      cause: error,
    })
  }
  const lines = text.split('\n')
  lines.pop()
  return lines.map((line, index) => parseRow(line, `${basename(path)}:${index + 1}`))
}

function parseRow(line: string, place: string): Readonly<Record<string, number>> {
  try {
    const row: unknown = JSON.parse(line)
    if (isRow(row)) return row
  } catch {
    // Reported below, with its place.
  }
  throw new AgonError('run/metrics-damaged', 'this line is no row of numbers with a cycle', {
    remedy: 'delete that line',
    place,
  })
}

function isRow(row: unknown): row is Readonly<Record<string, number>> {
  return (
    typeof row === 'object' &&
    row !== null &&
    Number.isSafeInteger((row as { cycle?: unknown }).cycle) &&
    Object.values(row).every((value) => typeof value === 'number')
  )
}
