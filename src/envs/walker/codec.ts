import { AgonError } from '../../core/errors.ts'
import { isStepLimit, PARAMETERS, TERRAINS, type WalkerLevel } from './level.ts'

/**
 * Canonical bytes of a level, little-endian:
 *
 *     u8 version = 1 · u8 terrain, by its place in TERRAINS · u8 flags · u8 0 · u32 seed
 *     [u32 maxSteps, flag 1] [8 × float64 parameters, where terrain is 0]
 *
 * Every byte string that decodes is the encoding of what it decodes to.
 */
const VERSION = 1
const HAS_LIMIT = 1
const HEADER = 8

export function encodeLevel(level: WalkerLevel): Uint8Array {
  const { terrain, seed, maxSteps } = level
  const parameters = level.terrain === 'parameters' ? level.parameters : []
  const limit = maxSteps === undefined ? 0 : 4
  const bytes = new Uint8Array(HEADER + limit + 8 * parameters.length)
  const view = new DataView(bytes.buffer)
  bytes[0] = VERSION
  bytes[1] = TERRAINS.indexOf(terrain)
  bytes[2] = maxSteps === undefined ? 0 : HAS_LIMIT
  view.setUint32(4, seed, true)
  if (maxSteps !== undefined) view.setUint32(HEADER, maxSteps, true)
  for (const [i, value] of parameters.entries())
    view.setFloat64(HEADER + limit + 8 * i, value, true)
  return bytes
}

/**
 * The inverse of {@link encodeLevel}. Checks the layout; whether the numbers lie within their ranges is `findDefect`'s
 * business.
 * @throws AgonError `level/corrupt`
 */
export function decodeLevel(bytes: Uint8Array): WalkerLevel {
  if (bytes.length < HEADER) throw corrupt(`${bytes.length} bytes, a level has at least ${HEADER}`)
  if (bytes[0] !== VERSION) throw corrupt(`format version ${bytes[0]}, this reads ${VERSION}`)
  const terrain = TERRAINS[bytes[1]]
  if (terrain === undefined || bytes[2] > HAS_LIMIT || bytes[3] !== 0)
    throw corrupt('the header has unknown values')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const first = HEADER + (bytes[2] === HAS_LIMIT ? 4 : 0)
  const expected = first + (terrain === 'parameters' ? 8 * PARAMETERS.length : 0)
  if (bytes.length !== expected)
    throw corrupt(`${bytes.length} bytes for a level of terrain '${terrain}', expected ${expected}`)
  const base = {
    seed: view.getUint32(4, true),
    ...(bytes[2] === HAS_LIMIT ? { maxSteps: readLimit(view) } : {}),
  }
  if (terrain !== 'parameters') return { terrain, ...base }
  const parameters = PARAMETERS.map((_, i) => view.getFloat64(first + 8 * i, true))
  // Several bit patterns are no number, and two are zero: only one of each level may decode.
  const odd = parameters.findIndex((value) => !Number.isFinite(value) || Object.is(value, -0))
  if (odd >= 0) throw corrupt(`${PARAMETERS[odd]} is no finite number, or the negative zero`)
  return { terrain, parameters, ...base }
}

function readLimit(view: DataView): number {
  const limit = view.getUint32(HEADER, true)
  if (!isStepLimit(limit)) throw corrupt(`a step limit of ${limit}`)
  return limit
}

const corrupt = (message: string): AgonError => new AgonError('level/corrupt', message)
