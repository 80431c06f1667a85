import { type ActionArray, actionFault } from '../../../core/action-space.ts'
import { AgonError } from '../../../core/errors.ts'
import { type RandomStream, stream } from '../../../core/random.ts'
import { tensor } from '../../../core/tensor.ts'
import { dmEnvRpc } from '../../../wire/index.ts'
import type { Environment, StepBuffers, VectorEnv } from '../../contract.ts'
import { allocateStepBuffers } from '../../step-buffers.ts'
import { steppable } from '../../steppable.ts'
import type { WorldSettings } from './settings.ts'
import { ACTION_ID, actionSpec, DISCOUNT, observationIds, REWARD } from './specs.ts'
import { decodeDmTensor, encodeDmTensor } from './tensors.ts'

const { RUNNING, TERMINATED, INTERRUPTED } = dmEnvRpc.v1.EnvironmentStateType

/** One world of the protocol: one slot, played in sequences, each begun by a step whose actions are not read. */
export class World {
  /** Whether a stream has joined it. */
  joined = false
  readonly #environment: Environment<unknown>
  readonly #env: VectorEnv<unknown>
  readonly #buffers: StepBuffers
  #settings: WorldSettings<unknown>
  #state: dmEnvRpc.v1.EnvironmentStateType = INTERRUPTED
  /** The next step says that a running sequence was cut off. */
  #cut = false
  #sequences = 0

  constructor(environment: Environment<unknown>, settings: WorldSettings<unknown>) {
    this.#environment = environment
    this.#settings = settings
    this.#buffers = allocateStepBuffers(environment.spec, 1)
    this.#env = steppable(environment, 'dm_env_rpc steps its worlds').vector({
      slots: 1,
      autoReset: 'none',
      stream: () => this.#random('dynamics'),
    })
  }

  #random(purpose: string): RandomStream {
    return stream(this.#settings.seed ?? 0, purpose, this.#sequences)
  }

  /** The sequence is over; the next step begins another, with what the settings say. */
  reset(settings: WorldSettings<unknown>): void {
    this.#settings = { ...this.#settings, ...settings }
    if (settings.seed !== undefined) this.#sequences = 0
    // A new seed without a level is a new level.
    if (settings.seed !== undefined && settings.level === undefined)
      this.#settings = { seed: settings.seed }
    this.#state = INTERRUPTED
  }

  /** As {@link reset}, for all who have joined: a running sequence is seen to be cut off. */
  resetWorld(settings: WorldSettings<unknown>): void {
    this.#cut = this.#state === RUNNING
    this.reset(settings)
  }

  /** @throws AgonError `wire/tensor`, `environment/actions`, `environment/observation` */
  step({
    actions,
    requestedObservations,
  }: dmEnvRpc.v1.StepRequest): dmEnvRpc.v1.StepResponse.$Properties {
    const wanted = this.#wanted(requestedObservations)
    if (this.#cut) {
      this.#cut = false
      return { state: INTERRUPTED, observations: this.#observed(wanted) }
    }
    if (this.#state === RUNNING) this.#act(actions)
    else this.#begin()
    return { state: this.#state, observations: this.#observed(wanted) }
  }

  #begin(): void {
    this.#sequences += 1
    const { levels } = this.#environment
    const level = this.#settings.level ?? levels.sample(this.#random('level'))
    this.#env.reset([0], [level], this.#buffers.observations)
    for (const result of [this.#buffers.rewards, this.#buffers.terminated, this.#buffers.truncated])
      result.fill(0)
    this.#state = RUNNING
  }

  #act(actions: dmEnvRpc.v1.StepRequest['actions']): void {
    const { spec } = this.#environment
    const unknown = Object.keys(actions).find((id) => Number(id) !== ACTION_ID)
    if (unknown !== undefined)
      throw new AgonError('environment/actions', `there is no action ${unknown}, only ${ACTION_ID}`)
    const { data } = decodeDmTensor('action', actionSpec(spec), actions[ACTION_ID])
    const given = data as ActionArray
    for (let agent = 0; agent < spec.agents; agent++) {
      const fault = actionFault(spec.actions, given, agent)
      if (fault !== null) throw new AgonError('environment/actions', fault)
    }
    this.#env.step(given, this.#buffers)
    const { terminated, truncated } = this.#buffers
    if (terminated.includes(1)) this.#state = TERMINATED
    else if (truncated.includes(1)) this.#state = INTERRUPTED
  }

  #wanted(ids: readonly number[]) {
    const known = observationIds(this.#environment.spec)
    if (ids.length > known.length)
      throw new AgonError(
        'environment/observation',
        `${ids.length} observations are asked for, there are ${known.length}`,
      )
    return ids.map((id) => {
      const found = known.find((one) => one.id === id)
      if (found !== undefined) return found
      throw new AgonError('environment/observation', `there is no observation ${id}`)
    })
  }

  #observed(wanted: ReturnType<typeof observationIds>) {
    const { observations, rewards, terminated } = this.#buffers
    return Object.fromEntries(
      wanted.map(({ id, name, spec: { dtype, shape } }) => {
        const data =
          name === REWARD
            ? rewards
            : name === DISCOUNT
              ? Float32Array.from(terminated, (flag) => 1 - flag)
              : observations[name]
        return [id, encodeDmTensor(tensor(dtype, shape, data as never))]
      }),
    )
  }

  close(): void {
    this.#env.close?.()
  }
}
