import type { EventKind } from './contract.ts'

/** Kinds of moments that people look for in a game. */
export const EVENT_KINDS = [
  'goal',
  'shot',
  'kick-off',
  'goal kick',
  'free kick',
  'corner',
  'throw-in',
  'penalty',
  'yellow card',
  'red card',
  'possession',
] as const satisfies readonly EventKind[]
