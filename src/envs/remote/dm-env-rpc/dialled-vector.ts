import { type ActionArray, actionWidth, allocateActions } from '../../../core/action-space.ts'
import { AgonError } from '../../../core/errors.ts'
import { bytesOf, type Tensor, tensor, typedArray } from '../../../core/tensor.ts'
import { type agon, type Connection, dmEnvRpc, encodeTensor } from '../../../wire/index.ts'
import { AUTO_RESET } from '../auto-reset.ts'
import type { BackendVector } from '../client/backend.ts'
import type { DialledSpecs } from './dialled-specs.ts'
import { DialledWorld } from './dialled-world.ts'
import { decodeDmTensor, encodeDmTensor } from './tensors.ts'

type Reply = agon.v1.StepReply.$Properties
type Step = dmEnvRpc.v1.StepResponse.$Properties

const { TERMINATED, INTERRUPTED } = dmEnvRpc.v1.EnvironmentStateType
/** The protocol knows no step limit. */
const NO_LIMIT = 2 ** 31 - 1

interface Slot {
  readonly world: DialledWorld
  level: Uint8Array | null
  next: Uint8Array | null
  ended: Pick<Step, 'state'> | null
  /** Of the last step. */
  observations: readonly Tensor[]
}

/** Worlds of a dm_env_rpc server as the slots of one vector environment. */
export class DialledVector implements BackendVector {
  readonly #specs: DialledSpecs
  readonly #slots: readonly Slot[]
  readonly #autoReset: number
  readonly #finals: boolean

  constructor(connection: Connection, specs: DialledSpecs, open: agon.v1.Open.$Properties) {
    this.#specs = specs
    this.#autoReset = open.autoReset ?? 0
    this.#finals = open.finals ?? false
    const wanted = [...specs.observations, specs.reward].map(({ id }) => id)
    this.#slots = Array.from({ length: open.slots ?? 0 }, () => {
      const world = new DialledWorld(connection)
      world.wanted = wanted
      return { world, level: null, next: null, ended: null, observations: [] }
    })
  }

  ask({ reset, act }: agon.v1.StepRequest.$Properties): Promise<Reply> {
    if (act != null) return this.#act(act)
    if (reset != null) return this.#reset(reset)
    const why = 'dm_env_rpc neither saves nor loads the state of a world'
    return Promise.reject(new AgonError('environment/unsupported', why))
  }

  async #reset({ slots, levels }: agon.v1.Reset.$Properties): Promise<Reply> {
    const chosen = (slots ?? []).map((slot) => this.#slots[slot])
    await Promise.all(chosen.map((slot, i) => this.#begin(slot, (levels ?? [])[i])))
    return { observations: this.#observed(chosen), maxSteps: chosen.map(() => NO_LIMIT) }
  }

  async #begin(slot: Slot, level: Uint8Array): Promise<void> {
    slot.level = level
    slot.ended = null
    this.#look(slot, await slot.world.begin(level))
  }

  #look(slot: Slot, { observations }: Step): void {
    slot.observations = this.#specs.observations.map(({ id, name, spec }) =>
      decodeDmTensor(name, spec, observations?.[id]),
    )
  }

  async #act({ actions, nextSlots, nextLevels }: agon.v1.Act.$Properties): Promise<Reply> {
    for (const [i, slot] of (nextSlots ?? []).entries())
      this.#slots[slot].next = (nextLevels ?? [])[i]
    const { space } = this.#specs.action
    const chosen = allocateActions(space, this.#slots.length)
    new Uint8Array(chosen.buffer).set(actions ?? [])
    const width = actionWidth(space)
    const rewards = new Float32Array(this.#slots.length)
    const began: number[] = []
    await Promise.all(
      this.#slots.map(async (slot, i) => {
        if (slot.ended !== null) return
        const step = await slot.world.step(
          this.#actions(chosen.subarray(i * width, (i + 1) * width)),
        )
        rewards[i] = this.#reward(step)
        this.#look(slot, step)
        if (step.state === TERMINATED || step.state === INTERRUPTED) slot.ended = step
      }),
    )
    const flags = (state: number) =>
      Uint8Array.from(this.#slots, ({ ended }) => (ended?.state === state ? 1 : 0))
    const [terminated, truncated] = [flags(TERMINATED), flags(INTERRUPTED)]
    const cut = this.#slots.filter(({ ended }) => ended?.state === INTERRUPTED)
    // Before other sequences begin.
    const finals = this.#finals && cut.length > 0 ? this.#observed(cut) : []
    await Promise.all(this.#slots.map((slot, i) => this.#goOn(slot, i, began)))
    began.sort((a, b) => a - b)
    return {
      observations: this.#observed(this.#slots),
      rewards: bytesOf(tensor('float32', [rewards.length], rewards)),
      terminated,
      truncated,
      finals,
      began,
      maxSteps: began.map(() => NO_LIMIT),
    }
  }

  async #goOn(slot: Slot, index: number, began: number[]): Promise<void> {
    if (slot.ended === null || slot.level === null) return
    if (this.#autoReset === AUTO_RESET['same-level']) await this.#begin(slot, slot.level)
    if (this.#autoReset !== AUTO_RESET['next-level']) return
    const { next } = slot
    if (next === null) throw new AgonError('environment/request', `slot ${index} has no next level`)
    slot.next = null
    began.push(index)
    await this.#begin(slot, next)
  }

  #actions(row: ActionArray): Record<string, dmEnvRpc.v1.Tensor.$Properties> {
    const { id, first, spec } = this.#specs.action
    const data = typedArray(spec.dtype, row.length)
    for (let i = 0; i < row.length; i++)
      data[i] = (spec.dtype === 'int64' ? BigInt(row[i] + first) : row[i] + first) as never
    return { [id]: encodeDmTensor({ ...spec, data }) }
  }

  #reward({ observations }: Step): number {
    const { id, name, spec } = this.#specs.reward
    return Number(decodeDmTensor(name, spec, observations?.[id]).data[0])
  }

  /** Rows of some slots, one tensor an observation. */
  #observed(slots: readonly Slot[]): agon.v1.NamedTensor.$Properties[] {
    return this.#specs.observations.map(({ name, spec: { dtype, shape } }, i) => {
      const bytes = slots.map(({ observations }) => bytesOf(observations[i]))
      const data = Buffer.concat(bytes)
      const whole = tensor(dtype, [slots.length, ...shape])
      bytesOf(whole).set(data)
      return { name, tensor: encodeTensor(whole) }
    })
  }

  close(): void {
    for (const { world } of this.#slots) world.close()
  }
}
