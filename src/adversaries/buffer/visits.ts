import type { Visit } from '../contract.ts'

/** The last visits of every stored level, for scores of how returns change. */
export interface VisitWindow {
  /** Kept of each level. */
  readonly most: number
  /** By entry, the oldest first. */
  readonly byEntry: (readonly Visit[])[]
}

/** A buffer, or whatever keeps visits. */
interface Keeper {
  readonly visits?: VisitWindow
}

export const emptyVisits = (most: number): VisitWindow => ({ most, byEntry: [] })

/** What an entry has with this visit; of several in one cycle the last counts. Empty where nobody keeps visits. */
export function withVisit(
  { visits }: Keeper,
  entry: number | undefined,
  visit: Visit,
): readonly Visit[] {
  if (visits === undefined) return []
  const before = entry === undefined ? [] : (visits.byEntry[entry] ?? [])
  return [...before.filter(({ cycle }) => cycle !== visit.cycle), visit].slice(-visits.most)
}

export function keepVisits({ visits }: Keeper, entry: number, made: readonly Visit[] = []): void {
  if (visits !== undefined) visits.byEntry[entry] = made
}
