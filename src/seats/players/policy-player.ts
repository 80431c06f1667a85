import {
  type ActionArray,
  type ActionSpec,
  actionFault,
  actionShape,
  actionWidth,
  allocateActions,
  boundActions,
} from '../../core/action-space.ts'
import { AgonError } from '../../core/errors.ts'
import { elementCount, type Tensor, type TypedArray, tensor } from '../../core/tensor.ts'
import type { EnvironmentSpec, View } from '../../envs/contract.ts'
import type { ActBatch, Policy } from '../../inference/contract.ts'
import { zeroRow, zeroState } from '../../inference/policy.ts'
import { seenThrough } from '../view-of.ts'
import type { Crew, LaneRandom, Player } from './contract.ts'
import { laneStreams } from './lane-streams.ts'

/** Rows are dropped once no more than this share of them still plays: often enough to be worth it, seldom enough to cost nothing. */
const WORTH_DROPPING = 0.75

/** Rows that follow each other: `count` of them from row `from`, the first of which is the crew's number `at`. */
interface Run {
  readonly from: number
  readonly at: number
  readonly count: number
}

/** The rows that act in one call, and what they are called with: made anew when many of them have ended. */
interface Acting extends Crew {
  readonly runs: readonly Run[]
  /** By the names of the environment: those that the policy sees. */
  readonly shown: Readonly<Record<string, Tensor>>
  /** The same by the names of its card. */
  readonly seen: Readonly<Record<string, TypedArray>>
  readonly batch: ActBatch
  readonly chosen: ActionArray
}

/**
 * A policy with a row of recurrent state for everyone whom it plays, and one call a step for all of them. Which rows a call
 * has follows from what was played, never from a clock.
 */
export function policyPlayer(
  policy: Policy,
  view: View | undefined,
  spec: EnvironmentSpec,
  crew: Crew,
  random: LaneRandom,
): Player {
  const draws = laneStreams(random)
  const width = actionWidth(spec.actions)
  const ended = new Set<number>()
  let acting = actingOf(policy, view, spec, crew)
  let left = crew.rows.length
  return {
    begin(lane) {
      draws.begin(lane)
      const { lanes, batch } = acting
      for (let i = 0; i < lanes.length; i++) if (lanes[i] === lane) zeroRow(batch.state, i)
    },
    end(lane) {
      if (ended.has(lane)) return
      ended.add(lane)
      for (const own of acting.lanes) if (own === lane) left--
    },
    async act(observations, actions, values) {
      if (left === 0) return
      if (left <= WORTH_DROPPING * acting.rows.length)
        acting = withoutEnded(acting, ended, (rest) => actingOf(policy, view, spec, rest))
      const { rows, lanes, runs, shown, seen, batch, chosen } = acting
      for (const name in shown) gather(observations[name], shown[name], runs)
      const { noise, state } = batch
      for (let i = 0; i < noise.data.length; i++)
        noise.data[i] = draws.of(lanes[Math.floor(i / width)]).uniform()
      const result = await policy.act(batch)
      for (const name in state) state[name].data.set(result.state[name].data as never)
      boundActions(spec.actions, result.action, chosen)
      for (let i = 0; i < rows.length; i++) checkAction(spec.actions, chosen, i, result.logProb[i])
      view?.translate?.(chosen, seen)
      for (let i = 0; i < rows.length; i++) {
        for (let j = 0; j < width; j++) actions[rows[i] * width + j] = chosen[i * width + j]
        if (values !== undefined && result.value !== undefined) values[rows[i]] = result.value[i]
      }
    },
  }
}

function actingOf(
  policy: Policy,
  view: View | undefined,
  spec: EnvironmentSpec,
  crew: Crew,
): Acting {
  const { card } = policy
  const count = crew.rows.length
  const names =
    view === undefined ? Object.keys(spec.observations) : Object.values(view.observations)
  const shown = Object.fromEntries(
    names.map((name) => {
      const { dtype, shape } = spec.observations[name]
      return [name, tensor(dtype, [count, ...shape])]
    }),
  )
  const own =
    view === undefined ? names.map((name) => [name, name]) : Object.entries(view.observations)
  return {
    rows: crew.rows,
    lanes: crew.lanes,
    runs: runsOf(crew.rows),
    shown,
    seen: Object.fromEntries(own.map(([called, name]) => [called, shown[name].data])),
    batch: {
      rows: count,
      ...seenThrough(view, card, shown),
      state: zeroState(card, count),
      noise: tensor('float32', [count, ...actionShape(spec.actions)]),
    },
    chosen: allocateActions(spec.actions, count),
  }
}

/** Those who still play, each with his state. */
function withoutEnded(
  { rows, lanes, batch }: Acting,
  ended: ReadonlySet<number>,
  made: (rest: Crew) => Acting,
): Acting {
  const kept = rows.map((_, i) => i).filter((i) => !ended.has(lanes[i]))
  const rest = made({ rows: kept.map((i) => rows[i]), lanes: kept.map((i) => lanes[i]) })
  const runs = runsOf(kept)
  for (const name in batch.state) gather(batch.state[name].data, rest.batch.state[name], runs)
  return rest
}

function runsOf(rows: readonly number[]): readonly Run[] {
  const runs: { from: number; at: number; count: number }[] = []
  for (const [at, from] of rows.entries()) {
    const last = runs.at(-1)
    if (last !== undefined && last.from + last.count === from) last.count++
    else runs.push({ from, at, count: 1 })
  }
  return runs
}

function gather(from: TypedArray, { data, shape }: Tensor, runs: readonly Run[]): void {
  const width = elementCount(shape) / shape[0]
  for (const run of runs) {
    const part = from.subarray(run.from * width, (run.from + run.count) * width)
    data.set(part as never, run.at * width)
  }
}

/** A graph of weights that are not finite may well give an action, but not its probability. */
function checkAction(spec: ActionSpec, chosen: ActionArray, row: number, logProb: number): void {
  const fault = actionFault(spec, chosen, row)
  if (fault === null && !Number.isNaN(logProb)) return
  throw new AgonError(
    'policy/action',
    `a seated policy chose ${fault ?? 'an action with a log-probability that is no number'}`,
    { remedy: 'its weights may not be finite' },
  )
}
