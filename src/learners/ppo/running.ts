import { AgonError } from '../../core/errors.ts'
import type { Snapshot } from '../../core/snapshot.ts'
import { type NamedTensors, tensor } from '../../core/tensor.ts'
import type { PolicyCard, RunningStatistics } from '../../inference/contract.ts'
import type { RunningInputs } from '../nets/index.ts'
import {
  emptyMoments,
  mergeMoments,
  type RunningMoments,
  scaleOf,
  varianceOf,
} from '../returns/running-moments.ts'
import type { ShardMoments } from '../rollout/rollout-job.ts'

/**
 * Running statistics of a student. An attempt is acted, and learned from, under those of all attempts before it; what it
 * saw itself comes after, so that a shard never waits for another.
 */
export interface Running {
  /** What rewards of the next attempt are multiplied by; absent where they are taken as they are. */
  rewardScale(): number | undefined
  /** What the shards of an attempt saw, in their order. */
  add(shards: readonly (ShardMoments | undefined)[]): void
  /** Writes means and scales into the buffers of the model; whether anything was added since. */
  settle(buffers: Float32Array): boolean
  /** For the card of a policy. */
  statistics(): Pick<PolicyCard, 'statistics'>
  /** Goes on from those of a policy; what its card does not have starts anew. */
  load(card: PolicyCard): void
  snapshot(): NamedTensors
  /** @throws AgonError `snapshot/corrupt` */
  restore(snapshot: Snapshot): void
}

const RETURNS = 'returns'

/**
 * @param inputs observations that are normalised; undefined: none
 * @param rewards whether rewards are
 */
export function runningStatistics(inputs: RunningInputs | undefined, rewards: boolean): Running {
  const kept = new Map<string, RunningMoments>()
  const clear = (): void => {
    inputs?.observations.forEach((name, i) => {
      kept.set(`observations/${name}`, emptyMoments(inputs.layout.segments[2 * i].size))
    })
    if (rewards) kept.set(RETURNS, emptyMoments(1))
  }
  clear()
  let changed = false
  const observed = (name: string): RunningMoments =>
    kept.get(`observations/${name}`) as RunningMoments
  return {
    rewardScale() {
      const returns = kept.get(RETURNS)
      return returns && scaleOf(returns, 0)
    },
    add(shards) {
      for (const shard of shards) {
        if (shard === undefined) continue
        for (const [name, moments] of Object.entries(shard.observations))
          mergeMoments(observed(name), moments)
        const returns = kept.get(RETURNS)
        if (returns !== undefined && shard.returns !== undefined)
          mergeMoments(returns, shard.returns)
      }
      changed = true
    },
    settle(buffers) {
      if (!changed || inputs === undefined) return false
      changed = false
      inputs.observations.forEach((name, i) => {
        const moments = observed(name)
        const [mean, scale] = inputs.layout.segments.slice(2 * i)
        for (let at = 0; at < mean.size; at++) {
          buffers[mean.offset + at] = moments.mean[at]
          buffers[scale.offset + at] = scaleOf(moments, at)
        }
      })
      return true
    },
    statistics() {
      if (kept.size === 0) return {}
      const returns = kept.get(RETURNS)
      return {
        statistics: {
          ...(inputs === undefined
            ? {}
            : {
                observations: Object.fromEntries(
                  inputs.observations.map((name) => [name, told(observed(name))]),
                ),
              }),
          ...(returns === undefined ? {} : { discountedReturn: told(returns) }),
        },
      }
    },
    load({ statistics = {} }) {
      clear()
      for (const [name, given] of Object.entries(statistics.observations ?? {}))
        if (kept.has(`observations/${name}`)) put(observed(name), given)
      const returns = kept.get(RETURNS)
      if (returns !== undefined && statistics.discountedReturn !== undefined)
        put(returns, statistics.discountedReturn)
      changed = true
    },
    snapshot() {
      const tensors: Record<string, NamedTensors[string]> = {}
      for (const [name, { count, mean, squares }] of kept)
        tensors[`running/${name}`] = tensor(
          'float64',
          [1 + 2 * mean.length],
          Float64Array.from([count, ...mean, ...squares]),
        )
      return tensors
    },
    restore({ tensors }) {
      for (const [name, { mean }] of kept) {
        const found = tensors[`running/${name}`]
        if (found?.dtype !== 'float64' || found.data.length !== 1 + 2 * mean.length)
          throw new AgonError(
            'snapshot/corrupt',
            `the student's snapshot is damaged: 'running/${name}'`,
            { remedy: 'go back to the cut before it' },
          )
      }
      for (const [name, moments] of kept) {
        const data = tensors[`running/${name}`].data as Float64Array
        const size = moments.mean.length
        moments.count = data[0]
        moments.mean.set(data.subarray(1, 1 + size))
        moments.squares.set(data.subarray(1 + size))
      }
      changed = true
    },
  }
}

const told = (of: RunningMoments): RunningStatistics => ({
  count: of.count,
  mean: [...of.mean],
  variance: Array.from(of.mean, (_, i) => varianceOf(of, i)),
})

function put(to: RunningMoments, { count, mean, variance }: RunningStatistics): void {
  to.count = count
  to.mean.set(mean)
  to.squares.set(variance.map((value) => value * count))
}
