import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'

/** What a clock or the course of events decides; everything else in a run directory is exact. */
const INEXACT =
  /^(timings\.jsonl|journal\.jsonl|manifest\.json|report\.html|lock|(stages\/[^/]+\/)?tensorboard\/)/

/** Relative path → hash of every file of a run that must be the same in an equal run. */
export function exactFiles(run: string): Record<string, string> {
  const found: Record<string, string> = {}
  const walk = (folder: string): void => {
    for (const name of readdirSync(folder).sort()) {
      const path = join(folder, name)
      if (statSync(path).isDirectory()) {
        walk(path)
        continue
      }
      const key = relative(run, path).replaceAll('\\', '/')
      if (!INEXACT.test(key))
        found[key] = createHash('sha256').update(readFileSync(path)).digest('hex')
    }
  }
  walk(run)
  return found
}

export interface JournalLine {
  readonly kind: string
  readonly epoch: number
  readonly cycle: number
}

export function journalOf(run: string): JournalLine[] {
  return readFileSync(join(run, 'journal.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}
