import { RAW_ROW, RAW_ROW_WIDTH } from '../../envs/football/observe/raw-row.ts'
import { type GameRecording, PLAYERS, TEAM_PLAYERS } from './recording.ts'
import { TRACE_COLUMN, TRACE_WIDTH } from './trace-columns.ts'

/**
 * The rows in which games of the reference engine are stored, so that programs that read those read ours. Eleven a side.
 * What a row of 205 has and one of 215 has not (roles, numbers of players) is told beside it.
 */

/** Columns that both kinds of row have: trace ← raw, width. */
const SHARED: readonly (readonly [trace: number, raw: number, width: number])[] = [
  [TRACE_COLUMN.ball, RAW_ROW.ball, 9],
  [TRACE_COLUMN.ball_owned_team, RAW_ROW.ballOwnedTeam, 2],
  [TRACE_COLUMN.game_mode, RAW_ROW.gameMode, 1],
  [TRACE_COLUMN.score, RAW_ROW.score, 2],
  [TRACE_COLUMN.steps_left, RAW_ROW.stepsLeft, 1],
  [TRACE_COLUMN.left_team, RAW_ROW.left.position, 44],
  [TRACE_COLUMN.right_team, RAW_ROW.right.position, 44],
  [TRACE_COLUMN.left_team_tired_factor, RAW_ROW.left.tiredFactor, 11],
  [TRACE_COLUMN.right_team_tired_factor, RAW_ROW.right.tiredFactor, 11],
  [TRACE_COLUMN.left_team_active, RAW_ROW.left.active, 11],
  [TRACE_COLUMN.right_team_active, RAW_ROW.right.active, 11],
  [TRACE_COLUMN.left_team_yellow_card, RAW_ROW.left.yellowCard, 11],
  [TRACE_COLUMN.right_team_yellow_card, RAW_ROW.right.yellowCard, 11],
]

/** float32 `[rows, 215]`. Positions and speeds are not rounded, unlike those of the reference. */
export function traceOf({ rows, raw, actions, sticky, designated }: GameRecording): Float32Array {
  const out = new Float32Array(rows * TRACE_WIDTH)
  for (let row = 0; row < rows; row++) {
    const to = row * TRACE_WIDTH
    const from = row * RAW_ROW_WIDTH
    for (const [at, source, width] of SHARED)
      out.set(raw.subarray(from + source, from + source + width), to + at)
    const player = row * PLAYERS
    out.set(designated.subarray(row * 2, row * 2 + 2), to + TRACE_COLUMN.left_designated)
    out.set(sticky.subarray(player, player + PLAYERS), to + TRACE_COLUMN.left_sticky_bits)
    out.set(actions.subarray(player, player + PLAYERS), to + TRACE_COLUMN.left_action)
  }
  return out
}

/**
 * @param trace float32 `[rows, 215]`
 * @param roles ids of the eleven roles of each team
 */
export function recordingOfTrace(
  trace: Float32Array,
  roles: readonly [readonly number[], readonly number[]],
): GameRecording {
  const rows = trace.length / TRACE_WIDTH
  const raw = new Float32Array(rows * RAW_ROW_WIDTH)
  const actions = new Int8Array(rows * PLAYERS)
  const sticky = new Uint16Array(rows * PLAYERS)
  const designated = new Int8Array(rows * 2)
  for (let row = 0; row < rows; row++) {
    const from = row * TRACE_WIDTH
    const to = row * RAW_ROW_WIDTH
    for (const [at, target, width] of SHARED)
      raw.set(trace.subarray(from + at, from + at + width), to + target)
    raw.set(roles[0], to + RAW_ROW.left.roles)
    raw.set(roles[1], to + RAW_ROW.right.roles)
    raw[to + RAW_ROW.active] = -1
    raw.fill(TEAM_PLAYERS, to + RAW_ROW.leftPlayers, to + RAW_ROW.rightPlayers + 1)
    const column = (field: keyof typeof TRACE_COLUMN, width: number) =>
      trace.subarray(from + TRACE_COLUMN[field], from + TRACE_COLUMN[field] + width)
    designated.set(column('left_designated', 2), row * 2)
    sticky.set(column('left_sticky_bits', PLAYERS), row * PLAYERS)
    actions.set(column('left_action', PLAYERS), row * PLAYERS)
  }
  return { rows, raw, actions, sticky, designated }
}
