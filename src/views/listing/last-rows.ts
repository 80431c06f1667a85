import { type FileHandle, open } from 'node:fs/promises'
import { fromUtf8 } from '../../core/bytes.ts'
import type { MetricsRow } from '../../run/contract.ts'

export interface LastRows {
  readonly last: MetricsRow | null
  /** The newest row that has the wanted key. */
  readonly measured: MetricsRow | null
}

const FIRST_READ = 64 * 1024
/** Evaluations further back than this are not looked for. */
const MOST_READ = 16 * 1024 * 1024

/** Reads metrics from their end, since a listing wants two rows out of many thousand. Torn lines are passed over. */
export async function lastRows(path: string, key: string | null): Promise<LastRows> {
  let file: FileHandle
  try {
    file = await open(path)
  } catch {
    return { last: null, measured: null }
  }
  try {
    const { size } = await file.stat()
    for (let wanted = FIRST_READ; ; wanted *= 4) {
      const rows = await rowsOfTail(file, size, Math.min(wanted, size))
      const found = {
        last: rows.at(-1) ?? null,
        measured: key === null ? null : (rows.findLast((row) => key in row) ?? null),
      }
      const complete = found.last !== null && (key === null || found.measured !== null)
      if (complete || wanted >= size || wanted >= MOST_READ) return found
    }
  } finally {
    await file.close()
  }
}

async function rowsOfTail(file: FileHandle, size: number, length: number): Promise<MetricsRow[]> {
  const bytes = new Uint8Array(length)
  await file.read(bytes, 0, length, size - length)
  // Whole lines only: what stands before the first and behind the last line feed may be a part of one.
  const start = length === size ? 0 : bytes.indexOf(10) + 1
  const lines = fromUtf8(bytes.subarray(start, bytes.lastIndexOf(10) + 1)).split('\n')
  return lines.flatMap((line) => {
    try {
      const row: unknown = JSON.parse(line)
      return typeof row === 'object' && row !== null && 'cycle' in row ? [row as MetricsRow] : []
    } catch {
      return []
    }
  })
}
