import { AgonError } from '../../core/errors.ts'
import { type LaneStatus, RUNNING, TERMINATED, TRUNCATED } from '../lane-status.ts'
import { decodeLevel, encodeLevel } from './codec.ts'
import { assertWellFormed, type RacingLevel } from './level.ts'
import { SNAPSHOT } from './physics/snapshot.ts'
import { VIEW } from './picture/view.ts'
import { LATELY } from './rewards/lately.ts'

/** One lane in the middle of an episode. */
export interface LaneState {
  readonly level: RacingLevel
  readonly status: LaneStatus
  /** Steps taken in this episode. */
  readonly time: number
  /** Reward of tiles that was not paid yet. */
  readonly earned: number
  /** uint8 `[tiles]`: 1 for those that a wheel has touched. */
  readonly visited: Uint8Array
  /** Rewards of the last frames, float64 `[100]`. */
  readonly lately: Float64Array
  /** Of the pictures that are seen, the oldest first: float64 `[frames, VIEW]`. */
  readonly views: Float64Array
  readonly car: Float64Array
}

const VERSION = 1
const HEADER = 24

/**
 * `u8 version · u8 status · u16 frames · u32 time · f64 earned · u32 bytes of level · u32 tiles · level · u8 of each tile ·
 * float64: rewards of the last frames, views, car`, little-endian.
 */
export function encodeState(state: LaneState): Uint8Array {
  const level = encodeLevel(state.level)
  const { visited, lately, views, car } = state
  const numbers = [...lately, ...views, ...car]
  const first = HEADER + level.length + visited.length
  const bytes = new Uint8Array(first + 8 * numbers.length)
  const view = new DataView(bytes.buffer)
  bytes[0] = VERSION
  bytes[1] = state.status
  view.setUint16(2, views.length / VIEW, true)
  view.setUint32(4, state.time, true)
  view.setFloat64(8, state.earned, true)
  view.setUint32(16, level.length, true)
  view.setUint32(20, visited.length, true)
  bytes.set(level, HEADER)
  bytes.set(visited, HEADER + level.length)
  for (const [i, value] of numbers.entries()) view.setFloat64(first + 8 * i, value, true)
  return bytes
}

/** @throws AgonError `state/corrupt`, `level/corrupt` or `level/invalid` */
export function decodeState(bytes: Uint8Array): LaneState {
  if (bytes.length < HEADER || bytes[0] !== VERSION) throw corrupt()
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const status = bytes[1]
  if (status !== RUNNING && status !== TERMINATED && status !== TRUNCATED) throw corrupt()
  const frames = view.getUint16(2, true)
  const tilesAt = HEADER + view.getUint32(16, true)
  const first = tilesAt + view.getUint32(20, true)
  const counts = [LATELY, frames * VIEW, SNAPSHOT]
  const numbers = counts.reduce((sum, count) => sum + count)
  if (frames === 0 || bytes.length !== first + 8 * numbers) throw corrupt()
  const level = decodeLevel(bytes.subarray(HEADER, tilesAt))
  assertWellFormed(level)
  const visited = bytes.slice(tilesAt, first)
  const earned = view.getFloat64(8, true)
  const all = Float64Array.from({ length: numbers }, (_, i) => view.getFloat64(first + 8 * i, true))
  if (visited.some((one) => one > 1) || !Number.isFinite(earned) || !all.every(Number.isFinite))
    throw corrupt()
  return {
    level,
    status,
    time: view.getUint32(4, true),
    earned,
    visited,
    lately: all.subarray(0, LATELY),
    views: all.subarray(LATELY, LATELY + frames * VIEW),
    car: all.subarray(LATELY + frames * VIEW),
  }
}

export const corrupt = (): AgonError =>
  new AgonError('state/corrupt', 'this is not a saved racing lane')
