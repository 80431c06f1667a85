import type { LevelBuffer } from '../buffer/level-buffer.ts'
import type { CuratorRecord } from './curator.ts'

export type SerialsByGroup = Readonly<Record<string, readonly number[]>>

export interface EditSelection {
  readonly editSelection: 'batch' | 'easy' | 'hard'
  readonly editParents: number
}

/** The replayed levels of the cycle under way, in task order; null if it replays nothing. */
export function levelsUnderReplay(record: CuratorRecord): SerialsByGroup | null {
  const groups = Object.entries(record.pending?.candidates ?? {}).map(
    ([name, candidates]) =>
      [name, candidates.filter(({ replayed }) => replayed).map(({ serial }) => serial)] as const,
  )
  return groups.some(([, serials]) => serials.length > 0) ? Object.fromEntries(groups) : null
}

/**
 * The parents of the next edits among levels just replayed: all of them, or the `editParents` with the lowest
 * (`easy`) or highest (`hard`) scores in the buffer; equals in batch order. A level drawn twice counts twice.
 */
export function selectParents(
  record: CuratorRecord,
  played: SerialsByGroup,
  { editSelection, editParents }: EditSelection,
): SerialsByGroup {
  if (editSelection === 'batch') return played
  const sign = editSelection === 'easy' ? 1 : -1
  return Object.fromEntries(
    Object.entries(played).map(([name, serials]) => {
      const score = scoreIn(record.archives[name])
      const chosen = serials.toSorted((a, b) => sign * (score(a) - score(b))).slice(0, editParents)
      return [name, chosen]
    }),
  )
}

/** A replayed level is still in the buffer right after its cycle: replay cycles only update. */
function scoreIn(buffer: LevelBuffer): (serial: number) => number {
  return (serial) => buffer.scores[buffer.entryOfSerial.get(serial) ?? 0]
}
