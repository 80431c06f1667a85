import type { RandomStream } from '../../core/random.ts'
import type { LaneRandom } from './contract.ts'

/** One stream a lane, from which its rows draw in their order. */
export interface LaneStreams {
  begin(lane: number): void
  of(lane: number): RandomStream
}

export function laneStreams(random: LaneRandom): LaneStreams {
  const byLane = new Map<number, RandomStream>()
  return {
    begin: (lane) => void byLane.set(lane, random(lane)),
    of: (lane) => byLane.get(lane) ?? random(lane),
  }
}
