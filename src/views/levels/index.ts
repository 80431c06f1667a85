export type { LevelQuery } from './contract.ts'
export { type PresentedLevels, presentLevels } from './present-levels.ts'
