import { AgonError, toErrorRecord } from '../../../core/errors.ts'
import { BYTES_PER_ELEMENT, elementCount } from '../../../core/tensor.ts'
import { type agon, encodeError, MAX_MESSAGE_BYTES } from '../../../wire/index.ts'
import type { Environment } from '../../contract.ts'
import { contractError } from '../../contract-error.ts'
import { readAutoReset } from '../auto-reset.ts'
import { BrokenStep, OpenVector, slotsError } from './open-vector.ts'
import type { SlotBudget } from './slot-budget.ts'

type Reply = agon.v1.StepReply.$Properties

/**
 * One vector environment as a stream sees it: requests in, replies out, no sockets. A reply is lent: its memory is written
 * again by the next request, and a step allocates none of it.
 */
export class StepSession {
  readonly #find: (name: string) => Environment<unknown>
  readonly #budget: SlotBudget
  #open: OpenVector | null = null

  constructor(find: (name: string) => Environment<unknown>, budget: SlotBudget) {
    this.#find = find
    this.#budget = budget
  }

  /**
   * What is wrong with the request comes back in band.
   * @throws whatever the environment throws in the middle of a step, after which it is in no known state
   */
  answer(request: agon.v1.StepRequest): Reply {
    try {
      return this.#answer(request)
    } catch (error) {
      const told = contractError(error)
      if (told === null || told instanceof BrokenStep) throw error
      return { error: encodeError(toErrorRecord(told)) }
    }
  }

  #answer({ open, reset, act, save, load }: agon.v1.StepRequest): Reply {
    if (act != null) return this.#opened().act(act)
    if (open != null) return this.#begin(open)
    if (reset != null) return this.#opened().reset(reset)
    if (save != null) return this.#opened().save(save)
    if (load != null) return this.#opened().load(load)
    throw new AgonError('environment/request', 'the request asks for nothing that is known here')
  }

  #opened(): OpenVector {
    if (this.#open !== null) return this.#open
    throw new AgonError('environment/not-open', 'the first request of a stream is open')
  }

  #begin(open: agon.v1.Open): Reply {
    if (this.#open !== null)
      throw new AgonError('environment/not-open', 'the stream has its vector environment already')
    const environment = this.#find(open.environment)
    const autoReset = readAutoReset(open.autoReset)
    if (autoReset === undefined)
      throw new AgonError('environment/request', `there is no auto-reset ${open.autoReset}`)
    checkSlots(environment, open)
    checkFinals(environment, open)
    checkDepartures(environment, open)
    this.#budget.take(open.slots)
    try {
      this.#open = new OpenVector(environment, open, autoReset)
    } catch (error) {
      this.#budget.give(open.slots)
      throw error
    }
    return { rows: open.slots * environment.spec.agents }
  }

  /** The stream is over. */
  close(): void {
    if (this.#open === null) return
    this.#budget.give(this.#open.slots)
    this.#open.close()
    this.#open = null
  }
}

function checkFinals({ spec, givesFinals }: Environment<unknown>, { finals }: agon.v1.Open): void {
  if (!finals || givesFinals === true) return
  throw new AgonError(
    'environment/unsupported',
    `the environment '${spec.id}' does not give the last observation of an episode that is cut`,
  )
}

function checkDepartures(
  { spec, givesDepartures }: Environment<unknown>,
  { finals, departures }: agon.v1.Open,
): void {
  if (!departures || (finals && givesDepartures === true)) return
  throw new AgonError(
    'environment/unsupported',
    `the environment '${spec.id}' does not say who left alone, or finals are not asked for`,
  )
}

function checkSlots({ spec }: Environment<unknown>, open: agon.v1.Open): void {
  const { slots, streams, finals } = open
  if (slots < 1) throw slotsError('a vector environment has at least one slot')
  if (streams.length !== 0 && streams.length !== slots)
    throw slotsError(`${streams.length} streams for ${slots} slots`)
  const row = Object.values(spec.observations).reduce(
    (sum, { dtype, shape }) => sum + BYTES_PER_ELEMENT[dtype] * elementCount(shape),
    0,
  )
  // At worst every row is cut, and seen last and first.
  const bytes = row * slots * spec.agents * (finals ? 2 : 1)
  if (bytes > MAX_MESSAGE_BYTES)
    throw slotsError(
      `one answer for ${slots} slots has ${bytes} bytes, at most ${MAX_MESSAGE_BYTES}`,
    )
}
