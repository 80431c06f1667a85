import type { Bot } from '../contract.ts'
import { BUILTIN_AI } from './actions.ts'
import type { FootballLevel } from './level.ts'

/** Players of a seat who do the same in every step: `builtin` leaves them to the built-in AI, `idle` holds no button. */
const ALWAYS: Readonly<Record<string, number>> = { builtin: BUILTIN_AI, idle: 0 }

export const BOTS: readonly string[] = Object.keys(ALWAYS)

/**
 * @param name one of {@link BOTS}
 * @param difficulty of its team instead of the level's, 0 … 1
 */
export function footballBot(name: string, difficulty?: number): Bot<FootballLevel> {
  const action = ALWAYS[name]
  return {
    act({ rows, actions }) {
      for (const row of rows) actions[row] = action
    },
    ...(difficulty === undefined
      ? {}
      : { level: (level, seat) => withDifficulty(level, seat, difficulty) }),
  }
}

/** Levels hold float32. */
function withDifficulty(level: FootballLevel, seat: string, share: number): FootballLevel {
  const [left, right] = level.difficulty
  const own = Math.fround(share)
  return { ...level, difficulty: seat === 'left' ? [own, right] : [left, own] }
}
