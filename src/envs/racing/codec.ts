import { AgonError } from '../../core/errors.ts'
import { isStepLimit, LEAST_POINTS, MOST_POINTS, type RacingLevel, TRACKS } from './level.ts'

/**
 * Canonical bytes of a level, little-endian:
 *
 *     u8 version = 1 · u8 track, by its place in TRACKS · u8 flags · u8 control points, 0 where there are none
 *     [u32 maxSteps, flag 1] [u32 seed, of track 1] [float64 x and y of each control point]
 *
 * Every byte string that decodes is the encoding of what it decodes to.
 */
const VERSION = 1
const HAS_LIMIT = 1
const HEADER = 4

export function encodeLevel(level: RacingLevel): Uint8Array {
  const { track, maxSteps } = level
  const points = level.track === 'bezier' ? level.points : []
  const words = [
    ...(maxSteps === undefined ? [] : [maxSteps]),
    ...(level.track === 'gymnasium' ? [level.seed] : []),
  ]
  const bytes = new Uint8Array(HEADER + 4 * words.length + 8 * points.length)
  const view = new DataView(bytes.buffer)
  bytes[0] = VERSION
  bytes[1] = TRACKS.indexOf(track)
  bytes[2] = maxSteps === undefined ? 0 : HAS_LIMIT
  bytes[3] = points.length / 2
  for (const [i, word] of words.entries()) view.setUint32(HEADER + 4 * i, word, true)
  for (const [i, value] of points.entries())
    view.setFloat64(HEADER + 4 * words.length + 8 * i, value, true)
  return bytes
}

/**
 * The inverse of {@link encodeLevel}. Checks the layout; whether the numbers lie within their ranges is `findDefect`'s
 * business.
 * @throws AgonError `level/corrupt`
 */
export function decodeLevel(bytes: Uint8Array): RacingLevel {
  if (bytes.length < HEADER) throw corrupt(`${bytes.length} bytes, a level has at least ${HEADER}`)
  if (bytes[0] !== VERSION) throw corrupt(`format version ${bytes[0]}, this reads ${VERSION}`)
  const track = TRACKS[bytes[1]]
  if (track === undefined || bytes[2] > HAS_LIMIT) throw corrupt('the header has unknown values')
  const count = bytes[3]
  const fits = track === 'bezier' ? count >= LEAST_POINTS && count <= MOST_POINTS : count === 0
  if (!fits) throw corrupt(`${count} control points on a track '${track}'`)
  const limited = bytes[2] === HAS_LIMIT ? 4 : 0
  const expected = HEADER + limited + (track === 'bezier' ? 16 * count : 4)
  if (bytes.length !== expected)
    throw corrupt(`${bytes.length} bytes for a level of track '${track}', expected ${expected}`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const limit = limited === 0 ? {} : { maxSteps: readLimit(view) }
  const first = HEADER + limited
  if (track === 'gymnasium') return { track, seed: view.getUint32(first, true), ...limit }
  const points = Array.from({ length: 2 * count }, (_, i) => view.getFloat64(first + 8 * i, true))
  // Several bit patterns are no number, and two are zero: only one of each level may decode.
  if (points.some((value) => !Number.isFinite(value) || Object.is(value, -0)))
    throw corrupt('a control point is no finite number, or the negative zero')
  return { track, points, ...limit }
}

function readLimit(view: DataView): number {
  const limit = view.getUint32(HEADER, true)
  if (!isStepLimit(limit)) throw corrupt(`a step limit of ${limit}`)
  return limit
}

const corrupt = (message: string): AgonError => new AgonError('level/corrupt', message)
