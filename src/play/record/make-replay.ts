import { METRES_X, METRES_Y } from '../../envs/football/metres.ts'
import { RAW_ROW, RAW_ROW_WIDTH } from '../../envs/football/observe/raw-row.ts'
import type { Replay, ReplayAbout, ReplayColumn } from './contract.ts'
import { gameEvents } from './game-events.ts'
import { gameRows } from './game-row.ts'
import { type GameRecording, PLAYERS, TEAM_PLAYERS } from './recording.ts'
import { REPLAY_COLUMNS } from './replay-columns.ts'

const ARRAYS = { int8: Int8Array, uint8: Uint8Array, int16: Int16Array, uint16: Uint16Array }
type SmallArray = Int8Array | Uint8Array | Int16Array | Uint16Array

const FIELD_UNITS = 2 ** 14
const HEIGHT_UNITS = 512
/** Units of 0.1 m/s of a direction, which is a displacement of 0.1 s in field units. */
const SPEED_UNITS = [100 * METRES_X, 100 * METRES_Y]

/** Rounds and clamps into the range of the array; what is no number becomes 0. */
function put(into: SmallArray, at: number, value: number): void {
  const bits = 8 * into.BYTES_PER_ELEMENT
  const signed = into instanceof Int8Array || into instanceof Int16Array
  const low = signed ? -(2 ** (bits - 1)) : 0
  into[at] = Math.max(low, Math.min(low + 2 ** bits - 1, Math.round(value) || 0))
}

/** A game as people look at it: quantised, with its events. */
export function makeReplay(recording: GameRecording, about: ReplayAbout): Replay {
  const { rows } = recording
  const sizes = [about.teams[0].roles.length, about.teams[1].roles.length] as const
  const players = sizes[0] + sizes[1]
  const columns = Object.fromEntries(
    Object.entries(REPLAY_COLUMNS).map(([name, { type, width }]) => [
      name,
      new ARRAYS[type](rows * width(players)),
    ]),
  ) as Record<ReplayColumn, SmallArray>
  for (let row = 0; row < rows; row++) {
    writeBall(recording, row, sizes[0], columns)
    writePlayers(recording, row, sizes, columns)
  }
  return {
    format: 'agon-football-replay',
    version: 1,
    about,
    rows,
    events: gameEvents(gameRows(recording)),
    columns: Object.fromEntries(
      Object.entries(columns).map(([name, { buffer }]) => [
        name,
        Buffer.from(buffer).toString('base64'),
      ]),
    ) as Record<ReplayColumn, string>,
  }
}

function writeBall(
  { raw }: GameRecording,
  row: number,
  left: number,
  columns: Readonly<Record<ReplayColumn, SmallArray>>,
): void {
  const at = (column: number): number => raw[row * RAW_ROW_WIDTH + column]
  put(columns.ball, 3 * row, at(RAW_ROW.ball) * FIELD_UNITS)
  put(columns.ball, 3 * row + 1, at(RAW_ROW.ball + 1) * FIELD_UNITS)
  put(columns.ball, 3 * row + 2, at(RAW_ROW.ball + 2) * HEIGHT_UNITS)
  const team = at(RAW_ROW.ballOwnedTeam)
  put(columns.owner, row, team < 0 ? -1 : at(RAW_ROW.ballOwnedPlayer) + (team === 1 ? left : 0))
  put(columns.mode, row, at(RAW_ROW.gameMode))
  put(columns.score, 2 * row, at(RAW_ROW.score))
  put(columns.score, 2 * row + 1, at(RAW_ROW.score + 1))
  put(columns.stepsLeft, row, at(RAW_ROW.stepsLeft))
}

function writePlayers(
  { raw, actions, sticky }: GameRecording,
  row: number,
  sizes: readonly [number, number],
  columns: Readonly<Record<ReplayColumn, SmallArray>>,
): void {
  const from = row * RAW_ROW_WIDTH
  let at = row * (sizes[0] + sizes[1])
  for (const team of [0, 1]) {
    const side = team === 0 ? RAW_ROW.left : RAW_ROW.right
    for (let player = 0; player < sizes[team]; player++, at++) {
      for (const axis of [0, 1]) {
        const position = raw[from + side.position + 2 * player + axis]
        const direction = raw[from + side.direction + 2 * player + axis]
        put(columns.place, 2 * at + axis, position * FIELD_UNITS)
        put(columns.velocity, 2 * at + axis, direction * SPEED_UNITS[axis])
      }
      put(columns.tired, at, raw[from + side.tiredFactor + player] * 255)
      const yellow = raw[from + side.yellowCard + player] !== 0 ? 1 : 0
      put(columns.cards, at, yellow + (raw[from + side.active + player] === 0 ? 2 : 0))
      const column = row * PLAYERS + team * TEAM_PLAYERS + player
      put(columns.sticky, at, sticky[column])
      put(columns.action, at, actions[column])
    }
  }
}
