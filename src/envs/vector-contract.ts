import type { ActionArray, ActionSpec } from '../core/action-space.ts'
import type { RandomStream } from '../core/random.ts'
import type { TypedArray } from '../core/tensor.ts'

/**
 * Where a step writes. Lent by the caller for the length of one call, usually views into a trajectory store
 * in shared memory. `rows = lanes × agents`, row-major, row 0 first.
 */
export interface StepBuffers {
  /** The observation *after* the step and any auto-reset: `[rows, …spec.shape]`. */
  readonly observations: Readonly<Record<string, TypedArray>>
  /** float32 `[rows]`. */
  readonly rewards: Float32Array
  /** uint8 `[rows]`: 1 where the episode ended by its own rules. */
  readonly terminated: Uint8Array
  /** uint8 `[rows]`: 1 where it was cut from outside (Gymnasium semantics); never both. */
  readonly truncated: Uint8Array
  /**
   * As `observations`: where lent, each row with `truncated` 1, or `departed` 2, gets the last observation of the episode that was cut,
   * before any auto-reset. Other rows are left alone. Lent in every step of a vector environment that was made with
   * {@link VectorOptions.finals}, and in none of another.
   */
  readonly finals?: Readonly<Record<string, TypedArray>>
  /**
   * uint8 `[rows]`: 1 where the row's agent left an episode that goes on for others by the rules, 2 where it was cut from it alone, else
   * 0; 0 too where the lane's episode ended, of which the flags speak. Lent in every step of a vector environment that was made with
   * {@link VectorOptions.departures}, and in none of another.
   */
  readonly departed?: Uint8Array
}

/**
 * What happens to a lane whose episode ended inside `step`:
 * `same-level` starts the same level again, `next-level` asks the level source, `none` leaves it ended
 * (its rewards are 0 and its flags stay set until it is reset).
 */
export type AutoReset = 'same-level' | 'next-level' | 'none'

/** Gives the level of a lane's next episode under `next-level`; asked at most one episode ahead, lane by lane in order. */
export type LevelSource<L> = (lane: number) => L

export interface VectorOptions<L> {
  /** How many lanes. Published modules and the wire know it under this name; a lane is no slot of an experiment. */
  readonly slots: number
  readonly autoReset: AutoReset
  /** Needed by `next-level`. */
  readonly nextLevel?: LevelSource<L>
  /**
   * The randomness of lane `i`'s dynamics and start draws, from its beginning each time it is asked for; what it gives
   * changes with a reset at most. Environments without any randomness never call it.
   */
  readonly stream?: (lane: number) => RandomStream
  /** Whether rows may do what the environment's bots do, which may be more than a policy may. */
  readonly bots?: boolean
  /** Whether steps are lent {@link StepBuffers.finals}; only where `Environment.givesFinals`. */
  readonly finals?: boolean
  /** Whether steps are lent {@link StepBuffers.departed}; only with `finals`, and where `Environment.givesDepartures`. */
  readonly departures?: boolean
}

/** One step of a bot. */
export interface BotStep {
  /** What every row sees, `[rows, …spec.shape]`. */
  readonly observations: Readonly<Record<string, TypedArray>>
  /** Those that the bot plays. */
  readonly rows: readonly number[]
  /** The randomness of a row, which goes on from step to step. */
  readonly random: (row: number) => RandomStream
  /** As of a step; written at the bot's own rows alone. */
  readonly actions: ActionArray
}

/** A rule that plays agents as the environment shows the game to everybody. Remembers nothing. */
export interface Bot<L = unknown> {
  act(step: BotStep): void
  /** The level as it is played with the bot in a seat: the difficulty of its team is its own. Absent: as it is. */
  level?(level: L, seat: string): L
}

/**
 * How policies of one profile play among those of others: what they see is part of what the environment shows, what they
 * choose is numbered as the environment's own actions are.
 */
