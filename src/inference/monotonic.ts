import type { Clock } from '../core/clock.ts'

/** The process's monotonic clock, milliseconds, for what decides no result. */
export const monotonic: Pick<Clock, 'now'> = {
  now: () => Number(process.hrtime.bigint()) / 1e6,
}
