import { type Clock, manualClock } from '../../../../core/clock.ts'
import { manualTimers, type Timers } from '../../../../core/timers.ts'
import { type AskerOptions, createAsker } from '../asker.ts'
import type { AskCost, Asker, AskLimits } from '../contract.ts'

export interface Question {
  readonly key: string
}
export interface Answer {
  readonly text: string
  readonly cost?: AskCost
}

/** One call that the asker made, for a test to answer. */
export interface Call {
  readonly key: string
  readonly signal: AbortSignal
  readonly at: number
  answer(cost?: AskCost): void
  fail(error: unknown): void
}

export interface World {
  readonly clock: Clock
  readonly timers: Timers
  readonly calls: Call[]
  readonly asker: Asker<Question, Answer>
  /** Time passes, and what it makes happen has happened. */
  advance(ms: number): Promise<void>
  ask(key: string, signal?: AbortSignal): Promise<Answer>
}

export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const LIMITS: AskLimits = { concurrency: 2, deadlineSeconds: 10, retries: 2 }

/** A service whose every call a test answers by hand, with a clock that moves when told. */
export function createWorld(
  limits: Partial<AskLimits> = {},
  more: Partial<AskerOptions<Question, Answer>> = {},
): World {
  const clock = manualClock()
  const timers = manualTimers()
  const calls: Call[] = []
  const asker = createAsker<Question, Answer>({
    name: 'judge',
    limits: { ...LIMITS, ...limits },
    place: 'services.judge.limits',
    clock,
    timers,
    random: [7, 'service/judge'],
    send: ({ key }, signal) =>
      new Promise((resolve, reject) => {
        calls.push({
          key,
          signal,
          at: clock.now(),
          answer: (cost) => resolve(cost === undefined ? { text: key } : { text: key, cost }),
          fail: reject,
        })
      }),
    ...more,
  })
  return {
    clock,
    timers,
    calls,
    asker,
    async advance(ms) {
      await settled()
      // Small steps, so that what time makes happen happens at its time.
      for (let left = ms; left > 0; left -= 50) {
        clock.advance(Math.min(50, left))
        timers.advance(Math.min(50, left))
        await settled()
      }
    },
    ask: (key, signal) => asker.ask({ key }, signal),
  }
}
