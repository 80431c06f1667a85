import { actionDType, actionShape, parameterWidth } from '../core/action-space.ts'
import { elementCount, type NamedTensors, type Tensor, tensor } from '../core/tensor.ts'
import type { ActBatch, ActResult, Policy, PolicyCard, PolicyFile } from './contract.ts'
import { decodeParameters } from './decode-parameters.ts'
import type { DeviceChoice } from './device-choice.ts'
import { checkGraph } from './policy-fit.ts'
import { byGraphNames, feedsOf, type PolicyTraits, policyTraits } from './policy-graph.ts'
import { openSession } from './session.ts'
import type { Session, SessionOptions } from './session-contract.ts'

/**
 * A policy backed by an ONNX session. The caller keeps state and noise; results are overwritten two calls later, so
 * the state of one call may be given to the next as it is.
 * @throws AgonError `policy/graph` where the ONNX file is not what the card says; those of `openSession`
 */
export async function openPolicy(file: PolicyFile, options: SessionOptions = {}): Promise<Policy> {
  const session = await openSession(file.onnx, { name: 'policy', ...options })
  try {
    checkGraph(file.card, session)
  } catch (error) {
    await session.release()
    throw error
  }
  return new OnnxPolicy(file.card, session)
}

interface Buffers {
  readonly fetches: NamedTensors
  readonly result: ActResult
}

class OnnxPolicy implements Policy {
  readonly card: PolicyCard
  readonly device: Session['device']
  readonly choice?: DeviceChoice
  readonly #session: Session
  readonly #traits: PolicyTraits
  #rows = -1
  /** Two sets in turn: the state that the last call gave out may be the input of this one. */
  #sets: Buffers[] = []
  #turn = 0

  constructor(card: PolicyCard, session: Session) {
    this.card = card
    this.device = session.device
    if (session.choice !== undefined) this.choice = session.choice
    this.#session = session
    this.#traits = policyTraits(card, session)
  }

  async act(batch: ActBatch): Promise<ActResult> {
    if (batch.rows !== this.#rows) {
      this.#rows = batch.rows
      this.#sets = [this.#allocate(batch.rows), this.#allocate(batch.rows)]
    }
    this.#turn = 1 - this.#turn
    const { fetches, result } = this.#sets[this.#turn]
    await this.#session.run(feedsOf(this.card, this.#traits, batch), fetches)
    if (!this.#traits.chooses)
      decodeParameters(this.card, result.logits, batch.noise.data, result.action, result.logProb)
    return result
  }

  release(): Promise<void> {
    return this.#session.release()
  }

  #allocate(rows: number): Buffers {
    const { actions, state } = this.card
    const row = actionShape(actions)
    const action = tensor(actionDType(actions), [rows, ...row])
    const logProb = tensor('float32', [rows])
    const logits = tensor('float32', [rows, parameterWidth(actions)])
    const fetches: Record<string, Tensor> = { logits }
    if (this.#traits.chooses) Object.assign(fetches, { action, log_prob: logProb })
    const next = zeroState(this.card, rows)
    for (const name in state) fetches[`${name}_out`] = next[name]
    const value = this.#traits.hasValue ? tensor('float32', [rows]) : undefined
    if (value !== undefined) fetches.value = value
    const result: ActResult = {
      action: action.data,
      logProb: logProb.data,
      logits: logits.data,
      ...(value === undefined ? {} : { value: value.data }),
      state: next,
    }
    return { fetches: byGraphNames(this.card, fetches), result }
  }
}

/** The state of `rows` episodes that have not begun: zeros. */
export function zeroState(card: PolicyCard, rows: number): Record<string, Tensor> {
  const state: Record<string, Tensor> = {}
  for (const [name, spec] of Object.entries(card.state))
    state[name] = tensor(spec.dtype, [rows, ...spec.shape])
  return state
}

/** Zeroes row `row` of every state tensor, in place. */
export function zeroRow(state: NamedTensors, row: number): void {
  for (const name in state) {
    const { data, shape } = state[name]
    const width = elementCount(shape) / shape[0]
    data.fill((data instanceof BigInt64Array ? 0n : 0) as never, row * width, (row + 1) * width)
  }
}
