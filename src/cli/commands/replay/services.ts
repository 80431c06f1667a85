import type { StoredReplay } from '../../../views/replay/write-stored-replay.ts'

/** What `agon replay` asks of the rest of Agon. */
export interface ReplayServices {
  /**
   * Stored football games as a page (`.html`), or one as a replay (`.json`).
   * @throws AgonError `usage/value`, `usage/argument`, `replay/*` and what runs are refused for
   */
  writeStoredReplay(games: readonly string[], path: string): Promise<StoredReplay>
}

export const replayServices = (): ReplayServices => ({
  writeStoredReplay: async (games, path) =>
    (await import('../../../views/replay/write-stored-replay.ts')).writeStoredReplay(games, path),
})
