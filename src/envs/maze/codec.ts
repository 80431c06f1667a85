import { AgonError } from '../../core/errors.ts'
import { type Direction, isStepLimit, MAX_SIDE, type MazeLevel, type MemoryCells } from './level.ts'

/**
 * Canonical bytes of a level, little-endian:
 *
 *     u8 version = 1 · u8 flags · u8 direction · u8 0 · u16 height · u16 width · u32 agent · u32 goal
 *     [u32 maxSteps, flag 1] [u32 distractor, u32 cue, flag 4]
 *     wall bits, row-major, lowest bit first, the last byte filled with zeros
 *
 * Flag 2 is occlusion. Every byte string that decodes is the encoding of what it decodes to.
 */
const VERSION = 1
const HAS_LIMIT = 1
const OCCLUDED = 2
const HAS_MEMORY = 4
const HEADER = 16

export function encodeLevel(level: MazeLevel): Uint8Array {
  const { walls, maxSteps, memory } = level
  const extra = (maxSteps === undefined ? 0 : 4) + (memory === undefined ? 0 : 8)
  const bytes = new Uint8Array(HEADER + extra + Math.ceil(walls.length / 8))
  const view = new DataView(bytes.buffer)
  bytes[0] = VERSION
  bytes[1] =
    (maxSteps === undefined ? 0 : HAS_LIMIT) |
    (level.occlusion === true ? OCCLUDED : 0) |
    (memory === undefined ? 0 : HAS_MEMORY)
  bytes[2] = level.direction
  view.setUint16(4, level.height, true)
  view.setUint16(6, level.width, true)
  view.setUint32(8, level.agent, true)
  view.setUint32(12, level.goal, true)
  let at = HEADER
  if (maxSteps !== undefined) {
    view.setUint32(at, maxSteps, true)
    at += 4
  }
  if (memory !== undefined) {
    view.setUint32(at, memory.distractor, true)
    view.setUint32(at + 4, memory.cue, true)
    at += 8
  }
  for (let i = 0; i < walls.length; i++) if (walls[i] !== 0) bytes[at + (i >> 3)] |= 1 << (i & 7)
  return bytes
}

/**
 * The inverse of {@link encodeLevel}. Checks the layout and that every cell lies inside; whether agent and goal stand
 * on free cells is `findDefect`'s business.
 * @throws AgonError `level/corrupt`
 */
export function decodeLevel(bytes: Uint8Array): MazeLevel {
  if (bytes.length < HEADER) throw corrupt(`${bytes.length} bytes, a level has at least ${HEADER}`)
  if (bytes[0] !== VERSION) throw corrupt(`format version ${bytes[0]}, this reads ${VERSION}`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const flags = bytes[1]
  const height = view.getUint16(4, true)
  const width = view.getUint16(6, true)
  if (flags > 7 || bytes[2] > 3 || bytes[3] !== 0) throw corrupt('the header has unknown values')
  if (height < 1 || width < 1 || height > MAX_SIDE || width > MAX_SIDE)
    throw corrupt(`a maze of ${height} × ${width} is out of bounds`)
  const cells = height * width
  const extra = (flags & HAS_LIMIT ? 4 : 0) + (flags & HAS_MEMORY ? 8 : 0)
  const expected = HEADER + extra + Math.ceil(cells / 8)
  if (bytes.length !== expected)
    throw corrupt(`${bytes.length} bytes for ${height} × ${width}, expected ${expected}`)
  let at = HEADER
  const maxSteps = flags & HAS_LIMIT ? readLimit(view, at) : undefined
  if (maxSteps !== undefined) at += 4
  const memory = flags & HAS_MEMORY ? readMemory(view, at, cells) : undefined
  if (memory !== undefined) at += 8
  return {
    height,
    width,
    walls: readWalls(bytes, at, cells),
    agent: readCell(view, 8, cells, 'agent'),
    direction: bytes[2] as Direction,
    goal: readCell(view, 12, cells, 'goal'),
    ...(maxSteps === undefined ? {} : { maxSteps }),
    ...(flags & OCCLUDED ? { occlusion: true } : {}),
    ...(memory === undefined ? {} : { memory }),
  }
}

const corrupt = (message: string): AgonError => new AgonError('level/corrupt', message)

function readCell(view: DataView, at: number, cells: number, name: string): number {
  const cell = view.getUint32(at, true)
  if (cell >= cells) throw corrupt(`the ${name}'s cell ${cell} is outside ${cells} cells`)
  return cell
}

function readLimit(view: DataView, at: number): number {
  const limit = view.getUint32(at, true)
  if (!isStepLimit(limit)) throw corrupt(`a step limit of ${limit}`)
  return limit
}

const readMemory = (view: DataView, at: number, cells: number): MemoryCells => ({
  distractor: readCell(view, at, cells, 'distractor'),
  cue: readCell(view, at + 4, cells, 'cue'),
})

function readWalls(bytes: Uint8Array, at: number, cells: number): Uint8Array {
  const walls = new Uint8Array(cells)
  for (let i = 0; i < cells; i++) walls[i] = (bytes[at + (i >> 3)] >> (i & 7)) & 1
  const rest = cells & 7
  if (rest !== 0 && bytes[bytes.length - 1] >> rest !== 0) throw corrupt('bits after the last cell')
  return walls
}
