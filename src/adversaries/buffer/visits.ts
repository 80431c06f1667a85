import type { Visit } from '../contract.ts'
import type { LevelBuffer } from './level-buffer.ts'

/** The last visits of every stored level, for scores of how returns change. */
export interface VisitWindow {
  /** Kept of each level. */
  readonly most: number
  /** By entry, the oldest first. */
  readonly byEntry: (readonly Visit[])[]
}

export const emptyVisits = (most: number): VisitWindow => ({ most, byEntry: [] })

/** What an entry has with this visit; of several in one cycle the last counts. Empty where nobody keeps visits. */
export function withVisit(
  { visits }: Pick<LevelBuffer, 'visits'>,
  entry: number | undefined,
  visit: Visit,
): readonly Visit[] {
  if (visits === undefined) return []
  const before = entry === undefined ? [] : (visits.byEntry[entry] ?? [])
  return [...before.filter(({ cycle }) => cycle !== visit.cycle), visit].slice(-visits.most)
}

export function keepVisits(
  { visits }: Pick<LevelBuffer, 'visits'>,
  entry: number,
  made: readonly Visit[] = [],
): void {
  if (visits !== undefined) visits.byEntry[entry] = made
}
