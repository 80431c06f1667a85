/** Places for so many at a time; the others wait, and enter in the order in which they came. */
export interface Turns {
  /**
   * Resolves with what gives the place back, to be called once.
   * @throws what `signal` was aborted with, while waiting
   */
  enter(signal: AbortSignal): Promise<() => void>
}

export function createTurns(places: number): Turns {
  const waiting = new Set<() => void>()
  let free = places
  const leave = (): void => {
    const [next] = waiting
    if (next === undefined) free += 1
    // The place passes on: it is never free for one who comes later.
    else next()
  }
  return {
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
