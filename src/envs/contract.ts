import type { ZodType } from 'zod'
import type { ActionArray, ActionSpec } from '../core/action-space.ts'
import type { ErrorRecord } from '../core/errors.ts'
import type { ModuleUrl } from '../core/module.ts'
import type { RandomStream } from '../core/random.ts'
import type { TensorSpec, TypedArray } from '../core/tensor.ts'

/**
 * What an environment is to the rest of Agon: a level space (what an adversary searches) and, where there is something
 * to step, a vector environment. Adversaries see only the first, learners that step only the second.
 *
 * `L` is a level: the free parameters of a task. Levels are immutable, encodable and comparable; what they are inside
 * is the environment's own business (a wall map, a kick-off state, a prompt, a program, a split of a dataset).
 */

/** Named numbers that describe a level: archive descriptors, metrics, complexity. Absent is not zero. */
export type LevelFeatures = Readonly<Record<string, number>>

/** A box of real numbers that levels are points of, for searches over vectors. */
export interface Genome<L> {
  readonly bounds: GenomeBounds
  /** Where the level lies, inside the bounds. @throws AgonError `level/genome` for a level that is no point of this box */
  toVector(level: L): Float64Array
  /**
   * The level at a point. Each number is clipped to its bounds, then rounded where whole numbers stand; what the genome
   * does not name is as the environment's options have it. Every point gives a level that can be attempted, and the point
   * of that level gives it again.
   * @throws AgonError `level/genome` for another length, or for what is no number
   */
  fromVector(vector: ArrayLike<number>): L
}

/** One number for each name; all arrays are as long as `names`. */
export interface GenomeBounds {
  readonly names: readonly string[]
  readonly low: readonly number[]
  /** Not below `low`. */
  readonly high: readonly number[]
  /** True where only whole numbers stand, halves rounded upwards; absent: nowhere. */
  readonly integer?: readonly boolean[]
}

export interface Mutation<L> {
  readonly level: L
  /** Name of the operator that made it, for the lineage: `edit`, `crossover`, `translate`. */
  readonly operator: string
}

/** Pure operations on levels. Every random draw takes a stream. */
export interface LevelSpace<L> {
  /** A level of the generator that the environment's options name. */
  sample(stream: RandomStream): L
  /** The names that `mutate` takes; absent where there is but the space's own operator. */
  readonly operators?: readonly string[]
  /**
   * A changed copy of `level`: by the operator named, or by the space's own with its own number of edits.
   * @throws AgonError `level/operator` with the nearest
   */
  mutate(level: L, stream: RandomStream, operator?: string): Mutation<L>
  /**
   * A level between two others, neither of which is changed. Absent where levels do not cross.
   * @throws AgonError `level/crossover` for two that have no child
   */
  crossover?(a: L, b: L, stream: RandomStream): Mutation<L>
  /** Absent where levels are no points of a box. */
  readonly genome?: Genome<L>
  /** Equal keys ⇔ the same level to a buffer that keeps no duplicates. Which fields count is a profile's choice. */
  key(level: L): string
  /** Canonical bytes: equal levels (every field) give equal bytes; `decode(encode(l))` is `l`. */
  encode(level: L): Uint8Array
  /** @throws AgonError `level/corrupt` */
  decode(bytes: Uint8Array): L
  /** A form for people's files; `parse(format(l))` is `l`. */
  format(level: L): string
  /** @throws AgonError `level/invalid` with the row and column or field in `place` */
  parse(text: string): L
  /**
   * Every level of a file, by name, for a form in which blank lines stand inside a level (a program, a prompt).
   * Absent where blank lines part the levels of a file, each of which `parse` reads.
   * @throws AgonError `level/invalid` as {@link LevelSpace.parse}
   */
  parseFile?(text: string): readonly { readonly name: string; readonly level: L }[]
  /** Why the level cannot be attempted, or null. */
  validate(level: L): string | null
  features(level: L): LevelFeatures
  /**
   * A self-contained `<svg>` element, well-formed as a file of its own: reports show it as an image, in which no script
   * runs and nothing loads. Absent where a picture makes no sense.
   */
  draw?(level: L): string
}

export type {
  ActionArray,
  ActionSpec,
  BoxActions,
  DiscreteActions,
  MultiDiscreteActions,
} from '../core/action-space.ts'

/**
 * What a policy meets. Of an environment without steps (prompts, programs, datasets): no observations, `{}`, which is how
 * it is told from others; no actions, count 0; one agent, who attempts the level; one seat, which outcomes name.
 */
