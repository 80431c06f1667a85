import { METRES_X, METRES_Y } from '../../envs/football/metres.ts'
import { RAW_ROW, RAW_ROW_WIDTH } from '../../envs/football/observe/raw-row.ts'
import type { Replay, ReplayColumn } from './contract.ts'
import { type GameRecording, NO_ACTION, PLAYERS, TEAM_PLAYERS } from './recording.ts'
import { REPLAY_COLUMNS } from './replay-columns.ts'

const FIELD_UNIT = 2 ** -14
const METRE = 1 / 512
const SPEED = [1 / (100 * METRES_X), 1 / (100 * METRES_Y)]
const SENT_OFF = 2
/** No ball goes as far in 0.1 s, in field units: it was placed. */
const PLACED = 0.15

/**
 * A replay as the rows it was made of, as exactly as it holds them: what any stored game can be brought to. A replay has
 * no speed of the ball, so the ball's direction is its way since the row before; spin and roles are 0, key players unknown.
 * @param replay one that the schema let pass
 */
export function recordingOfReplay(replay: Replay): GameRecording {
  const { rows, about } = replay
  const sizes = [about.teams[0].roles.length, about.teams[1].roles.length] as const
  const game: GameRecording = {
    rows,
    raw: new Float32Array(rows * RAW_ROW_WIDTH),
    actions: new Int8Array(rows * PLAYERS).fill(NO_ACTION),
    sticky: new Uint16Array(rows * PLAYERS),
    designated: new Int8Array(2 * rows).fill(-1),
  }
  const columns = columnsOf(replay)
  for (let row = 0; row < rows; row++) {
    readBall(columns, row, sizes, game)
    for (const team of [0, 1] as const)
      for (let player = 0; player < sizes[team]; player++)
        readPlayer(columns, { row, team, player }, sizes, game)
  }
  return game
}

type Sizes = readonly [left: number, right: number]
type Columns = Readonly<Record<ReplayColumn, Int8Array | Uint8Array | Int16Array | Uint16Array>>

const ARRAYS = { int8: Int8Array, uint8: Uint8Array, int16: Int16Array, uint16: Uint16Array }

function columnsOf({ columns }: Replay): Columns {
  return Object.fromEntries(
    Object.entries(REPLAY_COLUMNS).map(([name, { type }]) => {
      // Copied, as a small buffer of Node may begin at an odd place.
      const { buffer } = Uint8Array.from(Buffer.from(columns[name as ReplayColumn], 'base64'))
      return [name, new ARRAYS[type](buffer)]
    }),
  ) as unknown as Columns
}

function readBall(columns: Columns, row: number, sizes: Sizes, { raw }: GameRecording): void {
  const { ball, owner, score } = columns
  const to = row * RAW_ROW_WIDTH
  for (const axis of [0, 1, 2]) {
    const unit = axis === 2 ? METRE : FIELD_UNIT
    const moved = row === 0 ? 0 : (ball[3 * row + axis] - ball[3 * (row - 1) + axis]) * unit
    raw[to + RAW_ROW.ball + axis] = ball[3 * row + axis] * unit
    raw[to + RAW_ROW.ballDirection + axis] = axis < 2 && Math.abs(moved) > PLACED ? 0 : moved
  }
  const whose = owner[row] < 0 ? -1 : owner[row] < sizes[0] ? 0 : 1
  raw[to + RAW_ROW.ballOwnedTeam] = whose
  raw[to + RAW_ROW.ballOwnedPlayer] = whose === 1 ? owner[row] - sizes[0] : owner[row]
  raw[to + RAW_ROW.active] = -1
  raw[to + RAW_ROW.gameMode] = columns.mode[row]
  raw[to + RAW_ROW.score] = score[2 * row]
  raw[to + RAW_ROW.score + 1] = score[2 * row + 1]
  raw[to + RAW_ROW.stepsLeft] = columns.stepsLeft[row]
  raw[to + RAW_ROW.leftPlayers] = sizes[0]
  raw[to + RAW_ROW.rightPlayers] = sizes[1]
}

function readPlayer(
  columns: Columns,
  { row, team, player }: { readonly row: number; readonly team: 0 | 1; readonly player: number },
  sizes: Sizes,
  { raw, actions, sticky }: GameRecording,
): void {
  const side = team === 0 ? RAW_ROW.left : RAW_ROW.right
  const to = row * RAW_ROW_WIDTH
  const at = row * (sizes[0] + sizes[1]) + team * sizes[0] + player
  for (const axis of [0, 1]) {
    const place = 2 * player + axis
    raw[to + side.position + place] = columns.place[2 * at + axis] * FIELD_UNIT
    raw[to + side.direction + place] = columns.velocity[2 * at + axis] * SPEED[axis]
  }
  raw[to + side.tiredFactor + player] = columns.tired[at] / 255
  raw[to + side.yellowCard + player] = columns.cards[at] & 1
  raw[to + side.active + player] = (columns.cards[at] & SENT_OFF) === 0 ? 1 : 0
  const column = row * PLAYERS + team * TEAM_PLAYERS + player
  sticky[column] = columns.sticky[at]
  actions[column] = columns.action[at]
}
