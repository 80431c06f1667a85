/** Where the fields of a recorded game stand in its rows of 215 float32 numbers. */
export const TRACE_WIDTH = 215

export const TRACE_FIELDS = [
  ['ball', 3],
  ['ball_direction', 3],
  ['ball_rotation', 3],
  ['ball_owned_team', 1],
  ['ball_owned_player', 1],
  ['game_mode', 1],
  ['score', 2],
  ['steps_left', 1],
  ['left_team', 22],
  ['left_team_direction', 22],
  ['right_team', 22],
  ['right_team_direction', 22],
  ['left_team_tired_factor', 11],
  ['right_team_tired_factor', 11],
  ['left_team_active', 11],
  ['right_team_active', 11],
  ['left_team_yellow_card', 11],
  ['right_team_yellow_card', 11],
  ['left_designated', 1],
  ['right_designated', 1],
  ['left_sticky_bits', 11],
  ['right_sticky_bits', 11],
  ['left_action', 11],
  ['right_action', 11],
] as const

type TraceField = (typeof TRACE_FIELDS)[number][0]

/** First column of each field. */
export const TRACE_COLUMN: Readonly<Record<TraceField, number>> = (() => {
  let at = 0
  const columns: Partial<Record<TraceField, number>> = {}
  for (const [name, width] of TRACE_FIELDS) {
    columns[name] = at
    at += width
  }
  return columns as Record<TraceField, number>
})()
