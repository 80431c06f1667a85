/** Lets `most` in at a time; others wait in turn, and `mostWaiting` of them at most. */
export class Turnstile {
  readonly #most: number
  readonly #mostWaiting: number
  readonly #waiting: (() => void)[] = []
  #inside = 0

  constructor(most: number, mostWaiting: number) {
    this.#most = most
    this.#mostWaiting = mostWaiting
  }

  /** Whether one more would find no place, not even to wait. */
  get full(): boolean {
    return this.#inside >= this.#most && this.#waiting.length >= this.#mostWaiting
  }

  async through<T>(work: () => Promise<T>): Promise<T> {
    if (this.#inside >= this.#most)
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve)
      })
    else this.#inside++
    try {
      return await work()
    } finally {
      // The place goes to who is next, without ever being free.
      const next = this.#waiting.shift()
      if (next === undefined) this.#inside--
      else next()
    }
  }
}
