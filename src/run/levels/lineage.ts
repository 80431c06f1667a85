import { type LevelOrigin, originsOf } from './kept-levels.ts'
import type { LevelReader } from './level-reader.ts'

/**
 * How the levels of these ids and all their ancestors came about, as the tasks say on which they were first attempted. Rows are read
 * backwards from `index` until everyone is found; who came before the log is left out.
 */
export function lineagesOf(
  log: LevelReader,
  index: number,
  ids: Iterable<string>,
): ReadonlyMap<string, LevelOrigin> {
  const found = new Map<string, LevelOrigin>()
  const wanted = new Set(ids)
  for (let at = index; at >= 0 && wanted.size > 0; at--) {
    const open = [...originsOf(log.row(log.rows[at]))].filter(
      ([id, { operator }]) => operator !== 'replay' && wanted.has(id),
    )
    for (const [id, origin] of open) {
      found.set(id, origin)
      wanted.delete(id)
      for (const parent of origin.parents) if (!found.has(parent)) wanted.add(parent)
    }
  }
  return found
}

/** From the level's first parent back to the one without parents, as far as is known. */
export function ancestorsOf(
  origins: ReadonlyMap<string, LevelOrigin>,
  id: string,
): readonly { readonly id: string; readonly origin: LevelOrigin }[] {
  const line: { id: string; origin: LevelOrigin }[] = []
  const seen = new Set([id])
  for (let at = origins.get(id)?.parents[0]; at !== undefined && !seen.has(at); ) {
    seen.add(at)
    const origin = origins.get(at)
    if (origin === undefined) break
    line.push({ id: at, origin })
    at = origin.parents[0]
  }
  return line
}
