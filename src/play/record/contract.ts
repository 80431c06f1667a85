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
] as const
export type EventKind = (typeof EVENT_KINDS)[number]

export interface ReplayEvent {
  /** The first row that shows it. */
  readonly row: number
  readonly kind: EventKind
  /** 0 left, 1 right: who scored, shot, takes the restart, was carded, has the ball now. */
  readonly team: 0 | 1
  /** Index in that team; absent where nobody can be named, or for a goal of the other team's making. */
  readonly player?: number
}

export interface ReplayTeam {
  /** What plays it: `tizero`, `bot 0.95`. */
  readonly name: string
  /** Roles of its players, such as `GK`. */
  readonly roles: readonly string[]
}

/** What is said about a game beside its rows. */
export interface ReplayAbout {
  /** Scenario or level. */
  readonly title: string
  readonly teams: readonly [ReplayTeam, ReplayTeam]
  readonly seed?: number
  /** Left, right. */
  readonly difficulty?: readonly [number, number]
}

/**
 * A game to be looked at, as a JSON file: format `agon-football-replay`, version 1 (docs/play.md). Columns are
 * row-major, little-endian, in base64, in field axes; players are counted left team first.
 */
export interface Replay {
  readonly format: 'agon-football-replay'
  readonly version: 1
  readonly about: ReplayAbout
  /** Observations: the first before the first step. Rows are 0.1 s apart. */
  readonly rows: number
  readonly events: readonly ReplayEvent[]
  readonly columns: Readonly<Record<ReplayColumn, string>>
}

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
} as const

export type ReplayColumn = keyof typeof REPLAY_COLUMNS
