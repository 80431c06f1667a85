import { choiceCounts } from '../../core/action-space.ts'
import { AgonError } from '../../core/errors.ts'
import { type RandomStream, stream } from '../../core/random.ts'
import { type Tensor, type TypedArray, tensor } from '../../core/tensor.ts'
import type { Encoding } from '../../envs/football/native/contract.ts'
import { ENCODINGS } from '../../envs/football/native/encodings.ts'
import type { PolicyProfile } from '../../envs/football/observe/profiles.ts'
import type { ActBatch, Policy } from '../../inference/contract.ts'
import { zeroRow, zeroState } from '../../inference/policy.ts'
import { seenBy } from '../../inference/policy-graph.ts'
import { profileOf } from '../profiles.ts'
import type { Crew } from './contract.ts'

/** The players of one policy: a row of recurrent state each, and one call for all of them. */
export class PolicyCrew implements Crew {
  readonly seen: Readonly<Record<string, TypedArray>>
  readonly #policy: Policy
  readonly #profile: PolicyProfile
  readonly #seats: number
  readonly #name: string
  readonly #batch: ActBatch
  /** What it sees by the names of its card. */
  readonly #shown: Readonly<Record<string, TypedArray>>
  readonly #actions: Int32Array
  /** Of each lane's game; none where nothing is drawn. */
  readonly #noise: (RandomStream | undefined)[]

  /**
   * @param name names the stream of its noise
   * @throws AgonError as {@link profileOf}
   */
  constructor(name: string, policy: Policy, lanes: number, seats: number) {
    const rows = lanes * seats
    const { card } = policy
    this.#policy = policy
    this.#profile = profileOf(card)
    this.#seats = seats
    this.#name = name
    const see = (encoding: Encoding): Tensor =>
      tensor(ENCODINGS[encoding].dtype, [rows, ...ENCODINGS[encoding].shape])
    const parts = Object.entries(this.#profile.encodings).map(([name, encoding]) => ({
      name,
      encoding,
      seen: see(encoding),
    }))
    this.#batch = {
      rows,
      ...seenBy(card, Object.fromEntries(parts.map(({ name, seen }) => [name, seen]))),
      state: zeroState(card, rows),
      noise: tensor('float32', [rows]),
    }
    this.#shown = Object.fromEntries(parts.map(({ name, seen }) => [name, seen.data]))
    this.seen = Object.fromEntries(parts.map(({ encoding, seen }) => [encoding, seen.data]))
    this.#actions = new Int32Array(rows)
    this.#noise = new Array(lanes).fill(undefined)
  }

  begin(lane: number, number: number): void {
    for (let seat = 0; seat < this.#seats; seat++)
      zeroRow(this.#batch.state, lane * this.#seats + seat)
    if (this.#policy.card.decode === 'sample')
      this.#noise[lane] = stream(number, 'play', 'policy', this.#name)
  }

  async act(): Promise<Int32Array> {
    const { noise, state, rows } = this.#batch
    for (let row = 0; row < rows; row++)
      noise.data[row] = this.#noise[Math.floor(row / this.#seats)]?.uniform() ?? 0
    const result = await this.#policy.act(this.#batch)
    for (const name in state) state[name].data.set(result.state[name].data as never)
    // Profiles of football are discrete ones.
    const [count] = choiceCounts(this.#policy.card.actions)
    for (let row = 0; row < rows; row++) {
      const action = result.action[row]
      if (!(action >= 0 && action < count)) throw noAction(action, count)
      this.#actions[row] = action
    }
    this.#profile.translate?.(this.#actions, this.#shown)
    return this.#actions
  }
}

function noAction(action: number, count: number): AgonError {
  return new AgonError('policy/action', `the policy chose ${action} of ${count} actions`, {
    remedy: 'its weights are probably not finite',
  })
}
