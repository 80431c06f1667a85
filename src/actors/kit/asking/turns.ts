/** Places for so many at a time; the others wait, and enter in the order in which they came. */
export interface Turns {
  /**
   * Resolves with what gives the place back, to be called once.
   * @throws what `signal` was aborted with, while waiting
   */
  enter(signal: AbortSignal): Promise<() => void>
  /** More places, or fewer: nobody is sent away, but as many leave before the next one enters. */
  resize(places: number): void
}

export function createTurns(places: number): Turns {
  const waiting = new Set<() => void>()
  let most = places
  let free = places
  // A place passes on: it is never free for one who comes later.
  const admit = (): void => {
    for (const next of waiting) {
      if (free <= 0) return
      free -= 1
      next()
    }
  }
  const leave = (): void => {
    free += 1
    admit()
  }
  return {
    resize(next) {
      free += next - most
      most = next
      admit()
    },
    enter(signal) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason)
        if (free > 0) {
          free -= 1
          return resolve(leave)
        }
        const takenBack = (): void => {
          waiting.delete(enter)
          reject(signal.reason)
        }
        const enter = (): void => {
          waiting.delete(enter)
          signal.removeEventListener('abort', takenBack)
          resolve(leave)
        }
        waiting.add(enter)
        signal.addEventListener('abort', takenBack, { once: true })
      })
    },
  }
}
