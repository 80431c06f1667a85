import type { LevelRow } from './contract.ts'
import { scoresById, spread } from './level-row.ts'

/** Where a level came from, as the task says on which it was first attempted. */
export interface LevelOrigin {
  readonly number: number
  /** Of that task. */
  readonly cycle: number
  readonly operator: string
  readonly parents: readonly string[]
  readonly generation: number
}

export interface KeptLevel {
  readonly id: string
  readonly score: number
  /** Null where the log does not go back that far. */
  readonly origin: LevelOrigin | null
}

export interface KeptLevels {
  readonly scored: string
  readonly levels: ReadonlyMap<string, KeptLevel>
  /** What the adversary said that it holds: as many as `levels`, unless the log begins in the middle of its run. */
  readonly size: number
}

/** The levels that an adversary keeps, by archive, as rows follow upon each other. */
export type Archives = ReadonlyMap<string, KeptLevels>

/** After a row. */
export function archivesAfter(before: Archives, row: LevelRow): Archives {
  if (row.archives === undefined) return before
  const origins = originsOf(row)
  const scores = scoresById(row.slots)
  const after = new Map(before)
  for (const [name, { scored, entries, dropped, size }] of Object.entries(row.archives)) {
    // Changed in place: the map before a row is of no use after it, and copying thousands each time would be the cost.
    const levels = (before.get(name)?.levels ?? new Map()) as Map<string, KeptLevel>
    for (const entry of entries) {
      const [id, score] = typeof entry === 'string' ? [entry, scores.get(entry) ?? 0] : entry
      const known = levels.get(id)?.origin ?? origins.get(id) ?? null
      levels.set(id, { id, score, origin: known })
    }
    for (const id of dropped) levels.delete(id)
    after.set(name, { scored, levels, size })
  }
  return after
}

/** What the tasks of a row say of levels with an id. */
export function originsOf({ cycle, slots }: LevelRow): ReadonlyMap<string, LevelOrigin> {
  const origins = new Map<string, LevelOrigin>()
  for (const { level, id, operator, parents, generation } of Object.values(slots)) {
    if (id === undefined) continue
    const ids = spread(id, level.length)
    const operators = spread(operator, level.length)
    const generations = spread(generation ?? 0, level.length)
    for (const [i, name] of ids.entries())
      if (name !== null)
        origins.set(name, {
          number: level[i],
          cycle,
          operator: operators[i],
          parents: parents?.[i] ?? [],
          generation: generations[i],
        })
  }
  return origins
}