export interface View {
  /** By the name in their cards, that in `spec.observations`; their mask, if they have one, is called `mask`. */
  readonly observations: Readonly<Record<string, string>>
  /** A card has to say one of these. */
  readonly actions: readonly ActionSpec[]
  /**
   * Makes what was chosen into what is done, in place; absent: it is done as it was chosen.
   * @param actions of `rows` rows
   * @param seen `[rows, …shape]` by the names in their cards, the mask among them: what was chosen upon
   */
  translate?(actions: ActionArray, seen: Readonly<Record<string, TypedArray>>): void
}

/** Many episodes side by side. Batch-first; no allocation per step. */
export interface VectorEnv<L> {
  /** As in {@link VectorOptions.slots}. */
  readonly slots: number
  /**
   * Starts `levels[i]` in `lanes[i]` and writes the first observations of *those* rows.
   * @throws AgonError `level/invalid`
   */
  reset(
    lanes: ArrayLike<number>,
    levels: readonly L[],
    out: Readonly<Record<string, TypedArray>>,
  ): void
  /**
   * `actions` is int32 `[rows]`, int32 `[rows, n]` or float32 `[rows, n]` as `spec.actions` says, each number inside it:
   * whoever acts clips to the bounds. Only read during the call. Writes every row of `out`.
   */
  step(actions: ActionArray, out: StepBuffers): void
  /**
   * A step in two halves, where `Environment.stepsApart`: what is done between them costs the environment no time. `begin` is followed by
   * `end`, and by no other call before it; `actions` are only read during `begin`.
   */
  begin?(actions: ActionArray): void
  end?(out: StepBuffers): void
  /** The step limit of the level now in `lane`. */
  maxSteps(lane: number): number
  /** The whole state of one lane; `load` into any lane of an equal environment goes on bit for bit. */
  save(lane: number): Uint8Array
  load(lane: number, state: Uint8Array, out: Readonly<Record<string, TypedArray>>): void
  /** Lets go of what lies outside this heap: a connection, native memory. Nothing else may be called afterwards. */
  close?(): void
}

/**
 * One probe over the lanes of a rollout: shadow environments that see what the student's see and the same actions. Its
 * randomness is what it is handed, and one lane never moves another. Rows as in {@link VectorEnv}; arrays are lent for the
 * length of a call.
 */
export interface Prober {
  /** An episode begins in every lane; `observations` are its first ones, `[rows, …spec.shape]`. */
  begin(observations: Readonly<Record<string, TypedArray>>): void
  /** Writes `train`, uint8 `[rows]`: 1 where the step that comes next may be learned from, else 0. */
  mask(train: Uint8Array): void
  /**
   * The student's environments took `actions`, as {@link VectorEnv.step} does, and wrote `after`. Where a flag is set the
   * episode has ended, and the observation is the first of the next.
   */
  step(actions: ActionArray, after: StepBuffers): void
  /**
   * Written by each `step`: what it would have given in the state that the probe supposes in place of the one that was, with the
   * observation after the step, before any auto-reset. It is learned from instead of what was given. Absent: what was given is.
   */
  readonly supposed?: Omit<StepBuffers, 'finals' | 'departed'>
  /**
   * Named finite numbers of an episode of `row`: of the one that ended in the last `step`, else of the one under way, up
   * to now.
   */
  extras(row: number): Readonly<Record<string, number>>
  /** As {@link VectorEnv.close}. */
  close?(): void
}

/** What a probe may know of the lanes that it watches. */
export interface WatchedLanes {
  /** By lane, canonical bytes of the level that all its episodes are on; absent where levels follow one another. */
  readonly levels?: readonly Uint8Array[]
  /** The probe's randomness in a lane, from its beginning each time it is asked for. */
  readonly stream: (lane: number) => RandomStream
}

/** A probe with its levels, for as many lanes as a shard of a rollout has. */
export type ProbeFactory = (lanes: number, watched?: WatchedLanes) => Prober
