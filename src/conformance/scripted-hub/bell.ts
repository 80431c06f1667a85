import { afterTicks, type Timers } from '../../core/timers.ts'

/** Wakes those who wait for something to become true. */
export interface Bell {
  /** Something has changed. */
  ring(): void
  /** Resolves with whether `holds` became true within `ms` milliseconds, in which this thread was awake. */
  wait(holds: () => boolean, ms: number): Promise<boolean>
}

export function createBell(timers: Timers): Bell {
  const waiting = new Set<() => void>()
  return {
    ring() {
      for (const look of [...waiting]) look()
    },
    wait(holds, ms) {
      if (holds()) return Promise.resolve(true)
      return new Promise((resolve) => {
        const settle = (result: boolean): void => {
          waiting.delete(look)
          callOff()
          resolve(result)
        }
        const look = (): void => {
          if (holds()) settle(true)
        }
        const callOff = afterTicks(timers, ms, () => settle(false))
        waiting.add(look)
      })
    },
  }
}
