/** Kinds of moments that people look for in a game. */
export type EventKind =
  | 'goal'
  | 'shot'
  | 'kick-off'
  | 'goal kick'
  | 'free kick'
  | 'corner'
  | 'throw-in'
  | 'penalty'
  | 'yellow card'
  | 'red card'
  | 'possession'

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

/** Columns of a replay; their formats are in `REPLAY_COLUMNS`. */
export type ReplayColumn =
  | 'ball'
  | 'owner'
  | 'mode'
  | 'score'
  | 'stepsLeft'
  | 'place'
  | 'velocity'
  | 'tired'
  | 'cards'
  | 'sticky'
  | 'action'

/** Of one column: element type, elements a row (`p` players), and what one unit is. */
export interface ReplayColumnFormat {
  readonly type: 'int16' | 'int8' | 'uint8' | 'uint16'
  readonly width: (players: number) => number
  readonly unit: string
}

/** A ball struck in open play, by whoever had it last. */
export interface Kick {
  /** The first row that shows the ball going. */
  readonly row: number
  readonly team: 0 | 1
  readonly player: number
  readonly shot: boolean
}
