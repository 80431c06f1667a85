import { AgonError } from '../../core/errors.ts'
import type { TypedArray } from '../../core/tensor.ts'
import type {
  ActionArray,
  ProbeFactory,
  Prober,
  StepBuffers,
  WatchedLanes,
} from '../../envs/contract.ts'

/** A probe of the batch, made of its levels. */
export interface NamedProbe {
  readonly name: string
  readonly make: ProbeFactory
}

/** Extras by row of the shard and by episode of that row, the one that the rollout cut off included. */
export type EpisodeExtras = readonly (readonly Readonly<Record<string, number>>[])[]

/** The probes of a batch over one shard, as one. */
export interface Probing {
  begin(observations: Readonly<Record<string, TypedArray>>): void
  /** Writes `weights`, float32 `[rows]`: 1 where every probe lets the step that comes next be learned from, else 0. */
  mask(weights: Float32Array): void
  step(actions: ActionArray, after: StepBuffers): void
  /** Written by each step: what is learned from instead of what was given; absent: what was given is. */
  readonly supposed?: Prober['supposed']
  /** Once the last step is taken. Names are `<probe>/<extra>`. */
  extras(): EpisodeExtras
  close(): void
}

/**
 * @param watched what the probe of a name may know of the lanes
 * @throws AgonError `learner/probe` where two of them suppose, or what a probe throws
 */
export function startProbing(
  probes: readonly NamedProbe[],
  lanes: number,
  rows: number,
  watched?: (name: string) => WatchedLanes,
): Probing {
  const probers = probes.map(({ name, make }) => ({ name, prober: make(lanes, watched?.(name)) }))
  const supposed = supposedBy(probers)
  const train = new Uint8Array(rows)
  const episodes: Record<string, number>[][] = Array.from({ length: rows }, () => [])
  let over = new Uint8Array(rows)
  const note = (row: number): void => {
    const named: Record<string, number> = {}
    for (const { name, prober } of probers)
      for (const [extra, value] of Object.entries(prober.extras(row)))
        named[`${name}/${extra}`] = finite(value, `${name}/${extra}`)
    episodes[row].push(named)
  }
  return {
    ...(supposed === undefined ? {} : { supposed }),
    begin(observations) {
      for (const { prober } of probers) prober.begin(observations)
    },
    mask(weights) {
      weights.fill(1)
      for (const { prober } of probers) {
        prober.mask(train)
        for (let row = 0; row < rows; row++) if (train[row] === 0) weights[row] = 0
      }
    },
    step(actions, after) {
      for (const { prober } of probers) prober.step(actions, after)
      over = Uint8Array.from(after.terminated, (ended, row) => ended | after.truncated[row])
      for (let row = 0; row < rows; row++) if (over[row] === 1) note(row)
    },
    extras() {
      for (let row = 0; row < rows; row++) if (over[row] === 0) note(row)
      return episodes
    },
    close() {
      for (const { prober } of probers) prober.close?.()
    },
  }
}

function supposedBy(
  probers: readonly { readonly name: string; readonly prober: Prober }[],
): Prober['supposed'] {
  const [first, second] = probers.filter(({ prober }) => prober.supposed !== undefined)
  if (second === undefined) return first?.prober.supposed
  const names = `'${first.name}' and '${second.name}'`
  throw new AgonError(
    'learner/probe',
    `the probes ${names} both suppose other steps to learn from`,
    {
      remedy: 'use an adversary whose batches name one of them',
    },
  )
}

function finite(value: number, name: string): number {
  if (Number.isFinite(value)) return value
  throw new AgonError('learner/probe', `the probe's extra '${name}' is ${value}`, { place: name })
}
