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
import { FirstSights, Witness } from './overlap-witness.ts'
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
 * The environment must be deterministic. By the rule `history` a lane costs what its {@link Witness} does; several agents, the
 * rule `step` and what is far away cost `lanes × levels` shadow lanes, stepped while a row still overlaps: a vector
 * environment beside each lane, so that only its own are stepped.
 * @param together one vector environment beside all of them: where it is far away, a step costs a round trip, not its width
 */
export function overlapProbe<L>(
  environment: SteppableEnvironment<L>,
  levels: readonly L[],
  rule: OverlapRule,
  together = false,
): ProbeFactory {
  const sights = new FirstSights(environment, levels)
  return (lanes) => {
    const width = together ? lanes : 1
    if (rule === 'history' && !together && environment.spec.agents === 1) {
      const made = Array.from({ length: lanes }, () => new Witness(environment, sights))
      return new OverlapProber(environment.spec, lanes, made)
    }
    const made = Array.from(
      { length: lanes / width },
      () => new Shadows(environment, levels, rule, width),
    )
    return new OverlapProber(environment.spec, lanes, made)
  }
}

/** What follows some lanes side by side; `first` is the row of the first agent of the first of them. */
interface Followers {
  /** By row: 1 while what it has seen is what the levels could have shown. */
  readonly overlaps: Uint8Array
  begin(seen: Readonly<Record<string, TypedArray>>, first: number): void
  /** @param over by row of the student: 1 where its episode has ended */
  step(
    actions: ActionArray,
    seen: Readonly<Record<string, TypedArray>>,
    over: Uint8Array,
    first: number,
  ): void
  close(): void
}

class OverlapProber implements Prober {
  readonly #agents: number
  readonly #groups: readonly Followers[]
  /** Rows of a group. */
  readonly #width: number
  /** Masked steps of the episode under way, and of the one before; `[rows]` each. */
  readonly #steps: Int32Array
  readonly #ended: Int32Array
  /** Whether the last step ended the row's episode. */
  readonly #over: Uint8Array

  constructor({ agents }: EnvironmentSpec, lanes: number, groups: readonly Followers[]) {
    this.#agents = agents
    this.#groups = groups
    const rows = lanes * agents
    this.#width = rows / groups.length
    this.#steps = new Int32Array(rows)
    this.#ended = new Int32Array(rows)
    this.#over = new Uint8Array(rows)
  }

