import { AgonError } from '../../core/errors.ts'
import { type LaneStatus, RUNNING, TERMINATED, TRUNCATED } from '../lane-status.ts'
import type { FootballLevel } from './level.ts'
import { decodeLevel, encodeLevel } from './level-space/codec.ts'

/** One lane in the middle of an episode. */
export interface LaneState {
  readonly status: LaneStatus
  readonly level: FootballLevel
  readonly seed: bigint
  readonly episode: number
  /** The simulator's game. */
  readonly game: Uint8Array
  /** What observations remember of earlier steps. */
  readonly memory: Uint8Array
}

const VERSION = 1
const HEADER = 28

/**
 * `u8 version · u8 status · u16 0 · u32 episode · u64 seed · u32 bytes of level, game, memory · level · game · memory`,
 * little-endian.
 */
export function encodeState({ status, level, seed, episode, game, memory }: LaneState): Uint8Array {
  const parts = [encodeLevel(level), game, memory]
  const length = parts.reduce((sum, part) => sum + part.length, HEADER)
  const bytes = new Uint8Array(length)
  const view = new DataView(bytes.buffer)
  bytes[0] = VERSION
  bytes[1] = status
  view.setUint32(4, episode, true)
  view.setBigUint64(8, seed, true)
  let at = HEADER
  for (const [i, part] of parts.entries()) {
    view.setUint32(16 + 4 * i, part.length, true)
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/** @throws AgonError `state/corrupt` or `level/corrupt` */
export function decodeState(bytes: Uint8Array): LaneState {
  if (bytes.length < HEADER || bytes[0] !== VERSION) throw corrupt()
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const status = bytes[1]
  if (status !== RUNNING && status !== TERMINATED && status !== TRUNCATED) throw corrupt()
  const lengths = [16, 20, 24].map((at) => view.getUint32(at, true))
  if (HEADER + lengths[0] + lengths[1] + lengths[2] !== bytes.length) throw corrupt()
  let at = HEADER
  const [level, game, memory] = lengths.map((length) => {
    const part = bytes.subarray(at, at + length)
    at += length
    return part
  })
  return {
    status,
    level: decodeLevel(level),
    seed: view.getBigUint64(8, true),
    episode: view.getUint32(4, true),
    game,
    memory,
  }
}

const corrupt = (): AgonError =>
  new AgonError('state/corrupt', 'this is not a saved football lane of these options')
