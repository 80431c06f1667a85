import type { RunConfig } from '../run/contract.ts'

/** From so many cores on it is worth a word how few of them one run uses. */
const MANY_CORES = 4

/** Threads that play and learn for all students of a run; more of them than shards stay idle. */
export function learningThreads({
  students,
  workers,
}: Pick<RunConfig, 'students' | 'workers'>): number {
  return Object.values(students).reduce(
    (sum, { options }) => sum + Math.min(workers, shardsOf(options) ?? workers),
    0,
  )
}

/** What to know of a run on a machine with so many cores, a sentence each. Figures: docs/many-cores.md. */
export function coreNotes(
  config: Pick<RunConfig, 'students' | 'workers' | 'placement'>,
  cores: number,
): readonly string[] {
  if (!learnsHere(config.placement)) return []
  const notes: string[] = []
  const threads = learningThreads(config)
  for (const [slot, { options }] of Object.entries(config.students)) {
    const shards = shardsOf(options) ?? config.workers
    if (config.workers > shards)
      notes.push(
        `workers ${config.workers} have ${shards} shards of '${slot}': ${config.workers - shards} stay idle`,
      )
  }
  const seeds = Math.floor(cores / threads)
  if (cores >= MANY_CORES && seeds > 1)
    notes.push(
      `this run learns on ${threads} of ${cores} cores, and more hardly pay for one student: ${seeds} seeds side by side use the rest (agon sweep)`,
    )
  return notes
}

function shardsOf({ shards }: Readonly<Record<string, unknown>>): number | undefined {
  return typeof shards === 'number' ? shards : undefined
}

function learnsHere({ student }: RunConfig['placement']): boolean {
  const places = typeof student === 'string' ? [student] : Object.values(student)
  return places.every((place) => ['local', 'thread', 'process'].includes(place))
}
