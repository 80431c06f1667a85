import { elementCount, type TypedArray, typedArray } from '../../core/tensor.ts'
import type { Environment, EnvironmentSpec, VectorEnv } from '../../envs/contract.ts'
import type { Network } from '../nets/index.ts'
import { type EpisodeSums, emptySums } from '../returns/summaries.ts'
import { openEpisodes } from './open-episodes.ts'
import type { TaskJob } from './rollout-job.ts'
import { type SavedLanes, sumsFrom, sumsInto } from './saved-lanes.ts'

/**
 * The episodes of one shard that go on from cycle to cycle. Lane i has the rows of its agents, from i · agents on. A lane
 * draws its levels by the seed of the task that it began with, for as long as it lives, whenever its environment asks.
 */
export interface Lanes {
  readonly env: VectorEnv<unknown>
  readonly seeds: readonly number[]
  /** By lane: levels that followed the first. */
  readonly followed: Int32Array
  /** What the next step acts on, `[rows, …shape]`. */
  readonly observations: Readonly<Record<string, TypedArray>>
  /** Recurrent state of the next step, `[rows, …shape]`. */
  readonly carry: Readonly<Record<string, Float32Array>>
  /** By row. */
  readonly sums: EpisodeSums[]
  /** Whether a cycle has been played on them. */
  continued: boolean
}

export interface LanesContext {
  readonly environment: Environment<unknown>
  readonly state: Network['state']
  /** Whether steps are lent memory for what is seen last of episodes that they cut. */
  readonly finals?: boolean
}

/** Lanes at the first step of the tasks' levels. */
export function beginLanes(of: LanesContext, tasks: readonly TaskJob[]): Lanes {
  const { levels } = of.environment
  const seeds = tasks.map(({ seed }) => seed)
  const lanes = openLanes(of, seeds, new Int32Array(seeds.length))
  const starts = tasks.map(({ level }) => levels.decode(level))
  const every = seeds.map((_, lane) => lane)
  return guarded(lanes, () => lanes.env.reset(every, starts, lanes.observations))
}

/**
 * Lanes as they were saved.
 * @throws AgonError what the environment refuses a state for
 */
export function loadLanes(of: LanesContext, saved: SavedLanes): Lanes {
  const lanes = openLanes(of, saved.seeds, Int32Array.from(saved.followed))
  for (const name in lanes.carry) lanes.carry[name].set(saved.carry[name])
  lanes.sums.splice(0, lanes.sums.length, ...sumsFrom(saved.sums))
  lanes.continued = true
  return guarded(lanes, () => {
    saved.states.forEach((state, lane) => {
      lanes.env.load(lane, state, lanes.observations)
    })
  })
}

/** @throws AgonError `state/unsupported` where the environment cannot save a lane */
export function saveLanes({ env, seeds, followed, carry, sums }: Lanes): SavedLanes {
  return {
    seeds,
    followed: [...followed],
    states: seeds.map((_, lane) => env.save(lane)),
    carry: Object.fromEntries(Object.entries(carry).map(([name, data]) => [name, data.slice()])),
    sums: sumsInto(sums),
  }
}

function openLanes(
  { environment, state, finals = false }: LanesContext,
  seeds: readonly number[],
  followed: Int32Array,
): Lanes {
  const { spec } = environment
  const rows = seeds.length * spec.agents
  // Where levels are asked for ahead, more are drawn than have followed.
  const drawn = followed.slice()
  return {
    env: openEpisodes({ environment, seeds, autoReset: 'next-level', drawn, finals }),
    seeds,
    followed,
    observations: arraysOf(spec.observations, rows),
    carry: Object.fromEntries(
      Object.entries(state).map(([name, { shape }]) => [
        name,
        new Float32Array(rows * elementCount(shape)),
      ]),
    ),
    sums: Array.from({ length: rows }, emptySums),
    continued: false,
  }
}

function arraysOf(
  specs: EnvironmentSpec['observations'],
  rows: number,
): Record<string, TypedArray> {
  return Object.fromEntries(
    Object.entries(specs).map(([name, { dtype, shape }]) => [
      name,
      typedArray(dtype, rows * elementCount(shape)),
    ]),
  )
}

/** Lanes whose start failed hold nothing outside the heap. */
function guarded(lanes: Lanes, start: () => void): Lanes {
  try {
    start()
    return lanes
  } catch (error) {
    lanes.env.close?.()
    throw error
  }
}