  begin(observations: Readonly<Record<string, TypedArray>>): void {
    this.#steps.fill(0)
    this.#over.fill(0)
    for (const [group, shadows] of this.#groups.entries())
      shadows.begin(observations, group * this.#width)
  }

  mask(train: Uint8Array): void {
    for (let row = 0; row < train.length; row++) {
      const overlaps = this.#groups[Math.floor(row / this.#width)].overlaps[row % this.#width]
      train[row] = 1 - overlaps
      this.#steps[row] += overlaps
    }
  }

  step(actions: ActionArray, after: StepBuffers): void {
    for (let row = 0; row < this.#over.length; row++) {
      const first = row - (row % this.#agents)
      this.#over[row] = after.terminated[first] | after.truncated[first]
      if (this.#over[row] === 0) continue
      this.#ended[row] = this.#steps[row]
      this.#steps[row] = 0
    }
    for (const [group, shadows] of this.#groups.entries())
      shadows.step(actions, after.observations, this.#over, group * this.#width)
  }

  extras(row: number): Readonly<Record<string, number>> {
    return { overlap_steps: this.#over[row] === 1 ? this.#ended[row] : this.#steps[row] }
  }

  close(): void {
    for (const shadows of this.#groups) shadows.close()
  }
}

/** Every level of the set beside each of some lanes of the student; shadow lane = lane × levels + level. */
class Shadows<L> implements Followers {
  readonly overlaps: Uint8Array
  readonly #levels: readonly L[]
  readonly #rule: OverlapRule
  readonly #agents: number
  readonly #lanes: number
  /** None where there is no level. */
  readonly #vector: VectorEnv<L> | null
  readonly #out: StepBuffers
  readonly #actions: ActionArray
  /** Shadow lanes, by lane. */
  readonly #beside: readonly (readonly number[])[]
  /** `[lanes, levels, agents]`: 1 while a level is one whose observations count. */
  readonly #alive: Uint8Array

  constructor(
    environment: SteppableEnvironment<L>,
    levels: readonly L[],
    rule: OverlapRule,
    lanes: number,
  ) {
    const { agents, actions } = environment.spec
    const all = lanes * levels.length
    this.#levels = levels
    this.#rule = rule
    this.#agents = agents
    this.#lanes = lanes
    this.overlaps = new Uint8Array(lanes * agents)
    this.#vector = all === 0 ? null : environment.vector({ slots: all, autoReset: 'none' })
    this.#out = allocateStepBuffers(environment.spec, all)
    this.#actions = allocateActions(actions, all * agents)
    this.#beside = Array.from({ length: lanes }, (_, lane) =>
      levels.map((_, level) => lane * levels.length + level),
    )
    this.#alive = new Uint8Array(all * agents)
  }

  begin(seen: Readonly<Record<string, TypedArray>>, first: number): void {
    for (let lane = 0; lane < this.#lanes; lane++) this.#beginLane(lane, seen, first)
  }

  step(
    actions: ActionArray,
    seen: Readonly<Record<string, TypedArray>>,
    over: Uint8Array,
    first: number,
  ): void {
    if (this.#goesOn(over, first)) {
      this.#spread(actions, first)
      this.#vector?.step(this.#actions, this.#out)
    }
    for (let lane = 0; lane < this.#lanes; lane++) {
      if (over[first + lane * this.#agents] === 1) this.#beginLane(lane, seen, first)
      else if (this.#overlapsIn(lane)) this.#follow(lane, seen, first)
    }
  }

  close(): void {
    this.#vector?.close?.()
  }

  #overlapsIn(lane: number): boolean {
    for (let agent = 0; agent < this.#agents; agent++)
      if (this.overlaps[lane * this.#agents + agent] === 1) return true
    return false
  }

  /** Whether some lane that still overlaps is in the middle of its episode. */
  #goesOn(over: Uint8Array, first: number): boolean {
    for (let lane = 0; lane < this.#lanes; lane++)
      if (over[first + lane * this.#agents] === 0 && this.#overlapsIn(lane)) return true
    return false
  }

  /** The numbers of all agents of a lane, side by side, for each of its levels. */
  #spread(actions: ActionArray, first: number): void {
    const width = this.#actions.length / (this.#lanes * this.#levels.length)
    for (let lane = 0; lane < this.#lanes; lane++) {
      const from = (first / this.#agents + lane) * width
      const taken = actions.subarray(from, from + width)
      for (const shadow of this.#beside[lane]) this.#actions.set(taken, shadow * width)
    }
  }

  #beginLane(lane: number, seen: Readonly<Record<string, TypedArray>>, first: number): void {
    const rows = this.#levels.length * this.#agents
    this.overlaps.fill(1, lane * this.#agents, (lane + 1) * this.#agents)
    this.#alive.fill(1, lane * rows, (lane + 1) * rows)
    this.#vector?.reset(this.#beside[lane], this.#levels, this.#out.observations)
    this.#compare(lane, seen, first)
  }

  #follow(lane: number, seen: Readonly<Record<string, TypedArray>>, first: number): void {
    const { terminated, truncated } = this.#out
    const rows = this.#levels.length * this.#agents
    for (let row = lane * rows; row < (lane + 1) * rows; row++)
      if ((terminated[row] | truncated[row]) === 1) this.#alive[row] = 0
    this.#compare(lane, seen, first)
  }

  #compare(lane: number, seen: Readonly<Record<string, TypedArray>>, first: number): void {
    const rows = this.#levels.length * this.#agents
    for (let agent = 0; agent < this.#agents; agent++) {
      const mine = lane * this.#agents + agent
      let shown = 0
      for (let row = lane * rows + agent; row < (lane + 1) * rows; row += this.#agents) {
        if (this.#alive[row] === 0) continue
        if (this.#same(seen, first + mine, row)) shown = 1
        else if (this.#rule === 'history') this.#alive[row] = 0
      }
      this.overlaps[mine] &= shown
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
