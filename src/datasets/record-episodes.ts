import {
  type ActionArray,
  type ActionSpec,
  actionDType,
  actionShape,
  actionWidth,
  allocateActions,
  boundActions,
} from '../core/action-space.ts'
import {
  type DType,
  elementCount,
  type Tensor,
  type TensorSpec,
  type TypedArray,
  tensor,
} from '../core/tensor.ts'
import type { RecordedEpisodes } from './contract.ts'

/** What was played, step by step; every array has a row for each agent of each task. */
export interface PlayedStep {
  /** `[rows, …shape]`, before the action. */
  readonly observations: Readonly<Record<string, TypedArray>>
  /** As they were chosen: `[rows]` or `[rows, n]`. */
  readonly actions: ActionArray
  readonly rewards: Float32Array
  readonly terminated: Uint8Array
  readonly truncated: Uint8Array
}

export interface PlayedTask {
  readonly seed: number
  /** Agents whose episodes are recorded, ascending. */
  readonly agents: readonly number[]
  /** Canonical bytes of the level of each of its episodes, by number. */
  readonly level: (number: number) => Uint8Array
}

export interface RecordingSpec {
  readonly observations: Readonly<Record<string, TensorSpec>>
  readonly actions: ActionSpec
  readonly agents: number
}

interface Found {
  readonly row: number
  readonly task: number
  readonly agent: number
  readonly number: number
  /** Steps `from` … `to` − 1. */
  readonly from: number
  readonly to: number
}

/**
 * The episodes that ended within the steps; what was cut by the end of them is no episode.
 * @param first index of the first task in its batch
 * @param one only the episode of each task's own level
 */
export function recordEpisodes(
  spec: RecordingSpec,
  steps: readonly PlayedStep[],
  tasks: readonly PlayedTask[],
  first: number,
  one: boolean,
): RecordedEpisodes {
  const found = tasks.flatMap(({ agents }, task) =>
    agents.flatMap((agent) => endsOf(steps, { row: task * spec.agents + agent, task, agent }, one)),
  )
  const count = found.reduce((sum, { from, to }) => sum + to - from, 0)
  const recorded: Record<string, Tensor> = {}
  const gather = <D extends DType>(
    name: string,
    dtype: D,
    shape: readonly number[],
    at: (step: PlayedStep) => TypedArray,
  ): void => {
    const into = tensor(dtype, [count, ...shape])
    copyRows(steps, found, elementCount(shape), at, into.data)
    recorded[name] = into
  }
  for (const [name, { dtype, shape }] of Object.entries(spec.observations))
    gather(`observations/${name}`, dtype, shape, ({ observations }) => observations[name])
  gather('actions', actionDType(spec.actions), actionShape(spec.actions), (step) => step.actions)
  bound(spec.actions, recorded.actions.data as ActionArray)
  gather('rewards', 'float32', [], ({ rewards }) => rewards)
  gather('terminated', 'uint8', [], ({ terminated }) => terminated)
  gather('truncated', 'uint8', [], ({ truncated }) => truncated)
  return { ...recorded, ...indexOf(found, tasks, first) }
}

function endsOf(
  steps: readonly PlayedStep[],
  at: Pick<Found, 'row' | 'task' | 'agent'>,
  one: boolean,
): Found[] {
  const found: Found[] = []
  let from = 0
  for (let t = 0; t < steps.length; t++) {
    const { terminated, truncated } = steps[t]
    if ((terminated[at.row] | truncated[at.row]) === 0) continue
    found.push({ ...at, number: found.length, from, to: t + 1 })
    from = t + 1
    if (one) break
  }
  return found
}

function copyRows(
  steps: readonly PlayedStep[],
  found: readonly Found[],
  width: number,
  at: (step: PlayedStep) => TypedArray,
  into: TypedArray,
): void {
  let next = 0
  for (const { row, from, to } of found)
    for (let t = from; t < to; t++, next += width)
      into.set(at(steps[t]).subarray(row * width, (row + 1) * width) as never, next)
}

/** What the environment got. */
function bound(spec: ActionSpec, chosen: ActionArray): void {
  if (chosen.length === 0) return
  const bounded = allocateActions(spec, chosen.length / actionWidth(spec))
  boundActions(spec, chosen, bounded)
  chosen.set(bounded)
}

function indexOf(
  found: readonly Found[],
  tasks: readonly PlayedTask[],
  first: number,
): RecordedEpisodes {
  const levels = found.map(({ task, number }) => tasks[task].level(number))
  const column = (values: readonly number[]): Tensor =>
    tensor('int32', [values.length], Int32Array.from(values))
  const bytes = new Uint8Array(levels.reduce((sum, { length }) => sum + length, 0))
  levels.reduce((at, level) => {
    bytes.set(level, at)
    return at + level.length
  }, 0)
  const seeds = BigInt64Array.from(found, ({ task }) => BigInt(tasks[task].seed))
  return {
    'episode/length': column(found.map(({ from, to }) => to - from)),
    'episode/task': column(found.map(({ task }) => first + task)),
    'episode/number': column(found.map(({ number }) => number)),
    'episode/agent': column(found.map(({ agent }) => agent)),
    'episode/level_length': column(levels.map(({ length }) => length)),
    'episode/seed': tensor('int64', [seeds.length], seeds),
    levels: tensor('uint8', [bytes.length], bytes),
  }
}

export const episodeCount = (recorded: RecordedEpisodes): number =>
  recorded['episode/length'].data.length

/** Those of several shards of one batch, in their order. */
export function joinEpisodes(parts: readonly RecordedEpisodes[]): RecordedEpisodes {
  return Object.fromEntries(
    Object.entries(parts[0]).map(([name, { dtype, shape }]) => {
      const rows = parts.reduce((sum, part) => sum + part[name].shape[0], 0)
      const into = tensor(dtype, [rows, ...shape.slice(1)])
      parts.reduce((at, part) => {
        into.data.set(part[name].data as never, at)
        return at + part[name].data.length
      }, 0)
      return [name, into]
    }),
  )
}
