import { choiceCounts } from '../../core/action-space.ts'
import { AgonError } from '../../core/errors.ts'
import { type RandomStream, stream } from '../../core/random.ts'
import { type Tensor, type TypedArray, tensor } from '../../core/tensor.ts'
import type { Encoding } from '../../envs/football/native/contract.ts'
import { ENCODINGS } from '../../envs/football/native/encodings.ts'
import type { ActBatch, Policy } from '../../inference/contract.ts'
import { zeroRow, zeroState } from '../../inference/policy.ts'
import { type PlayProfile, profileOf } from '../profiles.ts'
import type { Crew } from './contract.ts'

const DRIBBLE = 17
const RELEASE_SPRINT = 15
/** Where TiZero's encoding has the sprint flag: sticky bits stand from column 1, sprint is the ninth. */
const TIZERO_SPRINT = 9

/** The players of one policy: a row of recurrent state each, and one call for all of them. */
export class PolicyCrew implements Crew {
  readonly seen: Readonly<Record<string, TypedArray>>
  readonly #policy: Policy
  readonly #profile: PlayProfile
  readonly #seats: number
  readonly #name: string
  readonly #batch: ActBatch
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
    const observations = Object.entries(this.#profile.observations).map(
      ([name, encoding]) => [name, encoding, see(encoding)] as const,
    )
    const mask = this.#profile.mask === undefined ? undefined : see(this.#profile.mask)
    this.#batch = {
      rows,
      observations: Object.fromEntries(observations.map(([name, , seen]) => [name, seen])),
      state: zeroState(card, rows),
      noise: tensor('float32', [rows]),
      ...(mask === undefined ? {} : { mask: mask as Tensor<'float32'> }),
    }
    this.seen = {
      ...Object.fromEntries(observations.map(([, encoding, { data }]) => [encoding, data])),
      ...(mask === undefined ? {} : { [this.#profile.mask!]: mask.data }),
    }
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
      this.#actions[row] = this.#sent(action, row)
    }
    return this.#actions
  }

  /** What goes to the engine for what the network chose. */
  #sent(action: number, row: number): number {
    if (!this.#profile.releasesSprint || action !== DRIBBLE) return action
    const width = ENCODINGS.tizero.shape[0]
    const sprinting = this.seen.tizero[row * width + TIZERO_SPRINT] === 1
    return sprinting ? RELEASE_SPRINT : action
  }
}

function noAction(action: number, count: number): AgonError {
  return new AgonError('policy/action', `the policy chose ${action} of ${count} actions`, {
    remedy: 'its weights are probably not finite',
  })
}
