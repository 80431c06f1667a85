import { AgonError } from '../../../core/errors.ts'
import { type FootballLevel, type LevelPlayer, ROLES } from '../level.ts'
import { LONGEST_GAME, MOST_PLAYERS } from './defect.ts'

/**
 * Canonical bytes of a level, little-endian:
 *
 *     u8 version = 1 · u8 flags · u8 kick-off · u8 processing · u8 left players · u8 right players · u16 0
 *     u32 gameDuration · i32 secondHalf (−1: none) · f32 difficulty left, right · f32 ball x, y
 *     for each player, left team first: f32 x, y · u8 role · u8 lazy 1 | controllable 2 · u16 0
 *
 * Every byte string that decodes is the encoding of what it decodes to.
 */
const VERSION = 1
const HEADER = 32
const PLAYER = 12

const FLAGS = [
  'useMagnet',
  'offsides',
  'endEpisodeOnScore',
  'endEpisodeOnPossessionChange',
  'endEpisodeOnOutOfPlay',
  'controlAllPlayers',
  'mayOverlap',
] as const satisfies readonly (keyof FootballLevel)[]
const KICK_OFFS = ['left', 'right', 'nearest'] as const
const PROCESSING = [false, true, 'by-seed'] as const

const LAZY = 1
const CONTROLLABLE = 2

/** As float32, with one zero: −0 and 0 are the same place. */
const zeroed = (value: number): number => Math.fround(value) + 0

export function encodeLevel(level: FootballLevel): Uint8Array {
  const { ball, left, right, difficulty } = level
  const bytes = new Uint8Array(HEADER + PLAYER * (left.length + right.length))
  const view = new DataView(bytes.buffer)
  bytes[0] = VERSION
  bytes[1] = FLAGS.reduce((bits, name, i) => bits | (level[name] ? 1 << i : 0), 0)
  bytes[2] = KICK_OFFS.indexOf(level.kickOff)
  bytes[3] = PROCESSING.indexOf(level.reverseTeamProcessing)
  bytes[4] = left.length
  bytes[5] = right.length
  view.setUint32(8, level.gameDuration, true)
  view.setInt32(12, level.secondHalf ?? -1, true)
  for (const [i, value] of [...difficulty, ...ball].entries())
    view.setFloat32(16 + 4 * i, zeroed(value), true)
  for (const [i, player] of [...left, ...right].entries())
    writePlayer(view, HEADER + PLAYER * i, player)
  return bytes
}

function writePlayer(view: DataView, at: number, player: LevelPlayer): void {
  view.setFloat32(at, zeroed(player.x), true)
  view.setFloat32(at + 4, zeroed(player.y), true)
  view.setUint8(at + 8, ROLES.indexOf(player.role))
  view.setUint8(at + 9, (player.lazy ? LAZY : 0) | (player.controllable ? CONTROLLABLE : 0))
}

/**
 * The inverse of {@link encodeLevel}. Checks the layout and that every field has a value of its kind; whether the level
 * can be played is `findDefect`'s business.
 * @throws AgonError `level/corrupt`
 */
export function decodeLevel(bytes: Uint8Array): FootballLevel {
  if (bytes.length < HEADER) throw corrupt(`${bytes.length} bytes, a level has at least ${HEADER}`)
  if (bytes[0] !== VERSION) throw corrupt(`format version ${bytes[0]}, this reads ${VERSION}`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const [, flags, kickOff, processing, lefts, rights] = bytes
  const known = flags < 1 << FLAGS.length && kickOff < 3 && processing < 3
  if (!known || view.getUint16(6, true) !== 0) throw corrupt('the header has unknown values')
  checkCount(lefts, 'left')
  checkCount(rights, 'right')
  const expected = HEADER + PLAYER * (lefts + rights)
  if (bytes.length !== expected)
    throw corrupt(`${bytes.length} bytes for ${lefts} and ${rights} players, expected ${expected}`)
  const numbers = [16, 20, 24, 28].map((at) => readNumber(view, at, 'difficulty or ball'))
  const players = Array.from({ length: lefts + rights }, (_, i) =>
    readPlayer(view, HEADER + PLAYER * i, `player ${i}`),
  )
  const switches = Object.fromEntries(FLAGS.map((name, i) => [name, (flags & (1 << i)) !== 0]))
  return {
    ...(switches as Record<(typeof FLAGS)[number], boolean>),
    ball: [numbers[2], numbers[3]],
    left: players.slice(0, lefts),
    right: players.slice(lefts),
    difficulty: [numbers[0], numbers[1]],
    gameDuration: readDuration(view),
    secondHalf: readSecondHalf(view),
    kickOff: KICK_OFFS[kickOff],
    reverseTeamProcessing: PROCESSING[processing],
  }
}

const corrupt = (message: string): AgonError => new AgonError('level/corrupt', message)

function checkCount(players: number, side: string): void {
  if (players < 1 || players > MOST_PLAYERS)
    throw corrupt(`${players} players in the ${side} team, there are 1 to ${MOST_PLAYERS}`)
}

function readDuration(view: DataView): number {
  const steps = view.getUint32(8, true)
  if (steps < 1 || steps > LONGEST_GAME) throw corrupt(`a game of ${steps} steps`)
  return steps
}

function readSecondHalf(view: DataView): number | null {
  const step = view.getInt32(12, true)
  if (step < -1 || step > LONGEST_GAME) throw corrupt(`a second half at step ${step}`)
  return step === -1 ? null : step
}

function readNumber(view: DataView, at: number, what: string): number {
  const value = view.getFloat32(at, true)
  if (!Number.isFinite(value) || Object.is(value, -0))
    throw corrupt(`${what}: ${Object.is(value, -0) ? '−0' : value} is no number of a level`)
  return value
}

function readPlayer(view: DataView, at: number, what: string): LevelPlayer {
  const role = view.getUint8(at + 8)
  const flags = view.getUint8(at + 9)
  if (role >= ROLES.length) throw corrupt(`${what}: role ${role}`)
  if (flags > 3 || view.getUint16(at + 10, true) !== 0) throw corrupt(`${what}: unknown values`)
  return {
    x: readNumber(view, at, `${what}, x`),
    y: readNumber(view, at + 4, `${what}, y`),
    role: ROLES[role],
    lazy: (flags & LAZY) !== 0,
    controllable: (flags & CONTROLLABLE) !== 0,
  }
}
