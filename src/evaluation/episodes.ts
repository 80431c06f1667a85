import { AgonError } from '../core/errors.ts'
import type { RandomStream } from '../core/random.ts'
import { type Tensor, type TypedArray, tensor } from '../core/tensor.ts'
import type { Environment, VectorEnv } from '../envs/contract.ts'
import type { ActBatch, Policy } from '../inference/contract.ts'
import { zeroRow, zeroState } from '../inference/policy.ts'
import { seenBy } from '../inference/policy-graph.ts'

/**
 * Rows of every batch, full or not. Fixed, because the last bits of a row of a matrix product may depend on how many
 * rows there are and on which of them it is.
 */
export const EVALUATION_ROWS = 32

/** One episode to be played. */
export interface EpisodeJob<L> {
  /** For errors. */
  readonly name: string
  level(): L
  noise(): RandomStream
  dynamics(): RandomStream
  readonly record: boolean
}

export interface PlayedEpisode<L> {
  readonly return: number
  readonly length: number
  readonly solved: boolean
  /** Only where the job asked for a recording. */
  readonly recording?: { readonly level: L; readonly actions: readonly number[] }
}

interface Seat<L> {
  readonly job: number
  readonly level: L
  readonly noise: RandomStream
  readonly actions: number[] | undefined
  return: number
  length: number
}

/**
 * Plays every job from fresh state and returns them in their order. Rows are refilled in the order of the jobs as they
 * become free, so the outcome is a function of the list of jobs alone.
 * @throws AgonError `policy/action`, `evaluation/endless`, `level/invalid`
 */
export async function playEpisodes<L>(
  policy: Policy,
  environment: Environment<L>,
  jobs: readonly EpisodeJob<L>[],
): Promise<readonly PlayedEpisode<L>[]> {
  const table = new Table(policy, environment, jobs)
  try {
    table.seatAll()
    while (table.busy > 0) await table.step()
    return table.played
  } finally {
    table.close()
  }
}

class Table<L> {
  readonly played: PlayedEpisode<L>[]
  busy = 0
  readonly #policy: Policy
  readonly #environment: Environment<L>
  readonly #jobs: readonly EpisodeJob<L>[]
  readonly #vector: VectorEnv<L>
  readonly #seats: (Seat<L> | undefined)[] = new Array(EVALUATION_ROWS).fill(undefined)
  readonly #seen: Pick<ActBatch, 'observations' | 'mask'>
  readonly #written: Readonly<Record<string, TypedArray>>
  readonly #rewards = new Float32Array(EVALUATION_ROWS)
  readonly #terminated = new Uint8Array(EVALUATION_ROWS)
  readonly #truncated = new Uint8Array(EVALUATION_ROWS)
  readonly #noise = tensor('float32', [EVALUATION_ROWS])
  readonly #state: Readonly<Record<string, Tensor>>
  #next = 0

  constructor(policy: Policy, environment: Environment<L>, jobs: readonly EpisodeJob<L>[]) {
    this.played = new Array(jobs.length)
    this.#policy = policy
    this.#environment = environment
    this.#jobs = jobs
    this.#vector = environment.vector({
      slots: EVALUATION_ROWS,
      autoReset: 'none',
      // Asked for when a slot is reset; an environment that asks earlier gets the slot's first episode.
      stream: (slot) => jobs[this.#seats[slot]?.job ?? Math.min(slot, jobs.length - 1)].dynamics(),
    })
    const specs = Object.entries(environment.spec.observations)
    const shown = Object.fromEntries(
      specs.map(([name, { dtype, shape }]) => [name, tensor(dtype, [EVALUATION_ROWS, ...shape])]),
    )
    this.#seen = seenBy(policy.card, shown)
    this.#written = Object.fromEntries(specs.map(([name]) => [name, shown[name].data]))
    this.#state = zeroState(policy.card, EVALUATION_ROWS)
  }

  /** Rows that no job is left for get the first level too: an environment may not step a slot that never began. */
  seatAll(): void {
    for (let row = 0; row < EVALUATION_ROWS; row++) {
      if (this.#next < this.#jobs.length) this.#seat(row)
      else if (this.#jobs.length > 0)
        this.#vector.reset([row], [this.#jobs[0].level()], this.#written)
    }
  }

  async step(): Promise<void> {
    for (let row = 0; row < EVALUATION_ROWS; row++)
      this.#noise.data[row] = this.#seats[row]?.noise.uniform() ?? 0
    const { action, logProb, state } = await this.#policy.act({
      rows: EVALUATION_ROWS,
      ...this.#seen,
      state: this.#state,
      noise: this.#noise,
    })
    this.#checkActions(action, logProb)
    this.#vector.step(action, {
      observations: this.#written,
      rewards: this.#rewards,
      terminated: this.#terminated,
      truncated: this.#truncated,
    })
    for (const name in this.#state) this.#state[name].data.set(state[name].data as never)
    for (let row = 0; row < EVALUATION_ROWS; row++) this.#account(row, action[row])
  }

  close(): void {
    this.#vector.close?.()
  }

  #account(row: number, action: number): void {
    const seat = this.#seats[row]
    if (seat === undefined) return
    seat.return += this.#rewards[row]
    seat.length++
    seat.actions?.push(action)
    if (this.#terminated[row] === 1 || this.#truncated[row] === 1) this.#finish(row, seat)
    else if (seat.length > this.#vector.maxSteps(row))
      throw new AgonError(
        'evaluation/endless',
        `an episode of ${seat.length} steps has passed its own limit of ${this.#vector.maxSteps(row)}`,
        { place: this.#jobs[seat.job].name },
      )
  }

  #finish(row: number, seat: Seat<L>): void {
    const { level, actions } = seat
    this.played[seat.job] = {
      return: seat.return,
      length: seat.length,
      solved: seat.return > this.#environment.solvedAbove,
      ...(actions === undefined ? {} : { recording: { level, actions } }),
    }
    this.busy--
    this.#seats[row] = undefined
    if (this.#next < this.#jobs.length) this.#seat(row)
  }

  #seat(row: number): void {
    const index = this.#next++
    const job = this.#jobs[index]
    const level = job.level()
    const actions = job.record ? [] : undefined
    this.#seats[row] = { job: index, level, noise: job.noise(), actions, return: 0, length: 0 }
    this.busy++
    zeroRow(this.#state, row)
    this.#start(row, level, job.name)
  }

  #start(row: number, level: L, name: string): void {
    try {
      this.#vector.reset([row], [level], this.#written)
    } catch (error) {
      if (!(error instanceof AgonError)) throw error
      const { code, message, remedy, fields, place } = error
      const within = place === undefined ? name : `${name}, ${place}`
      throw new AgonError(code, message, { remedy, fields, place: within, cause: error })
    }
  }

  /** A graph of weights that are not finite may well give an action, but not its probability. */
  #checkActions(action: Int32Array, logProb: Float32Array): void {
    const { count } = this.#environment.spec.actions
    for (let row = 0; row < EVALUATION_ROWS; row++) {
      const seat = this.#seats[row]
      if (seat === undefined) continue
      const exists = action[row] >= 0 && action[row] < count
      if (exists && !Number.isNaN(logProb[row])) continue
      throw new AgonError(
        'policy/action',
        exists
          ? `the policy chose action ${action[row]} with a log-probability that is no number`
          : `the policy chose action ${action[row]}, which is not one of 0 … ${count - 1}`,
        {
          place: `${this.#jobs[seat.job].name}, step ${seat.length}`,
          remedy: 'its weights may not be finite',
        },
      )
    }
  }
}
