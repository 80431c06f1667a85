import type { Replay } from '../../play/record/contract.ts'

/** Stored games, not more of a folder than a page takes. */
export interface StoredGames {
  readonly replays: readonly Replay[]
  /** How many there are, with those left out. */
  readonly found: number
}