export interface EnvironmentSpec {
  /** Registered id, `maze`; with the profile it names the semantics a policy was trained on. */
  readonly id: string
  readonly profile: string
  /** Per row, without the batch axis: `{ image: { dtype: 'uint8', shape: [5, 5, 3] } }`. */
  readonly observations: Readonly<Record<string, TensorSpec>>
  readonly actions: ActionSpec
  /** Agents in one slot. A vector environment of `n` slots has `n × agents` rows, row = slot · agents + agent. */
  readonly agents: number
  /** Groups of agents that a policy may be seated in, by name: `{ agent: [0] }`, `{ left: [0, 1], right: [2, 3] }`. */
  readonly seats: Readonly<Record<string, readonly number[]>>
}

/**
 * Where a step writes. Lent by the caller for the length of one call, usually views into a trajectory store
 * in shared memory. `rows = slots × agents`, row-major, row 0 first.
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
   * As `observations`: where lent, each row with `truncated` 1 gets the last observation of the episode that was cut, before any
   * auto-reset. Other rows are left alone. Lent in every step of a vector environment that was made with
   * {@link VectorOptions.finals}, and in none of another.
   */
  readonly finals?: Readonly<Record<string, TypedArray>>
}

/**
 * What happens to a slot whose episode ended inside `step`:
 * `same-level` starts the same level again, `next-level` asks the level source, `none` leaves it ended
 * (its rewards are 0 and its flags stay set until it is reset).
 */
export type AutoReset = 'same-level' | 'next-level' | 'none'

/** Gives the level of a slot's next episode under `next-level`; asked at most one episode ahead, slot by slot in order. */
export type LevelSource<L> = (slot: number) => L

