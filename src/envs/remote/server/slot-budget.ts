import { AgonError } from '../../../core/errors.ts'

/** How many slots a server holds, over all of its streams. */
export class SlotBudget {
  readonly #perStream: number
  readonly #inAll: number
  #taken = 0

  constructor(perStream: number, inAll: number) {
    this.#perStream = perStream
    this.#inAll = inAll
  }

  /** @throws AgonError `environment/slots` beyond what one stream may have, `wire/overloaded` where all are taken */
  take(slots: number): void {
    if (slots > this.#perStream)
      throw new AgonError('environment/slots', `${slots} slots, at most ${this.#perStream}`)
    if (this.#taken + slots > this.#inAll)
      throw new AgonError(
        'wire/overloaded',
        `${this.#taken} slots are taken, there is no room for ${slots} more of ${this.#inAll}`,
        { remedy: 'close other streams, or serve from a second process' },
      )
    this.#taken += slots
  }

  give(slots: number): void {
    this.#taken -= slots
  }
}
