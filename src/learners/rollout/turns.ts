/** What lets pieces of work of one thread take turns: one computes, while what the others wait for is computed elsewhere. */
export interface Turn {
  /** Lets the others go on; resolves when it is this one's turn again. */
  pass(): Promise<void>
}

/**
 * Does all of `works`, of which one computes at a time, until it passes or is over; turns go round in their order. Resolves when all
 * are over.
 * @throws what the first of them to fail has failed with: others may only have met what that left behind
 */
export async function inTurns<T>(
  works: readonly ((turn: Turn) => Promise<T>)[],
): Promise<readonly T[]> {
  const waiting: (() => void)[] = []
  let taken = false
  const wait = (): Promise<void> => new Promise((go) => waiting.push(go))
  const next = (): void => {
    const go = waiting.shift()
    if (go === undefined) taken = false
    else go()
  }
  const turn: Turn = {
    async pass() {
      if (waiting.length === 0) return
      const mine = wait()
      next()
      await mine
    },
  }
  const failures: unknown[] = []
  const results = await Promise.allSettled(
    works.map(async (work) => {
      if (taken) await wait()
      taken = true
      try {
        return await work(turn)
      } catch (failure) {
        failures.push(failure)
        throw failure
      } finally {
        next()
      }
    }),
  )
  return results.map((result) => {
    if (result.status === 'rejected') throw failures[0]
    return result.value
  })
}
