import { allocateActions } from '../core/action-space.ts'
import type { TypedArray } from '../core/tensor.ts'
import type {
  ActionArray,
  EnvironmentSpec,
  ProbeFactory,
  Prober,
  StepBuffers,
  SteppableEnvironment,
  VectorEnv,
} from './contract.ts'
import { allocateStepBuffers } from './step-buffers.ts'

/**
 * When a history is one that the levels can give: `history` where one and the same level showed all of it, `step` where
 * each of its observations was shown by some level at that step (the published code of ReMiDi).
 */
export type OverlapRule = 'history' | 'step'

/**
 * ReMiDi's overlap (Beukman et al. 2024): every level of the set is played in lockstep with the same actions, from the
 * beginning of each episode and without auto-reset, and a step may be learned from once what a row has seen, the
 * observation before the step included, is nothing that the levels could have shown it. A level whose own episode is over
 * shows no more. Extras: `overlap_steps`, the steps that were masked.
 *
 * The environment must be deterministic. It costs `slots × levels` shadow slots, stepped while a row still overlaps.
 */
export function overlapProbe<L>(
  environment: SteppableEnvironment<L>,
  levels: readonly L[],
  rule: OverlapRule,
): ProbeFactory {
  return (slots) => {
    const made = Array.from({ length: slots }, () => new Shadows(environment, levels, rule))
    return new OverlapProber(environment.spec, made)
  }
}

class OverlapProber<L> implements Prober {
  readonly #agents: number
  readonly #slots: readonly Shadows<L>[]
  /** Masked steps of the episode under way, and of the one before; `[rows]` each. */
  readonly #steps: Int32Array
  readonly #ended: Int32Array
  /** Whether the last step ended the row's episode. */
  readonly #over: Uint8Array

  constructor({ agents }: EnvironmentSpec, slots: readonly Shadows<L>[]) {
    this.#agents = agents
    this.#slots = slots
    const rows = slots.length * agents
    this.#steps = new Int32Array(rows)
    this.#ended = new Int32Array(rows)
    this.#over = new Uint8Array(rows)
  }

  begin(observations: Readonly<Record<string, TypedArray>>): void {
    this.#steps.fill(0)
    this.#over.fill(0)
    for (const [slot, shadows] of this.#slots.entries())
      shadows.begin(observations, slot * this.#agents)
  }

  mask(train: Uint8Array): void {
    for (let row = 0; row < train.length; row++) {
      const overlaps = this.#slots[Math.floor(row / this.#agents)].overlaps[row % this.#agents]
      train[row] = 1 - overlaps
      this.#steps[row] += overlaps
    }
  }

  step(actions: ActionArray, after: StepBuffers): void {
    for (const [slot, shadows] of this.#slots.entries()) {
      const first = slot * this.#agents
      const over = after.terminated[first] | after.truncated[first]
      for (let row = first; row < first + this.#agents; row++) {
        this.#over[row] = over
        if (over === 1) {
          this.#ended[row] = this.#steps[row]
          this.#steps[row] = 0
        }
      }
      if (over === 1) shadows.begin(after.observations, first)
      else shadows.step(actions, after.observations, first)
    }
  }

  extras(row: number): Readonly<Record<string, number>> {
    return { overlap_steps: this.#over[row] === 1 ? this.#ended[row] : this.#steps[row] }
  }

  close(): void {
    for (const shadows of this.#slots) shadows.close()
  }
}

/** Every level of the set beside one slot of the student. */
class Shadows<L> {
  /** By agent: 1 while what it has seen is what the levels could have shown. */
  readonly overlaps: Uint8Array
  readonly #levels: readonly L[]
  readonly #rule: OverlapRule
  readonly #agents: number
  /** None where there is no level. */
  readonly #vector: VectorEnv<L> | null
  readonly #out: StepBuffers
  readonly #actions: ActionArray
  readonly #all: readonly number[]
  /** `[levels, agents]`: 1 while a level is one whose observations count. */
  readonly #alive: Uint8Array

  constructor(environment: SteppableEnvironment<L>, levels: readonly L[], rule: OverlapRule) {
    const { agents, actions } = environment.spec
    const slots = levels.length
    this.#levels = levels
    this.#rule = rule
    this.#agents = agents
    this.overlaps = new Uint8Array(agents)
    this.#vector = slots === 0 ? null : environment.vector({ slots, autoReset: 'none' })
    this.#out = allocateStepBuffers(environment.spec, slots)
    this.#actions = allocateActions(actions, slots * agents)
    this.#all = levels.map((_, level) => level)
    this.#alive = new Uint8Array(slots * agents)
  }

  /** @param first the row of the student's first agent */
  begin(seen: Readonly<Record<string, TypedArray>>, first: number): void {
    this.overlaps.fill(1)
    this.#alive.fill(1)
    this.#vector?.reset(this.#all, this.#levels, this.#out.observations)
    this.#compare(seen, first)
  }

  step(actions: ActionArray, seen: Readonly<Record<string, TypedArray>>, first: number): void {
    if (this.#vector === null || !this.overlaps.includes(1)) return
    // The numbers of all agents of a slot side by side.
    const slot = this.#actions.length / this.#levels.length
    const taken = actions.subarray((first / this.#agents) * slot, (first / this.#agents + 1) * slot)
    for (let at = 0; at < this.#actions.length; at += slot) this.#actions.set(taken, at)
    this.#vector.step(this.#actions, this.#out)
    const { terminated, truncated } = this.#out
    for (let row = 0; row < this.#alive.length; row++)
      if ((terminated[row] | truncated[row]) === 1) this.#alive[row] = 0
    this.#compare(seen, first)
  }

  close(): void {
    this.#vector?.close?.()
  }

  #compare(seen: Readonly<Record<string, TypedArray>>, first: number): void {
    for (let agent = 0; agent < this.#agents; agent++) {
      let shown = 0
      for (let row = agent; row < this.#alive.length; row += this.#agents) {
        if (this.#alive[row] === 0) continue
        if (this.#same(seen, first + agent, row)) shown = 1
        else if (this.#rule === 'history') this.#alive[row] = 0
      }
      this.overlaps[agent] &= shown
    }
  }

  #same(seen: Readonly<Record<string, TypedArray>>, row: number, shadow: number): boolean {
    for (const [name, values] of Object.entries(this.#out.observations)) {
      const width = values.length / this.#alive.length
      const mine = seen[name]
      for (let i = 0; i < width; i++)
        if (mine[row * width + i] !== values[shadow * width + i]) return false
    }
    return true
  }
}
