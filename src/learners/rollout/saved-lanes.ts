import { AgonError } from '../../core/errors.ts'
import type { Snapshot } from '../../core/snapshot.ts'
import { type NamedTensors, tensor } from '../../core/tensor.ts'
import { type EpisodeSums, emptySums } from '../returns/summaries.ts'
import type { Range } from '../trainer/shards.ts'

/** Lanes between two cycles as plain data: of a shard, or of all shards in their order. */
export interface SavedLanes {
  readonly seeds: readonly number[]
  readonly followed: readonly number[]
  /** Of the environment, by lane. */
  readonly states: readonly Uint8Array[]
  /** `[rows, …shape]` by name of the recurrent state. */
  readonly carry: Readonly<Record<string, Float32Array>>
  /** float64 `[rows, SUM_COUNT]`. */
  readonly sums: Float64Array
}

const SUM_NAMES = Object.keys(emptySums()).sort() as (keyof EpisodeSums)[]

export function sumsInto(sums: readonly EpisodeSums[]): Float64Array {
  return Float64Array.from(sums.flatMap((row) => SUM_NAMES.map((name) => row[name])))
}

export function sumsFrom(data: Float64Array): EpisodeSums[] {
  return Array.from({ length: data.length / SUM_NAMES.length }, (_, row) => {
    const sums = emptySums()
    SUM_NAMES.forEach((name, i) => {
      sums[name] = data[row * SUM_NAMES.length + i]
    })
    return sums
  })
}

/** Shards in their order as one. */
export function joinLanes(shards: readonly SavedLanes[]): SavedLanes {
  const names = Object.keys(shards[0].carry)
  return {
    seeds: shards.flatMap(({ seeds }) => seeds),
    followed: shards.flatMap(({ followed }) => followed),
    states: shards.flatMap(({ states }) => states),
    carry: Object.fromEntries(
      names.map((name) => [
        name,
        Float32Array.from(shards.flatMap(({ carry }) => [...carry[name]])),
      ]),
    ),
    sums: Float64Array.from(shards.flatMap(({ sums }) => [...sums])),
  }
}

/** The part of a shard that has the lanes of `range`. */
export function cutLanes(of: SavedLanes, { from, to }: Range): SavedLanes {
  const lanes = of.seeds.length
  const part = <A extends Float32Array | Float64Array>(data: A): A => {
    const width = data.length / lanes
    return data.slice(from * width, to * width) as A
  }
  return {
    seeds: of.seeds.slice(from, to),
    followed: of.followed.slice(from, to),
    states: of.states.slice(from, to),
    carry: Object.fromEntries(Object.entries(of.carry).map(([name, data]) => [name, part(data)])),
    sums: part(of.sums),
  }
}

const PREFIX = 'lanes/'

/** What a snapshot has of lanes, beside what it has of the model. */
export function snapshotLanes(of: SavedLanes): NamedTensors {
  const vector = (data: readonly number[]) =>
    tensor('float64', [data.length], Float64Array.from(data))
  const bytes = Buffer.concat(of.states)
  return {
    [`${PREFIX}seeds`]: vector(of.seeds),
    [`${PREFIX}followed`]: vector(of.followed),
    [`${PREFIX}sizes`]: vector(of.states.map(({ length }) => length)),
    [`${PREFIX}states`]: tensor('uint8', [bytes.length], Uint8Array.from(bytes)),
    [`${PREFIX}sums`]: tensor('float64', [of.sums.length], of.sums),
    ...Object.fromEntries(
      Object.entries(of.carry).map(([name, data]) => [
        `${PREFIX}carry/${name}`,
        tensor('float32', [data.length], data),
      ]),
    ),
  }
}

/**
 * The lanes of a snapshot; null where it has none: the next cycle begins afresh.
 * @param carry names of the recurrent state, each with its numbers per row
 * @throws AgonError `snapshot/corrupt`
 */
export function restoreLanes(
  { tensors }: Snapshot,
  carry: Readonly<Record<string, number>>,
  agents: number,
): SavedLanes | null {
  if (tensors[`${PREFIX}seeds`] === undefined) return null
  const numbers = (name: string, length?: number): Float64Array => {
    const found = tensors[`${PREFIX}${name}`]
    if (found?.dtype !== 'float64' || (length !== undefined && found.data.length !== length))
      throw damaged(name)
    return found.data as Float64Array
  }
  const seeds = [...numbers('seeds')]
  const rows = seeds.length * agents
  const sizes = [...numbers('sizes', seeds.length)]
  const bytes = tensors[`${PREFIX}states`]
  const total = sizes.reduce((sum, size) => sum + size, 0)
  if (bytes?.dtype !== 'uint8' || bytes.data.length !== total) throw damaged('states')
  let at = 0
  const states = sizes.map((size) => {
    at += size
    return Uint8Array.from((bytes.data as Uint8Array).subarray(at - size, at))
  })
  return {
    seeds,
    followed: [...numbers('followed', seeds.length)],
    states,
    carry: Object.fromEntries(
      Object.entries(carry).map(([name, width]) => {
        const found = tensors[`${PREFIX}carry/${name}`]
        if (found?.dtype !== 'float32' || found.data.length !== rows * width) throw damaged(name)
        return [name, Float32Array.from(found.data as Float32Array)]
      }),
    ),
    sums: Float64Array.from(numbers('sums', rows * SUM_NAMES.length)),
  }
}

const damaged = (name: string): AgonError =>
  new AgonError('snapshot/corrupt', `the student's snapshot is damaged: '${PREFIX}${name}'`, {
    remedy: 'go back to the cut before it',
  })
