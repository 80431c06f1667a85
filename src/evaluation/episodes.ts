import { boundActions } from '../core/action-space.ts'
import { AgonError } from '../core/errors.ts'
import type { RandomStream } from '../core/random.ts'
import type { Environment, VectorEnv } from '../envs/contract.ts'
import { steppable } from '../envs/steppable.ts'
import type { Policy } from '../inference/contract.ts'
import { zeroRow } from '../inference/policy.ts'
import { ownSeats } from '../seats/check-seating.ts'
import { seatCompanions } from '../seats/companions.ts'
import type { Companions, Seating } from '../seats/contract.ts'
import type { OpenPolicies } from '../seats/open-policies.ts'
import { chosenFault, type EvaluationBatch, evaluationBatch } from './evaluation-batch.ts'

/**
 * Lanes of every batch, full or not; each has a row for each of its agents. Fixed, because the last bits of a row of a
 * matrix product may depend on how many rows there are and on which of them it is.
 */
export const EVALUATION_LANES = 32

/** One episode to be played. */
export interface EpisodeJob<L> {
  /** For errors. */
  readonly name: string
  level(): L
  noise(): RandomStream
  dynamics(): RandomStream
  /** Noise of who sits beside the policy, by name; needed where somebody does. */
  seat?(name: string): RandomStream
  readonly record: boolean
}

/** Who sits beside the policy that is measured. */
export interface EvaluationSeats {
  readonly seating: Seating
  readonly open: OpenPolicies
}

export interface PlayedEpisode<L> {
  /** Mean over the agents of the seat that is measured: the policy's first one. */
  readonly return: number
  readonly length: number
  readonly solved: boolean
  /** Only where the job asked for a recording. */
  readonly recording?: {
    readonly level: L
    /** Step by step, of all agents of a step side by side: as the environment got them. */
    readonly actions: readonly number[]
  }
}

/** The episode that a lane plays. */
interface Episode<L> {
  readonly job: number
  readonly level: L
  readonly noise: RandomStream
  readonly actions: number[] | undefined
  return: number
  length: number
}

/**
 * Plays every job from fresh state and returns them in their order; the policy plays every agent that nobody else is seated
 * for. Lanes are refilled in the order of the jobs as they become free, so the outcome is a function of the list of jobs alone.
 * @param policy null where `seats` has somebody in every seat
 * @throws AgonError `policy/action`, `evaluation/endless`, `level/invalid`, `env/no-steps`, `seat/*`
 */
export async function playEpisodes<L>(
  policy: Policy | null,
  environment: Environment<L>,
  jobs: readonly EpisodeJob<L>[],
  seats?: EvaluationSeats,
): Promise<readonly PlayedEpisode<L>[]> {
  const table = new Table(policy, environment, jobs, seats?.seating)
  try {
    if (seats !== undefined) await table.seat(seats)
    table.beginAll()
    while (table.busy > 0) await table.step()
    return table.played
  } finally {
    table.close()
  }
}

class Table<L> {
  readonly played: PlayedEpisode<L>[]
  busy = 0
  readonly #policy: Policy | null
  readonly #environment: Environment<L>
  readonly #jobs: readonly EpisodeJob<L>[]
  /** No more lanes than there are jobs. The first rows of every batch are its rows. */
  readonly #vector: VectorEnv<L>
  readonly #episodes: (Episode<L> | undefined)[] = new Array(EVALUATION_LANES).fill(undefined)
  readonly #batch: EvaluationBatch
  readonly #agents: number
  /** Agents of the measured seat. */
  readonly #measured: readonly number[]
  #companions: Companions | undefined
  #next = 0

