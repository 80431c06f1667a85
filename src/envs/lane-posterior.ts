import { allocateActions } from '../core/action-space.ts'
import { AgonError } from '../core/errors.ts'
import type { RandomStream } from '../core/random.ts'
import type { TypedArray } from '../core/tensor.ts'
import type { ActionArray, StepBuffers, SteppableEnvironment, VectorEnv } from './contract.ts'
import { allocateStepBuffers } from './step-buffers.ts'

/** An environment that has hidden parameters to draw again. */
export interface HiddenEnvironment<L> extends SteppableEnvironment<L> {
  resample(level: L, stream: RandomStream, taken?: ArrayLike<number>): L
}

/** Levels that are drawn at a time, of which those stay that have shown what was seen. */
export const CANDIDATES = 8
/** Times that as many are drawn before the level itself has to do. */
const ROUNDS = 8

/**
 * Levels drawn from the posterior of what is hidden in the level of one lane, given the actions and observations of its episode: draws of
 * the environment's `resample`, played in lockstep with the same actions beside the level itself, of which those are left that
 * have shown the same. Rejection: where `resample` draws from the prior, the ones left are draws from the posterior.
 */
export class LanePosterior<L> {
  readonly #environment: HiddenEnvironment<L>
  readonly #level: L
  readonly #random: RandomStream
  readonly #agents: number
  /** Lanes 0 … CANDIDATES − 1 have the candidates, the last the level itself. */
  readonly #vector: VectorEnv<L>
  readonly #lanes: readonly number[]
  readonly #actions: ActionArray
  /** Numbers that an observation has for one lane, by name. */
  readonly #widths: readonly (readonly [string, number])[]
  /** uint8 `[CANDIDATES]`: 1 where the level has shown all that was seen. */
  readonly #fits = new Uint8Array(CANDIDATES)
  /** Of the episode under way, the numbers of each step one after another. */
  readonly #taken: number[] = []
  /** Whether no level was found that fits the episode: a longer history is no easier to fit. */
  #lost = false
  /** What every level shows and gives, `[CANDIDATES + 1, agents]`; written by each step. */
  readonly out: StepBuffers

  constructor(environment: HiddenEnvironment<L>, level: L, random: RandomStream) {
    const { spec } = environment
    const lanes = CANDIDATES + 1
    this.#environment = environment
    this.#level = level
    this.#random = random
    this.#agents = spec.agents
    this.#vector = environment.vector({ slots: lanes, autoReset: 'none' })
    this.#lanes = Array.from({ length: lanes }, (_, lane) => lane)
    this.#actions = allocateActions(spec.actions, lanes * spec.agents)
    this.out = allocateStepBuffers(spec, lanes)
    this.#widths = Object.entries(this.out.observations).map(
      ([name, values]) => [name, values.length / lanes] as const,
    )
  }

  /** An episode of the level begins. */
  begin(): void {
    this.#taken.length = 0
    this.#lost = false
    this.#draw()
  }

  /** One of the levels that fit, each as likely; {@link CANDIDATES}, the level itself, where none does. */
  choose(): number {
    let fitting = 0
    for (const fits of this.#fits) fitting += fits
    if (fitting === 0) return CANDIDATES
    let rank = this.#random.integer(fitting)
    for (let lane = 0; lane < CANDIDATES; lane++)
      if (this.#fits[lane] === 1 && rank-- === 0) return lane
    return CANDIDATES
  }

  /** Every level takes the step; which of them fit is left as it is. */
  step(actions: ActionArray): void {
    for (const number of actions) this.#taken.push(number)
    this.#play(actions)
  }

  /**
   * The episode goes on after the last step: drops what has shown another observation than `seen`, and draws anew where nothing is left.
   * @param row the first row of the lane in `seen`
   * @throws AgonError `probe/chance` where the level itself has shown another
   */
  follow(seen: Readonly<Record<string, TypedArray>>, row: number): void {
    const mirror = CANDIDATES * this.#agents
    if (this.#ended(CANDIDATES) || !this.#same(seen, row, mirror)) throw chance(this.#environment)
    this.#refuse()
    if (!this.#lost && !this.#fits.includes(1)) this.#draw()
  }

  close(): void {
    this.#vector.close?.()
  }

  /** Fresh candidates, played to where the episode stands. */
  #draw(): void {
    const width = this.#actions.length / this.#lanes.length
    for (let round = 0; round < ROUNDS; round++) {
      const levels = Array.from({ length: CANDIDATES }, () =>
        this.#environment.resample(this.#level, this.#random, this.#taken),
      )
      this.#vector.reset(this.#lanes, [...levels, this.#level], this.out.observations)
      this.out.terminated.fill(0)
      this.out.truncated.fill(0)
      this.#fits.fill(1)
      this.#refuse()
      for (let at = 0; at < this.#taken.length; at += width) {
        this.#play(this.#taken.slice(at, at + width))
        this.#refuse()
      }
      if (this.#fits.includes(1)) return
    }
    this.#lost = true
  }

  #play(actions: ArrayLike<number>): void {
    for (const lane of this.#lanes) this.#actions.set(actions, lane * actions.length)
    this.#vector.step(this.#actions, this.out)
  }

  /** Drops the candidates that do not show what the level shows, or are over. */
  #refuse(): void {
    const mirror = CANDIDATES * this.#agents
    for (let lane = 0; lane < CANDIDATES; lane++)
      if (this.#ended(lane) || !this.#same(this.out.observations, mirror, lane * this.#agents))
        this.#fits[lane] = 0
  }

  #ended(lane: number): boolean {
    const row = lane * this.#agents
    return (this.out.terminated[row] | this.out.truncated[row]) === 1
  }

  /** Whether all agents of a lane of ours see what those from `row` on of `seen` do. */
  #same(seen: Readonly<Record<string, TypedArray>>, row: number, ours: number): boolean {
    for (const [name, width] of this.#widths) {
      const values = this.out.observations[name]
      const mine = seen[name]
      const at = (row / this.#agents) * width
      const from = (ours / this.#agents) * width
      for (let i = 0; i < width; i++) if (mine[at + i] !== values[from + i]) return false
    }
    return true
  }
}

export const chance = ({ spec }: Pick<HiddenEnvironment<unknown>, 'spec'>): AgonError =>
  new AgonError(
    'probe/chance',
    `the environment '${spec.id}' shows another observation when the same actions are taken in the same level again`,
    {
      remedy:
        'make what chance decides a part of the level: the posterior is of hidden parameters, not of dice thrown on the way',
      fields: { environment: spec.id },
    },
  )
