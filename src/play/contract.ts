import type { TypedArray } from '../core/tensor.ts'
import type { FootballLevel } from '../envs/football/level.ts'
import type { Encoding, GameSeed } from '../envs/football/native/contract.ts'
import type { Policy } from '../inference/contract.ts'
import type { GameRecording } from './record/recording.ts'

/** Who plays a player. Policies and outside players are named: those of one name share one batch, in both teams. */
export type Seat =
  | { readonly kind: 'bot' }
  /** Holds no button. */
  | { readonly kind: 'idle' }
  /** Any of the actions 0 … 18 alike. */
  | { readonly kind: 'random' }
  | { readonly kind: 'policy'; readonly name: string }
  | { readonly kind: 'outside'; readonly name: string }

export interface TeamSeats {
  /**
   * For every player without a seat of his own. Players whom the level keeps from agents stay with the built-in AI, and
   * so does the keeper where the policy's profile is of outfield players alone.
   */
  readonly seat: Seat
  /** Seats of single players, by index. */
  readonly players?: Readonly<Record<number, Seat>>
  /** Difficulty of the team instead of the level's, 0 … 1. */
  readonly difficulty?: number
}

/** Actions from outside; one call a step for the players it has in all games that are going on. */
export interface OutsidePlayer {
  /** Native encodings that it wants to see. */
  readonly reads: readonly Encoding[]
  /** A game begins in `lane`; its rows are `lane · seats` and on. */
  begin?(lane: number, game: number): void
  /**
   * Ids of the set "v2", each in its player's own view, int32 `[rows]`; read at once. Rows of lanes without a game are
   * there too.
   * @param seen `[rows, …shape]` by encoding, valid during the call
   */
  act(seen: Readonly<Record<string, TypedArray>>, rows: number): Int32Array | Promise<Int32Array>
}

/** Games to be played. A game is a function of its own number, of the level and of who plays; not of how many others there are. */
export interface MatchRequest {
  readonly teams: readonly [left: TeamSeats, right: TeamSeats]
  /** The level of a game; all of them have as many players a side. */
  readonly level: (number: number) => FootballLevel
  readonly games: number
  /** Number of the first game, which the others follow: the seed of its dynamics and of all that is drawn in it. */
  readonly seed: number
  /** What the dynamics of a game are drawn by; default its number, as seed and as episode. */
  readonly dynamics?: (number: number) => GameSeed
  /** Most games that are stepped together; never changes a result. */
  readonly lanes: number
  /** Threads that step them; never changes a result. */
  readonly threads: number
  /** Where they are stepped, default `cpu`; never changes a result. */
  readonly device?: 'cpu' | 'cuda'
  /** Environment steps after which a game is cut; the level decides where it is absent. */
  readonly maxSteps?: number
  /** Which games are taken down, by their place in 0 … games − 1. */
  readonly record?: (index: number) => boolean
}

/** What plays, and who watches. */
export interface MatchParts {
  /** By the names in seats; shared with nobody while games are played. */
  readonly policies: Readonly<Record<string, Policy>>
  readonly outside?: Readonly<Record<string, OutsidePlayer>>
  /** Called as each game ends, in the order of their ends; the next step waits for it. */
  readonly onGame?: (
    result: GameResult,
    recording: GameRecording | undefined,
  ) => void | Promise<void>
  /** After each step of all games: environment steps so far. */
  readonly onStep?: (steps: number) => void
  /** Asked before each step; games under way are dropped once it says so. */
  readonly stopped?: () => boolean
}

export interface Goal {
  /** Steps played, the goal's among them. */
  readonly step: number
  readonly team: 0 | 1
}

export interface GameResult {
  /** 0 … games − 1. */
  readonly index: number
  /** The game's own number: `seed` + `index`. */
  readonly number: number
  readonly score: readonly [left: number, right: number]
  readonly goals: readonly Goal[]
  readonly steps: number
  /** Ended by a flag of the level, by its duration, or cut after `maxSteps`. */
  readonly end: 'level' | 'duration' | 'cut'
}
