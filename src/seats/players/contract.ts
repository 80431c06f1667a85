import type { RandomStream } from '../../core/random.ts'
import type { Companions } from '../contract.ts'

/** Everybody of one name: rows in ascending order, `lanes[i]` that of `rows[i]`. */
export interface Crew {
  readonly rows: readonly number[]
  readonly lanes: readonly number[]
}

/** Who plays a crew. */
export type Player = Pick<Companions, 'begin' | 'end' | 'act'>

/** The randomness of an episode that begins in a lane. */
export type LaneRandom = (lane: number) => RandomStream