export interface VectorOptions<L> {
  readonly slots: number
  readonly autoReset: AutoReset
  /** Needed by `next-level`. */
  readonly nextLevel?: LevelSource<L>
  /**
   * The randomness of slot `i`'s dynamics and start draws, from its beginning each time it is asked for; what it gives
   * changes with a reset at most. Environments without any randomness never call it.
   */
  readonly stream?: (slot: number) => RandomStream
  /** Whether rows may do what the environment's bots do, which may be more than a policy may. */
  readonly bots?: boolean
  /** Whether steps are lent {@link StepBuffers.finals}; only where {@link Environment.givesFinals}. */
  readonly finals?: boolean
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
export interface Bot {
  act(step: BotStep): void
}

/** Many episodes side by side. Batch-first; no allocation per step. */
export interface VectorEnv<L> {
  readonly slots: number
  /**
   * Starts `levels[i]` in `slots[i]` and writes the first observations of *those* rows.
   * @throws AgonError `level/invalid`
   */
  reset(
    slots: ArrayLike<number>,
    levels: readonly L[],
    out: Readonly<Record<string, TypedArray>>,
  ): void
  /**
   * `actions` is int32 `[rows]`, int32 `[rows, n]` or float32 `[rows, n]` as `spec.actions` says, each number inside it:
   * whoever acts clips to the bounds. Only read during the call. Writes every row of `out`.
   */
  step(actions: ActionArray, out: StepBuffers): void
  /** The step limit of the level now in `slot`. */
  maxSteps(slot: number): number
  /** The whole state of one slot; `load` into any slot of an equal environment goes on bit for bit. */
  save(slot: number): Uint8Array
  load(slot: number, state: Uint8Array, out: Readonly<Record<string, TypedArray>>): void
  /** Lets go of what lies outside this heap: a connection, native memory. Nothing else may be called afterwards. */
  close?(): void
}

/**
 * One probe over the slots of a rollout: shadow environments that see what the student's see and the same actions. It
 * has no randomness of its own, and one slot never moves another. Rows as in {@link VectorEnv}; arrays are lent for the
 * length of a call.
 */
export interface Prober {
  /** An episode begins in every slot; `observations` are its first ones, `[rows, …spec.shape]`. */
  begin(observations: Readonly<Record<string, TypedArray>>): void
  /** Writes `train`, uint8 `[rows]`: 1 where the step that comes next may be learned from, else 0. */
  mask(train: Uint8Array): void
  /**
   * The student's environments took `actions`, as {@link VectorEnv.step} does, and wrote `after`. Where a flag is set the
   * episode has ended, and the observation is the first of the next.
   */
  step(actions: ActionArray, after: StepBuffers): void
  /**
   * Named finite numbers of an episode of `row`: of the one that ended in the last `step`, else of the one under way, up
   * to now.
   */
  extras(row: number): Readonly<Record<string, number>>
  /** As {@link VectorEnv.close}. */
  close?(): void
}

/** A probe with its levels, for as many slots as a shard of a rollout has. */
export type ProbeFactory = (slots: number) => Prober

/**
 * What an evaluation says of its episodes beside the share that was solved: the mean of their return or length, or the share of
 * them in which that is above a number.
 */
export interface Measure {
  /** Words of a-z and 0-9 joined by `_`, at most 60 characters: `goal_difference`. Neither `solved_rate` nor `mean_return`. */
  readonly name: string
  /** One sentence, for people. */
  readonly about: string
  readonly better: 'higher' | 'lower'
  /** Of an episode: its undiscounted return, or its steps. */
  readonly of: 'return' | 'length'
  /** Finite. Absent: the mean. */
  readonly above?: number
}

/** A named list of sealed evaluation tasks. */
export interface SuiteEntry<L> {
  /** Unique in its suite: `SixteenRooms`. */
  readonly name: string
  /**
   * The level of episode `episode`. Fixed mazes give the same one each time, procedural ones draw from `stream`
   * (already keyed by seed, entry and episode).
   */
  level(stream: RandomStream, episode: number): L
}

export interface Suite<L> {
  /** `maze/minimax-train`. */
  readonly id: string
  readonly about: string
  readonly entries: readonly SuiteEntry<L>[]
}

/** An environment with its options applied. */
export interface Environment<L> {
  readonly spec: EnvironmentSpec
  readonly levels: LevelSpace<L>
  /** Absent where there is nothing to step; ask for it through `steppable`. */
  vector?(options: VectorOptions<L>): VectorEnv<L>
  /**
   * The names of the built-in suites; `suite(id)` gives one.
   * Every environment also has `random:<n>` (n held-out levels of its generator), made by the evaluator.
   */
  readonly suites: readonly string[]
  /** @throws AgonError `suite/unknown` with the nearest id */
  suite(id: string): Suite<L>
  /**
   * An episode solved its level when its undiscounted return is above this: 0 in a maze. `Infinity` where no episode
   * counts as solved.
   */
  readonly solvedAbove: number
  /** Printed beside the solved rate wherever that is, the first of them where there is room for one. Absent: none. */
  readonly measures?: readonly Measure[]
  /** Whether steps write the last observation of an episode that is cut from outside; absent: they do not. */
  readonly givesFinals?: boolean
  /** The bounds of one episode's return, for normalising; used by charts. */
  readonly returnRange?: readonly [number, number]
  /**
   * The level with its hidden parameters drawn again from their prior, given all that the student may see of it: the
   * first observations of both are the same, and so is every one that does not depend on what is hidden (SAMPLR). Absent
   * where nothing is hidden.
   */
  resample?(level: L, stream: RandomStream): L
  /** The probes by name: `overlap`. Absent or empty where there are none. */
  readonly probes?: readonly string[]
  /**
   * A pure function over shadow environments in `levels`, which may be none.
   * @throws AgonError `probe/unknown` with the nearest name
   */
  probe?(name: string, levels: readonly L[]): ProbeFactory
  /**
   * Why the machine it is asked on cannot step it, such as for want of a device, or null: asked before a run makes
   * anything. Absent where any machine will do.
   */
  machineFault?(): ErrorRecord | null
  /** Names of the environment's own bots, which can take seats; `random` is everywhere. */
  readonly bots?: readonly string[]
  /** Of {@link Environment.bots}; given where they are. */
  bot?(name: string): Bot
  /** One frame of a replay: what changes as the episode goes on, drawn from a saved slot state. */
  drawState?(state: Uint8Array): string
}

/** An environment whose levels are stepped. */
export interface SteppableEnvironment<L> extends Environment<L> {
  vector(options: VectorOptions<L>): VectorEnv<L>
}

/**
 * What a module exports as `environment`. `options` is a zod object whose every field has `.describe` (one sentence
 * that feeds `--help`, docs and errors) and a default.
 */
export interface EnvironmentDefinition<O, L> {
  readonly id: string
  readonly options: ZodType<O>
  create(options: O): Environment<L>
}

/** An environment as plain data, to be made again in another thread: its module exports `environment`. */
export interface EnvironmentRef {
  readonly module: ModuleUrl
  /** Already validated and with defaults filled in. */
  readonly options: unknown
}
