// Reads recorded whole games, `games/NAME.json` and its rows.
import { join } from 'node:path'
import { COPY, malformed, namesIn, readFloats, readHead, rowsBeside } from './trace-files.mjs'

/** Columns of a recorded game, in their order, with their widths. */
export const GAME_FIELDS = [
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
]
export const GAME_COLUMNS = GAME_FIELDS.reduce((sum, [, width]) => sum + width, 0)

/** What the C++ programs take as indices: column, least, most. Owner's team, owner, mode. */
const INDICES = [
  [9, -1, 1],
  [10, -1, 10],
  [11, 0, 6],
]
/** Who plays in the simulator too. */
export const PLAYERS = ['builtin', 'tizero']
/** What the simulator plays; a row is the state before each step, and one after the last. */
export const PLAYED = { scenario: '11_vs_11_stochastic', rows: 3002 }

const isName = (value) => typeof value === 'string' && /^\P{C}{1,200}$/u.test(value)

function checkSides(path, head) {
  for (const side of ['left', 'right']) {
    const said = (key) => JSON.stringify(head[key])
    if (!isName(head[side]))
      throw malformed(`${path}: ${side}`, `${said(side)} is no name of who plays`, COPY)
    const key = `${side}_difficulty`
    // Whose difficulty nobody needs may go without.
    if (head[key] === undefined && !PLAYERS.includes(head[side])) continue
    if (typeof head[key] !== 'number' || !(head[key] >= 0 && head[key] <= 1))
      throw malformed(`${path}: ${key}`, `${said(key)} is no difficulty from 0 to 1`, COPY)
  }
}

function checkRows(path, head, floats) {
  if (floats.length === 0 || floats.length % GAME_COLUMNS !== 0)
    throw malformed(path, `${floats.length} values are no rows of ${GAME_COLUMNS} columns`, COPY)
  const rows = floats.length / GAME_COLUMNS
  if (head.rows !== undefined && head.rows !== rows)
    throw malformed(path, `${rows} rows are not the ${head.rows} that its .json says`, COPY)
  for (let row = 0; row < rows; row++)
    for (const [column, least, most] of INDICES) {
      const value = floats[row * GAME_COLUMNS + column]
      if (Number.isInteger(value) && value >= least && value <= most) continue
      throw malformed(
        path,
        `row ${row} has ${value} in column ${column}, not a whole number from ${least} to ${most}`,
        COPY,
      )
    }
  return rows
}

function readGame(path, name) {
  const head = readHead(path)
  checkSides(path, head)
  const scenario = head.scenario ?? PLAYED.scenario
  if (!isName(scenario))
    throw malformed(
      `${path}: scenario`,
      `${JSON.stringify(scenario)} is no name of a scenario`,
      COPY,
    )
  const file = rowsBeside(path)
  const floats = readFloats(file)
  return { name, head, floats, scenario, rows: checkRows(file, head, floats) }
}

/**
 * Whole games of a folder, none when there are none.
 * @throws AgonError `traces/malformed` with the file
 */
export function readGames(folder) {
  return namesIn(folder).map((name) => readGame(join(folder, `${name}.json`), name))
}
