import type { TypedArray } from '../../../core/tensor.ts'
import type { FootballLevel } from '../level.ts'

/** What an agent sees, one row each. Widths and dtypes are in `ENCODINGS`. */
export type Encoding =
  | 'raw'
  | 'simple115v2'
  | 'simple115'
  | 'spatial'
  | 'tizero'
  | 'tizero-mask'
  | 'grf-marl'

export interface EncodedRow {
  readonly dtype: 'float64' | 'float32' | 'uint8'
  readonly shape: readonly number[]
}

/** Where a step writes. Agents are counted left first; `[games, agents]` row after row. */
export interface GameStepBuffers {
  /** float32 `[games, agents]`: +1 for each goal of the agent's team, −1 against it. */
  readonly scoring: Float32Array
  /** float32 `[games, agents]`: what the checkpoints add to scoring. */
  readonly checkpoints: Float32Array
  /** uint8 `[games]`: ended by a flag of the level. */
  readonly terminated: Uint8Array
  /** uint8 `[games]`: ended by its duration. */
  readonly truncated: Uint8Array
  /** int32 `[games, 2]`: left, right. */
  readonly score: Int32Array
}

export interface GameBatchOptions {
  readonly games: number
  /** Agents of each side; as many as controllable players: agent i plays the i-th of them; fewer: they follow the ball. */
  readonly agents: readonly [left: number, right: number]
  /** Threads that step, the caller's among them. They never change a bit. CPU only. */
  readonly threads: number
  readonly device: 'cpu' | 'cuda'
}

/** What the dynamics of a game are drawn by, beside its step. */
export interface GameSeed {
  readonly seed: bigint
  /** 0 … 2³²−1. */
  readonly episode: number
}

/**
 * Many games stepped together; one caller at a time. A game that ended stays as it is, and says neither terminated nor
 * truncated again, until it is reset. Every player without an agent is played by the built-in AI.
 */
export interface GameBatch {
  readonly games: number
  readonly agents: readonly [left: number, right: number]
  /**
   * Puts a game at the start of a level. A refused level leaves the game as it was.
   * @throws AgonError `level/invalid` with the reason
   */
  reset(game: number, level: FootballLevel, seed: bigint, episode: number): void
  /**
   * One environment step (100 ms) of every game by action ids of the set "v2", int32 `[games, agents]`, each in its agent's own
   * view; ids that are no action are idle.
   * @throws AgonError `football/buffers` for arrays of another type or length, `football/not-reset`, `football/busy`, `football/closed`
   */
  step(actions: Int32Array, out: GameStepBuffers): void
  /**
   * The same off this thread. Actions are copied at once, results are written when it settles; until then any other call
   * but `close` is refused with `football/busy`.
   */
  stepLater(actions: Int32Array, out: GameStepBuffers): Promise<void>
  /**
   * All agents' rows, `[games, agents, …shape]`.
   * @throws AgonError `football/encoding` where a game does not fit the encoding
   */
  observe(encoding: Encoding, out: TypedArray): void
  /** A game as nobody's in particular (`active` −1), a `raw` row in field axes: for replays and pictures. */
  watch(game: number, out: Float64Array): void
  /** The whole state of a game; loaded into any lane of a batch with as many agents it goes on with the same bits. */
  save(game: number): Uint8Array
  /** @throws AgonError `football/state` with the game as it was */
  load(game: number, state: Uint8Array): void
  /** Frees the games, after a step that is under way. Any later call but this one is refused with `football/closed`. */
  close(): void
}

/** The simulator, as the addon offers it. */
export interface NativeFootball {
  /** Whether it was built with CUDA. */
  readonly cuda: boolean
  /** Why `device: 'cuda'` cannot be used here, or null. */
  cudaFault(): string | null
  /** Bytes of a saved game. */
  readonly stateBytes: number
  readonly scenarios: readonly string[]
  /**
   * A built-in scenario; some exchange the formations on odd episodes.
   * @throws AgonError `football/scenario` where there is none of that name
   */
  scenario(name: string, episode: number): FootballLevel
  /** Why the level cannot be played, or null. */
  check(level: FootballLevel): string | null
  /** @throws AgonError `football/device` where there is no such device */
  batch(options: GameBatchOptions): GameBatch
}
