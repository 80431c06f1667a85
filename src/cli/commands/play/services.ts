import type { Played, PlayRequest } from './play-request.ts'

/** What `agon play` asks of the rest of Agon. */
export interface PlayServices {
  /** @throws AgonError `play/*`, `policy/*`, `level/*`, `football/*` and what files fail of */
  playFootball(request: PlayRequest): Promise<Played>
}

export const playServices = (): PlayServices => ({
  playFootball: async (request) => (await import('./play-football.ts')).playFootball(request),
})