  constructor(
    policy: Policy | null,
    environment: Environment<L>,
    jobs: readonly EpisodeJob<L>[],
    seating: Seating | undefined,
  ) {
    this.played = new Array(jobs.length)
    this.#policy = policy
    this.#environment = environment
    this.#jobs = jobs
    this.#agents = environment.spec.agents
    const { seats } = environment.spec
    const own = Object.values(ownSeats(environment.spec, seating))
    this.#measured = own[0] ?? Object.values(seats)[0] ?? [0]
    this.#vector = steppable(environment, 'an evaluation plays its episodes').vector({
      slots: Math.max(1, Math.min(EVALUATION_LANES, jobs.length)),
      autoReset: 'none',
      // Asked for when a lane is reset; an environment that asks earlier gets the lane's first episode.
      stream: (lane) =>
        jobs[this.#episodes[lane]?.job ?? Math.min(lane, jobs.length - 1)].dynamics(),
      ...(seating === undefined ? {} : { bots: true }),
    })
    this.#batch = evaluationBatch(policy, environment, EVALUATION_LANES, this.#vector.slots)
  }

  async seat({ seating, open }: EvaluationSeats): Promise<void> {
    const { spec } = this.#environment
    const lanes = new Array<Seating>(EVALUATION_LANES).fill(seating)
    this.#companions = await seatCompanions(open, spec, lanes, (lane, name) => {
      const job = this.#episodes[lane]?.job ?? 0
      return this.#jobs[job].seat!(name)
    })
  }

  /** Lanes that no job is left for are not played: they see what the first one saw, so that a policy finds nothing odd there. */
  beginAll(): void {
    const { slots } = this.#vector
    for (let lane = 0; lane < slots && this.#next < this.#jobs.length; lane++) this.#begin(lane)
    for (const data of Object.values(this.#batch.written)) {
      const perLane = data.length / EVALUATION_LANES
      for (let lane = slots; lane < EVALUATION_LANES; lane++)
        data.copyWithin(lane * perLane, 0, perLane)
    }
  }

  async step(): Promise<void> {
    const perLane = this.#agents * this.#batch.width
    for (let at = 0; at < this.#batch.noise.data.length; at++)
      this.#batch.noise.data[at] = this.#episodes[Math.floor(at / perLane)]?.noise.uniform() ?? 0
    if (this.#policy !== null) await this.#choose(this.#policy)
    await this.#companions?.act(this.#batch.written, this.#batch.actions)
    this.#vector.step(this.#batch.stepped, this.#batch.out)
    for (let lane = 0; lane < this.#vector.slots; lane++) this.#account(lane)
  }

  async #choose(policy: Policy): Promise<void> {
    const { action, logProb, state } = await policy.act({
      rows: this.#batch.rows,
      ...this.#batch.seen,
      state: this.#batch.state,
      noise: this.#batch.noise,
    })
    boundActions(this.#environment.spec.actions, action, this.#batch.actions)
    this.#checkActions(logProb)
    this.#batch.translate?.(this.#batch.actions)
    for (const name in this.#batch.state)
      this.#batch.state[name].data.set(state[name].data as never)
  }

  close(): void {
    this.#vector.close?.()
  }

  #account(lane: number): void {
    const episode = this.#episodes[lane]
    if (episode === undefined) return
    const { rewards, terminated, truncated } = this.#batch.out
    const first = lane * this.#agents
    let reward = 0
    for (const agent of this.#measured) reward += rewards[first + agent]
    episode.return += reward / this.#measured.length
    episode.length++
    if (episode.actions !== undefined)
      for (let i = 0; i < this.#agents * this.#batch.width; i++)
        episode.actions.push(this.#batch.actions[first * this.#batch.width + i])
    if (terminated[first] === 1 || truncated[first] === 1) this.#finish(lane, episode)
    else if (episode.length > this.#vector.maxSteps(lane))
      throw new AgonError(
        'evaluation/endless',
        `an episode of ${episode.length} steps has passed its own limit of ${this.#vector.maxSteps(lane)}`,
        { place: this.#jobs[episode.job].name },
      )
  }

  #finish(lane: number, episode: Episode<L>): void {
    const { level, actions } = episode
    this.played[episode.job] = {
      return: episode.return,
      length: episode.length,
      solved: episode.return > this.#environment.solvedAbove,
      ...(actions === undefined ? {} : { recording: { level, actions } }),
    }
    this.busy--
    this.#episodes[lane] = undefined
    if (this.#next < this.#jobs.length) this.#begin(lane)
  }

  #begin(lane: number): void {
    const index = this.#next++
    const job = this.#jobs[index]
    const level = (this.#companions?.levelOf(lane, job.level()) ?? job.level()) as L
    const actions = job.record ? [] : undefined
    this.#episodes[lane] = { job: index, level, noise: job.noise(), actions, return: 0, length: 0 }
    this.busy++
    for (let agent = 0; agent < this.#agents; agent++)
      zeroRow(this.#batch.state, lane * this.#agents + agent)
    this.#companions?.begin(lane)
    this.#start(lane, level, job.name)
  }

  #start(lane: number, level: L, name: string): void {
    try {
      this.#vector.reset([lane], [level], this.#batch.out.observations)
    } catch (error) {
      if (!(error instanceof AgonError)) throw error
      const { code, message, remedy, fields, place } = error
      const within = place === undefined ? name : `${name}, ${place}`
      throw new AgonError(code, message, { remedy, fields, place: within, cause: error })
    }
  }

  #checkActions(logProb: Float32Array): void {
    const { actions } = this.#environment.spec
    for (let row = 0; row < this.#batch.rows; row++) {
      const episode = this.#episodes[Math.floor(row / this.#agents)]
      if (episode === undefined) continue
      const fault = chosenFault(actions, this.#batch, logProb, row)
      if (fault === null) continue
      const place = `${this.#jobs[episode.job].name}, step ${episode.length}`
      const remedy = 'its weights may not be finite'
      throw new AgonError('policy/action', `the policy chose ${fault}`, { place, remedy })
    }
  }
}
