import type { ReplayColumn, ReplayColumnFormat } from './contract.ts'

/**
 * Per column: element type, elements a row (`p` players), and what one unit is. Velocities are in m/s, y down.
 * Cards: 1 yellow, 2 sent off. Owner: −1 or a player.
 */
export const REPLAY_COLUMNS = {
  ball: { type: 'int16', width: () => 3, unit: 'x, y 2^-14 of a field unit; z 1/512 m' },
  owner: { type: 'int8', width: () => 1, unit: 'player, -1 nobody' },
  mode: { type: 'uint8', width: () => 1, unit: 'game mode 0 … 6' },
  score: { type: 'uint8', width: () => 2, unit: 'goals left, right' },
  stepsLeft: { type: 'uint16', width: () => 1, unit: 'steps' },
  place: { type: 'int16', width: (p: number) => 2 * p, unit: 'x, y 2^-14 of a field unit' },
  velocity: { type: 'int8', width: (p: number) => 2 * p, unit: 'x, y 0.1 m/s' },
  tired: { type: 'uint8', width: (p: number) => p, unit: '1/255' },
  cards: { type: 'uint8', width: (p: number) => p, unit: 'bits: 1 yellow, 2 sent off' },
  sticky: { type: 'uint16', width: (p: number) => p, unit: 'bits: 8 directions, sprint, dribble' },
  action: { type: 'int8', width: (p: number) => p, unit: 'v2 id, 19 built-in AI, -1 unknown' },
} as const satisfies Readonly<Record<ReplayColumn, ReplayColumnFormat>>
