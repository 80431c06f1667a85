import { z } from 'zod'

/** Which lever is right, and whether the student sees it. */
export interface LeverLevel {
  /** From 0. */
  readonly lever: number
  readonly hidden: boolean
}

export const leverOptions = z.strictObject({
  levers: z.int().min(2).max(10_000).default(64).describe('Levers to choose among.'),
  hidden: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe('Chance that a level hides which lever is right.'),
  hiddenReward: z
    .number()
    .min(0)
    .default(10)
    .describe('What the right lever pays where it is hidden; the wrong ones pay minus that.'),
})
export type LeverOptions = z.output<typeof leverOptions>

export const OBSERVATION = 'lever'

/** What the right lever pays. */
export const stake = ({ hidden }: LeverLevel, { hiddenReward }: LeverOptions): number =>
  hidden ? hiddenReward : 1
