import type { Bot } from '../contract.ts'
import { BUILTIN_AI } from './actions.ts'

/** Players of a seat who do the same in every step: `builtin` leaves them to the built-in AI, `idle` holds no button. */
const ALWAYS: Readonly<Record<string, number>> = { builtin: BUILTIN_AI, idle: 0 }

export const BOTS: readonly string[] = Object.keys(ALWAYS)

/** @param name one of {@link BOTS} */
export function footballBot(name: string): Bot {
  const action = ALWAYS[name]
  return {
    act({ rows, actions }) {
      for (const row of rows) actions[row] = action
    },
  }
}
