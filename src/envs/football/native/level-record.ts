import { AgonError } from '../../../core/errors.ts'
import { type FootballLevel, type LevelPlayer, ROLES } from '../level.ts'

/** Numbers before the players, of a player, and altogether: as `native/addon/src/level-record.hpp` has them. */
const HEADER = 17
const PLAYER = 5
const TEAM = 11
export const LEVEL_NUMBERS = HEADER + 2 * TEAM * PLAYER

const NEVER = -1
const KICK_OFFS = ['nearest', 'left', 'right'] as const
const BY_SEED = 2

/**
 * A level as float64 numbers. What is no number becomes NaN, which the simulator refuses with a reason; so does a team
 * of more than eleven, whose number alone is written.
 * @throws AgonError `level/invalid` where the shape of the record is wrong
 */
export function encodeLevel(level: FootballLevel, out: Float64Array): Float64Array {
  requireShape(level)
  out.fill(0)
  out.set([level.ball[0], level.ball[1], level.left.length, level.right.length])
  out.set([level.difficulty[0], level.difficulty[1], level.gameDuration], 4)
  out[7] = level.secondHalf ?? NEVER
  out[8] = kickOffNumber(level.kickOff)
  const flags = [
    level.useMagnet,
    level.offsides,
    level.endEpisodeOnScore,
    level.endEpisodeOnPossessionChange,
    level.endEpisodeOnOutOfPlay,
    level.controlAllPlayers,
    level.mayOverlap,
  ]
  out.set(flags.map(Number), 9)
  out[16] =
    level.reverseTeamProcessing === 'by-seed' ? BY_SEED : Number(level.reverseTeamProcessing)
  level.left.slice(0, TEAM).forEach((player, k) => {
    writePlayer(player, out, HEADER + k * PLAYER)
  })
  level.right.slice(0, TEAM).forEach((player, k) => {
    writePlayer(player, out, HEADER + (TEAM + k) * PLAYER)
  })
  return out
}

export function decodeLevel(from: Float64Array): FootballLevel {
  return {
    ball: [from[0], from[1]],
    left: readTeam(from, from[2], HEADER),
    right: readTeam(from, from[3], HEADER + TEAM * PLAYER),
    difficulty: [from[4], from[5]],
    gameDuration: from[6],
    secondHalf: from[7] === NEVER ? null : from[7],
    kickOff: KICK_OFFS[from[8] + 1],
    useMagnet: from[9] === 1,
    offsides: from[10] === 1,
    endEpisodeOnScore: from[11] === 1,
    endEpisodeOnPossessionChange: from[12] === 1,
    endEpisodeOnOutOfPlay: from[13] === 1,
    controlAllPlayers: from[14] === 1,
    mayOverlap: from[15] === 1,
    reverseTeamProcessing: from[16] === BY_SEED ? 'by-seed' : from[16] === 1,
  }
}

function kickOffNumber(side: FootballLevel['kickOff']): number {
  const index = KICK_OFFS.indexOf(side)
  return index < 0 ? Number.NaN : index - 1
}

function writePlayer(player: LevelPlayer, out: Float64Array, at: number): void {
  out[at] = player.x
  out[at + 1] = player.y
  out[at + 2] = ROLES.indexOf(player.role)
  out[at + 3] = Number(player.lazy)
  out[at + 4] = Number(player.controllable)
}

function readTeam(from: Float64Array, players: number, start: number): readonly LevelPlayer[] {
  return Array.from({ length: players }, (_, k) => {
    const at = start + k * PLAYER
    return {
      x: from[at],
      y: from[at + 1],
      role: ROLES[from[at + 2]],
      lazy: from[at + 3] === 1,
      controllable: from[at + 4] === 1,
    }
  })
}

/** Levels also come from users and over wires: their types are only a promise. */
function requireShape(level: FootballLevel): void {
  const pair = (value: unknown) => Array.isArray(value) && value.length === 2
  const players = (value: unknown) =>
    Array.isArray(value) && value.every((player) => typeof player === 'object' && player !== null)
  const wrong =
    typeof level !== 'object' || level === null
      ? 'the level must be an object'
      : !pair(level.ball) || !pair(level.difficulty)
        ? 'ball and difficulty must be pairs of numbers'
        : !players(level.left) || !players(level.right)
          ? 'left and right must be lists of players'
          : null
  if (wrong !== null) throw new AgonError('level/invalid', wrong)
}
