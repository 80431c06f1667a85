import type { LevelQuery, PresentedLevels } from '../../../views/levels/index.ts'

/** What `agon levels` asks of the rest of Agon. */
export interface LevelsServices {
  levels(dir: string, query: LevelQuery): Promise<PresentedLevels>
}

export const levelsServices = (): LevelsServices => ({
  levels: async (dir, query) =>
    (await import('../../../views/levels/index.ts')).presentLevels(dir, query),
})
