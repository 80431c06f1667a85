import { type FrameStream, serverFrames } from '../../actors/transport/grpc/frame-stream.ts'
import type { Timers } from '../../core/timers.ts'
import { ACTORS, type agon, type Implementation, implement } from '../../wire/index.ts'
import { type Bell, createBell } from './bell.ts'

/** Someone opened an Attach stream and sent a first frame, which nobody has answered yet. */
export interface Arrival {
  readonly first: agon.v1.Frame
  readonly stream: FrameStream
}

/** The door of the scripted hub: who dials in waits here until the script takes him. */
export interface Desk {
  readonly service: Implementation
  /** The next that came, or null if nobody does within `ms` milliseconds. */
  next(ms: number): Promise<Arrival | null>
  /** How many have come, taken or not. */
  readonly arrivals: number
}

export function openDesk(timers: Timers): Desk {
  const bell: Bell = createBell(timers)
  const waiting: Arrival[] = []
  let arrivals = 0
  const service = implement(ACTORS, {
    attach(raw) {
      const stream = serverFrames(raw)
      let arrival: Arrival | null = null
      stream.listen({
        frame(first) {
          if (arrival !== null) return
          arrival = { first, stream }
          waiting.push(arrival)
          arrivals += 1
          bell.ring()
        },
        drained: () => {},
        ended() {
          const at = arrival === null ? -1 : waiting.indexOf(arrival)
          if (at >= 0) waiting.splice(at, 1)
        },
      })
    },
    join: (raw) => raw.end(),
  })
  return {
    service,
    get arrivals() {
      return arrivals
    },
    async next(ms) {
      await bell.wait(() => waiting.length > 0, ms)
      return waiting.shift() ?? null
    },
  }
}
