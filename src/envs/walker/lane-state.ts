import { AgonError } from '../../core/errors.ts'
import { type LaneStatus, RUNNING, TERMINATED, TRUNCATED } from '../lane-status.ts'
import { decodeLevel, encodeLevel } from './codec.ts'
import { assertWellFormed, type WalkerLevel } from './level.ts'

/** One lane in the middle of an episode. */
export interface LaneState {
  readonly level: WalkerLevel
  readonly status: LaneStatus
  /** Steps taken in this episode. */
  readonly time: number
  readonly feet: readonly [number, number]
  readonly fallen: boolean
  /** Of the last step: 130 · x / 30 − 5 · |angle|. */
  readonly shaping: number
  /** Of the physics. */
  readonly snapshot: Float64Array
}

const VERSION = 1
const HEADER = 24

/**
 * `u8 version · u8 status · u8 feet, one bit a leg, and 4 where fallen · u8 0 · u32 time · f64 shaping · u32 bytes of level ·
 * u32 numbers of the snapshot · level · snapshot`, little-endian.
 */
export function encodeState(state: LaneState): Uint8Array {
  const level = encodeLevel(state.level)
  const { snapshot, feet } = state
  const bytes = new Uint8Array(HEADER + level.length + 8 * snapshot.length)
  const view = new DataView(bytes.buffer)
  bytes[0] = VERSION
  bytes[1] = state.status
  bytes[2] = feet[0] + 2 * feet[1] + (state.fallen ? 4 : 0)
  view.setUint32(4, state.time, true)
  view.setFloat64(8, state.shaping, true)
  view.setUint32(16, level.length, true)
  view.setUint32(20, snapshot.length, true)
  bytes.set(level, HEADER)
  for (let i = 0; i < snapshot.length; i++)
    view.setFloat64(HEADER + level.length + 8 * i, snapshot[i], true)
  return bytes
}

/** @throws AgonError `state/corrupt`, `level/corrupt` or `level/invalid` */
export function decodeState(bytes: Uint8Array): LaneState {
  if (bytes.length < HEADER || bytes[0] !== VERSION) throw corrupt()
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const status = bytes[1]
  if (status !== RUNNING && status !== TERMINATED && status !== TRUNCATED) throw corrupt()
  const [levelBytes, numbers] = [view.getUint32(16, true), view.getUint32(20, true)]
  const first = HEADER + levelBytes
  const shaping = view.getFloat64(8, true)
  if (first + 8 * numbers !== bytes.length || bytes[2] > 7 || bytes[3] !== 0) throw corrupt()
  if (!Number.isFinite(shaping)) throw corrupt()
  const level = decodeLevel(bytes.subarray(HEADER, first))
  assertWellFormed(level)
  return {
    level,
    status,
    time: view.getUint32(4, true),
    feet: [bytes[2] & 1, (bytes[2] >> 1) & 1],
    fallen: (bytes[2] & 4) !== 0,
    shaping,
    snapshot: Float64Array.from({ length: numbers }, (_, i) =>
      view.getFloat64(first + 8 * i, true),
    ),
  }
}

const corrupt = (): AgonError => new AgonError('state/corrupt', 'this is not a saved walker lane')
