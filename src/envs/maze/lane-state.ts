import { AgonError } from '../../core/errors.ts'
import { decodeLevel, encodeLevel } from './codec.ts'
import { assertWellFormed, type MazeLevel } from './level.ts'
import { blockedCells } from './metrics.ts'

/** One lane in the middle of an episode. */
export interface LaneState {
  readonly level: MazeLevel
  readonly cell: number
  readonly direction: number
  /** Steps taken in this episode. */
  readonly time: number
  /** The episode is over and nothing follows it (`none`). */
  readonly ended: boolean
}

const VERSION = 1
const HEADER = 12

/** `u8 version · u8 ended · u8 direction · u8 0 · u32 cell · u32 time · level`, little-endian. */
export function encodeState(state: LaneState): Uint8Array {
  const level = encodeLevel(state.level)
  const bytes = new Uint8Array(HEADER + level.length)
  const view = new DataView(bytes.buffer)
  bytes[0] = VERSION
  bytes[1] = state.ended ? 1 : 0
  bytes[2] = state.direction
  view.setUint32(4, state.cell, true)
  view.setUint32(8, state.time, true)
  bytes.set(level, HEADER)
  return bytes
}

/** @throws AgonError `state/corrupt`, `level/corrupt` or `level/invalid` */
export function decodeState(bytes: Uint8Array): LaneState {
  if (bytes.length < HEADER || bytes[0] !== VERSION || bytes[1] > 1 || bytes[2] > 3)
    throw new AgonError('state/corrupt', 'this is not a saved maze lane')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const level = decodeLevel(bytes.subarray(HEADER))
  assertWellFormed(level)
  const cell = view.getUint32(4, true)
  if (cell >= level.walls.length || blockedCells(level)[cell] !== 0 || cell === level.goal)
    throw new AgonError('state/corrupt', `the agent cannot stand on cell ${cell}`)
  return {
    level,
    cell,
    direction: bytes[2],
    time: view.getUint32(8, true),
    ended: bytes[1] === 1,
  }
}
