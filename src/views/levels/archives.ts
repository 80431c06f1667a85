import { type Archives, archivesAfter, type KeptLevels } from '../../run/levels/kept-levels.ts'
import type { LevelReader } from '../../run/levels/level-reader.ts'
import type { Found } from './attempted.ts'
import type { StageSources } from './contract.ts'

export interface Kept {
  readonly found: readonly Found[]
  readonly notes: readonly string[]
}

/** Shared by all students. */
const SHARED = 'all'

/**
 * What the adversary kept after a row, best score first; null where it keeps none. The log has changes only, so every row before
 * is read.
 * @param attempted in that cycle
 */
export function keptLevels(
  log: LevelReader,
  index: number,
  attempted: readonly Found[],
  archiveFrom: StageSources,
): Kept | null {
  const archives = archivesAt(log, index, archiveFrom)
  if (archives.size === 0) return null
  const now = new Map<string, Found>()
  // Of several attempts on a level the trained one.
  for (const one of attempted) if (!now.get(one.name)?.trained) now.set(one.name, one)
  const found: Found[] = []
  const notes: string[] = []
  for (const [name, { scored, levels, size }] of archives) {
    const told = [...levels.values()].filter(({ origin }) => origin !== null)
    if (told.length < size) notes.push(missing(log, size - told.length, size))
    for (const { id, score, origin } of told) {
      if (origin === null) continue
      const { number, cycle, ...lineage } = origin
      const seen = now.get(id)
      found.push({
        ...{ number, name: id, ...lineage, since: cycle, scored, score },
        slots: name === SHARED ? [] : [name],
        kind: lineage.parents.length > 0 ? 'edit' : 'new',
        trained: seen?.trained ?? false,
        ...(seen?.attempt === undefined ? {} : { attempt: seen.attempt }),
      })
    }
  }
  return { found, notes }
}

/** A stage begins with nothing, or with what the one that it names had at its end. */
function archivesAt(log: LevelReader, index: number, archiveFrom: StageSources): Archives {
  const ends = new Map<string, Archives>()
  let archives: Archives = new Map()
  let stage: string | undefined
  for (const place of log.rows.slice(0, index + 1)) {
    const row = log.row(place)
    if (row.stage !== stage) {
      if (stage !== undefined) ends.set(stage, archives)
      stage = row.stage
      const from = stage === undefined ? undefined : archiveFrom[stage]
      archives = copied((from === undefined ? undefined : ends.get(from)) ?? new Map())
    }
    archives = archivesAfter(archives, row)
  }
  return archives
}

const copied = (archives: Archives): Archives =>
  new Map(
    [...archives].map(([name, kept]): [string, KeptLevels] => [
      name,
      { ...kept, levels: new Map(kept.levels) },
    ]),
  )

function missing({ rows: [first] }: LevelReader, lacking: number, size: number): string {
  const levels = `${lacking} of the ${size} levels that were kept`
  return first.cycle > 1
    ? `The log begins with cycle ${first.cycle}: it does not tell ${levels}.`
    : `The log does not tell ${levels}: no task named them.`
}
