import { AgonError } from '../../../core/errors.ts'
import { type Connection, DM_ENV_RPC, dmEnvRpc } from '../../../wire/index.ts'
import { type OrderedAsks, orderedAsks } from '../ordered-asks.ts'
import { settingsOf } from './seed-levels.ts'

type Request = dmEnvRpc.v1.EnvironmentRequest.$Properties
type Reply = dmEnvRpc.v1.EnvironmentResponse
type Step = dmEnvRpc.v1.StepResponse.$Properties
export type Specs = dmEnvRpc.v1.ActionObservationSpecs.$Properties

const { RUNNING, TERMINATED, INTERRUPTED } = dmEnvRpc.v1.EnvironmentStateType
const STATES: readonly number[] = [RUNNING, TERMINATED, INTERRUPTED]

/** Steps until a sequence runs: one that says it was cut off, and one that begins. */
const MOST_STEPS_TO_BEGIN = 3

/** One world of a server, with one stream that plays it. */
export class DialledWorld {
  readonly #asks: OrderedAsks<Request, Reply>
  #name: string | null = null
  /** Ids of the observations that each step asks for. */
  wanted: readonly number[] = []

  constructor(connection: Connection) {
    this.#asks = orderedAsks<Request, Reply>(connection, DM_ENV_RPC.methods.process, ({ error }) =>
      error == null ? null : refusal(error),
    )
  }

  /** Makes the world and joins it. */
  async join(settings: Record<string, dmEnvRpc.v1.Tensor.$Properties>): Promise<Specs> {
    const { createWorld } = await this.#asks.ask({ createWorld: { settings } })
    this.#name = createWorld?.worldName ?? ''
    const { joinWorld } = await this.#asks.ask({ joinWorld: { worldName: this.#name } })
    return joinWorld?.specs ?? {}
  }

  /** A sequence of `level`, at its first observation. */
  async begin(level: Uint8Array): Promise<Step> {
    const settings = settingsOf(level)
    if (this.#name === null) await this.join(settings)
    else await this.#asks.ask({ resetWorld: { worldName: this.#name, settings } })
    for (let t = 0; t < MOST_STEPS_TO_BEGIN; t++) {
      const step = await this.step({})
      if (step.state === RUNNING) return step
    }
    throw new AgonError('environment/answer', `no sequence runs after ${MOST_STEPS_TO_BEGIN} steps`)
  }

  async step(actions: Record<string, dmEnvRpc.v1.Tensor.$Properties>): Promise<Step> {
    const request = { step: { actions, requestedObservations: [...this.wanted] } }
    const { step } = await this.#asks.ask(request)
    if (step == null)
      throw new AgonError('environment/answer', 'a step was answered with something else')
    if (!STATES.includes(step.state ?? 0))
      throw new AgonError('environment/answer', `a step was answered with state ${step.state}`, {
        remedy: 'answer with RUNNING, TERMINATED or INTERRUPTED',
      })
    return step
  }

  /** Leaves and ends the world, so that the server need not remember it. */
  async leave(): Promise<void> {
    await this.#asks.ask({ leaveWorld: {} })
    await this.#asks.ask({ destroyWorld: { worldName: this.#name ?? '' } })
  }

  close(): void {
    this.#asks.close()
  }
}

function refusal({ message }: dmEnvRpc.v1.Status.$Properties): AgonError {
  const own = /^([a-z-]+(?:\/[a-z-]+)+): (.*)$/s.exec(message ?? '')
  return own === null
    ? new AgonError('environment/refused', message || 'the server gave no reason')
    : new AgonError(own[1], own[2])
}
