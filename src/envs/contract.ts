import type { ZodType } from 'zod'
import type { ActionSpec } from '../core/action-space.ts'
import type { ErrorRecord } from '../core/errors.ts'
import type { ModuleUrl } from '../core/module.ts'
import type { RandomStream } from '../core/random.ts'
import type { TensorSpec } from '../core/tensor.ts'
import type { LevelSpace } from './level-contract.ts'
import type { Bot, ProbeFactory, VectorEnv, VectorOptions, View } from './vector-contract.ts'

/**
 * What an environment is to the rest of Agon: a level space (what an adversary searches) and, where there is something
 * to step, a vector environment. Adversaries see only the first, learners that step only the second.
 *
 * `L` is a level: the free parameters of a task. Levels are immutable, encodable and comparable; what they are inside
 * is the environment's own business (a wall map, a kick-off state, a prompt, a program, a split of a dataset).
 */

export type {
  ActionArray,
  ActionSpec,
  BoxActions,
  DiscreteActions,
  MultiDiscreteActions,
} from '../core/action-space.ts'
export type {
  Backdrop,
  ForeignForm,
  Genome,
  GenomeBounds,
  LevelFeatures,
  LevelSpace,
  Mutation,
  PromptAxis,
  PromptForm,
  PromptSeed,
} from './level-contract.ts'
export type {
  AutoReset,
  Bot,
  BotStep,
  LevelSource,
  ProbeFactory,
  Prober,
  StepBuffers,
  VectorEnv,
  VectorOptions,
  View,
  WatchedLanes,
} from './vector-contract.ts'

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
  /** Agents in one lane. A vector environment of `n` lanes has `n × agents` rows, row = lane · agents + agent. */
  readonly agents: number
  /** Groups of agents that a policy may be seated in, by name: `{ agent: [0] }`, `{ left: [0, 1], right: [2, 3] }`. */
  readonly seats: Readonly<Record<string, readonly number[]>>
}

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

/**
 * The game in which a policy builds a level, action by action: an environment of its own, whose every episode takes `steps`
 * steps and pays nothing. Its levels are where an episode begins, and hold all that chance decides in it.
 */
export interface BuildingGame<L> {
  readonly environment: EnvironmentRef
  /** Of that environment. */
  readonly spec: EnvironmentSpec
  readonly steps: number
  /**
   * The level that an episode from `start`, canonical bytes of the game's own level, leaves behind: a pure function of what was
   * done, `[steps, n]`, real numbers within their bounds. Every sequence of actions gives one that can be attempted.
   */
  build(start: Uint8Array, actions: ArrayLike<number>): L
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
  /**
   * Whether steps then say which agents left an episode that goes on for others, and write the last observation of those who were cut
   * from it alone. It has the observation `present`, in which they are not there any more. Absent: such agents are taken as ended.
   */
  readonly givesDepartures?: boolean
  /** Whether steps are computed elsewhere, and its vector environments have {@link VectorEnv.begin} and {@link VectorEnv.end}. */
  readonly stepsApart?: boolean
  /** The bounds of one episode's return, for normalising; used by charts. */
  readonly returnRange?: readonly [number, number]
  /**
   * The level with its hidden parameters drawn again from their prior, given all that the student may see of it: the
   * first observations of both are the same, and so is every one that does not depend on what is hidden (SAMPLR). Absent
   * where nothing is hidden.
   * @param taken the numbers of the actions that have been taken in `level` since the episode began, step by step: the draw may be given
   * what they have shown as well. It need not be; the posterior probe refuses levels that such a history speaks against.
   */
  resample?(level: L, stream: RandomStream, taken?: ArrayLike<number>): L
  /** Absent where no policy can build levels. */
  readonly building?: BuildingGame<L>
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
  /**
   * Of {@link Environment.bots}; given where they are.
   * @param difficulty 0 … 1, where its team is to have one of its own: a bot that can has {@link Bot.level}
   */
  bot?(name: string, difficulty?: number): Bot<L>
  /** Profiles whose policies can take seats beside each other, each with a view of its own; absent: that of the spec alone. */
  readonly views?: readonly string[]
  /** Of {@link Environment.views}; given where they are. */
  view?(profile: string): View
  /** One frame of a replay: what changes as the episode goes on, drawn from a saved lane state. */
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
  /** How `agon stress` searches its levels where nobody says otherwise; absent: by what the level space offers. */
  readonly stress?: StressDefaults<O>
  create(options: O): Environment<L>
}

/** A search for where a policy fails, as configs write its parts. */
export interface StressDefaults<O> {
  /** Options of the environment that are others than its own defaults. */
  readonly options?: Readonly<Record<string, unknown>>
  /** Those under which policies of these profiles play together; absent: `profile` is an option. */
  ofProfiles?(profiles: readonly string[]): Readonly<Record<string, unknown>>
  /** Id of the adversary; absent: `map-elites`. */
  readonly adversary?: string
  /** Axes of the grid; absent: those of the adversary. */
  axes?(options: O): readonly StressAxis[]
  /** What is to be large, one of the adversary's; absent: its own. */
  readonly signal?: string
  /** Whom a policy meets in an environment of several seats, as `--against` takes it. */
  readonly against?: string
  /** Most steps of an attempt; absent: as many as an episode has at most. */
  steps?(options: O): number
}

/** A level feature or number of the genome, with its bins or its categories. */
export type StressAxis =
  | {
      readonly name: string
      readonly low: number
      readonly high: number
      readonly bins: number
    }
  | { readonly name: string; readonly values: readonly string[] }

/** An environment as plain data, to be made again in another thread: its module exports `environment`. */
export interface EnvironmentRef {
  readonly module: ModuleUrl
  /** Already validated and with defaults filled in. */
  readonly options: unknown
}
