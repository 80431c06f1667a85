import { AgonError } from '../../core/errors.ts'
import type { TypedArray } from '../../core/tensor.ts'
import type { ActionArray, ProbeFactory, StepBuffers } from '../../envs/contract.ts'

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
  /** Once the last step is taken. Names are `<probe>/<extra>`. */
  extras(): EpisodeExtras
  close(): void
}

export function startProbing(probes: readonly NamedProbe[], lanes: number, rows: number): Probing {
  const probers = probes.map(({ name, make }) => ({ name, prober: make(lanes) }))
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

function finite(value: number, name: string): number {
  if (Number.isFinite(value)) return value
  throw new AgonError('learner/probe', `the probe's extra '${name}' is ${value}`, { place: name })
}
