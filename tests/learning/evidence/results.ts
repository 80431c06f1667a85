import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Level } from '../train.ts'

type Row = Readonly<Record<string, number>>

/** One student of one finished run. */
export interface Result {
  /** `accel`, or with the slot where a run has several students: `paired:protagonist`. */
  readonly group: string
  readonly seed: number
  /** Of the student, as its metrics are called. */
  readonly slot: string
  /** Of the last measurement, by name with the suite. */
  readonly levels: readonly Level[]
  /** The same before the first update, where it was measured. */
  readonly untrained: readonly Level[]
  readonly envSteps: number
  readonly gradientUpdates: number
  /** Of all its cycles. */
  readonly seconds: number
  /** One a cycle. */
  readonly rows: readonly Row[]
}

interface Stored {
  readonly suite: string
  readonly levels: readonly Level[]
}

const lines = (path: string): Row[] =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

/** Levels by a name that says their suite, whether one was measured or several. */
const named = (stored: Stored | undefined): Level[] =>
  (stored?.levels ?? []).map((level) =>
    stored?.suite.includes('+') ? level : { ...level, name: `${stored?.suite}/${level.name}` },
  )

/** What a run left behind; none where it has not finished. */
export function resultsOf(out: string, algorithm: string, seed: number): Result[] {
  const dir = join(out, algorithm, `seed-${seed}`)
  const path = join(dir, 'evaluation.json')
  if (!existsSync(path)) return []
  const slots: Readonly<Record<string, { final?: Stored; baseline?: Stored }>> = JSON.parse(
    readFileSync(path, 'utf8'),
  ).slots
  const rows = lines(join(dir, 'metrics.jsonl'))
  const last = rows[rows.length - 1]
  const seconds = lines(join(dir, 'timings.jsonl')).reduce((sum, row) => sum + row.cycle_ms, 0)
  const several = Object.keys(slots).length > 1
  return Object.entries(slots).flatMap(([slot, { final, baseline }]) =>
    final === undefined
      ? []
      : {
          group: several ? `${algorithm}:${slot}` : algorithm,
          seed,
          slot,
          levels: named(final),
          untrained: named(baseline),
          envSteps: last.env_steps,
          gradientUpdates: last.gradient_updates,
          seconds: seconds / 1000,
          rows,
        },
  )
}
