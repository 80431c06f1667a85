import { AgonError } from '../core/errors.ts'
import { elementCount } from '../core/tensor.ts'
import type { ActionArray, ProbeFactory, Prober, StepBuffers, WatchedLanes } from './contract.ts'
import { CANDIDATES, chance, type HiddenEnvironment, LanePosterior } from './lane-posterior.ts'
import { allocateStepBuffers } from './step-buffers.ts'

export type { HiddenEnvironment }

/**
 * SAMPLR's fictitious transitions (Jiang et al. 2022): at each step a state is drawn from the posterior given what the student has
 * seen of the episode, s′ ~ B(s | τ), under the true prior of what is hidden, and the action is taken in it too. What that gives
 * is `supposed`; the episode itself goes on as it was. All steps may train.
 *
 * Extras: `fictitious_return`, the supposed rewards of the episode's steps; `unmatched_steps`, those for which no level was found that
 * fits the history, so that the one that was is supposed.
 *
 * The environment must be deterministic in level and actions. It costs {@link CANDIDATES} + 1 shadow lanes beside each lane.
 */
export function posteriorProbe<L>(environment: HiddenEnvironment<L>): ProbeFactory {
  return (lanes, watched) => {
    if (watched?.levels === undefined)
      throw new AgonError(
        'probe/levels',
        'the posterior probe has to know the level of every lane, and here levels follow one another',
        { remedy: 'use an adversary whose batches stay on their levels, such as samplr' },
      )
    return new PosteriorProber(environment, lanes, watched.levels, watched.stream)
  }
}

class PosteriorProber<L> implements Prober {
  readonly supposed: StepBuffers
  readonly #environment: HiddenEnvironment<L>
  readonly #agents: number
  /** Numbers that an observation has for one row, by name. */
  readonly #widths: readonly (readonly [string, number])[]
  readonly #lanes: readonly LanePosterior<L>[]
  /** By row: of the episode under way, and of the one before. */
  readonly #returns: Float64Array
  readonly #endedReturns: Float64Array
  /** By lane likewise. */
  readonly #unmatched: Int32Array
  readonly #endedUnmatched: Int32Array
  /** By lane: whether the last step ended the episode. */
  readonly #over: Uint8Array

  constructor(
    environment: HiddenEnvironment<L>,
    lanes: number,
    levels: readonly Uint8Array[],
    stream: WatchedLanes['stream'],
  ) {
    const { spec } = environment
    this.#environment = environment
    this.#agents = spec.agents
    this.#widths = Object.entries(spec.observations).map(
      ([name, { shape }]) => [name, elementCount(shape)] as const,
    )
    this.#lanes = Array.from(
      { length: lanes },
      (_, lane) =>
        new LanePosterior(environment, environment.levels.decode(levels[lane]), stream(lane)),
    )
    this.supposed = allocateStepBuffers(spec, lanes)
    this.#returns = new Float64Array(lanes * spec.agents)
    this.#endedReturns = new Float64Array(lanes * spec.agents)
    this.#unmatched = new Int32Array(lanes)
    this.#endedUnmatched = new Int32Array(lanes)
    this.#over = new Uint8Array(lanes)
  }

  begin(): void {
    this.#returns.fill(0)
    this.#unmatched.fill(0)
    this.#over.fill(0)
    for (const lane of this.#lanes) lane.begin()
  }

  mask(train: Uint8Array): void {
    train.fill(1)
  }

  step(actions: ActionArray, after: StepBuffers): void {
    const width = actions.length / this.#lanes.length
    for (const [lane, posterior] of this.#lanes.entries()) {
      const row = lane * this.#agents
      const chosen = posterior.choose()
      posterior.step(actions.subarray(lane * width, (lane + 1) * width))
      if (chosen === CANDIDATES) this.#unmatched[lane]++
      this.#suppose(posterior.out, chosen * this.#agents, row)
      this.#over[lane] = after.terminated[row] | after.truncated[row]
      if (this.#over[lane] === 1) this.#end(lane, posterior)
      else posterior.follow(after.observations, row)
    }
  }

  extras(row: number): Readonly<Record<string, number>> {
    const lane = Math.floor(row / this.#agents)
    const over = this.#over[lane] === 1
    return {
      fictitious_return: (over ? this.#endedReturns : this.#returns)[row],
      unmatched_steps: (over ? this.#endedUnmatched : this.#unmatched)[lane],
    }
  }

  close(): void {
    for (const lane of this.#lanes) lane.close()
  }

  /** Copies what the agents of one lane got, from row `from` on, to those from `to` on. */
  #suppose(out: StepBuffers, from: number, to: number): void {
    const { observations, rewards, terminated, truncated } = this.supposed
    for (const [name, width] of this.#widths) {
      const source = out.observations[name] as Uint8Array
      const rows = source.subarray(from * width, (from + this.#agents) * width)
      ;(observations[name] as Uint8Array).set(rows, to * width)
    }
    for (let agent = 0; agent < this.#agents; agent++) {
      rewards[to + agent] = out.rewards[from + agent]
      terminated[to + agent] = out.terminated[from + agent]
      truncated[to + agent] = out.truncated[from + agent]
      this.#returns[to + agent] += rewards[to + agent]
    }
  }

  #end(lane: number, posterior: LanePosterior<L>): void {
    const [row, mirror] = [lane * this.#agents, CANDIDATES * this.#agents]
    const { terminated, truncated } = posterior.out
    if ((terminated[mirror] | truncated[mirror]) === 0) throw chance(this.#environment)
    this.#endedUnmatched[lane] = this.#unmatched[lane]
    this.#unmatched[lane] = 0
    for (let at = row; at < row + this.#agents; at++) {
      this.#endedReturns[at] = this.#returns[at]
      this.#returns[at] = 0
    }
    posterior.begin()
  }
}
