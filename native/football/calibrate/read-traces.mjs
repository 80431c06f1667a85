// Reads a folder of recorded traces: micro-experiments and whole games, each NAME.f32.gz (or plain NAME.f32) beside
// NAME.json. ../calibration.md has the format. What is not there is not missed; what is there must be whole.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { AgonError } from '../../../dist/core/errors.js'

const BALL = ['x', 'y', 'z', 'vx', 'vy', 'vz', 'rx', 'ry', 'rz'].map((name) => `ball_${name}`)
const GAME = ['owned_team', 'owned_player', 'game_mode', 'score_l', 'action_l1']
const motion = (...players) =>
  players.flatMap((player) => ['x', 'y', 'vx', 'vy'].map((name) => `${player}_${name}`))
const PLAY = [...BALL, ...GAME, ...motion('L0', 'L1', 'R0')]

/** Experiments that the table has rows for: the columns and the trials' parameters that they need. */
export const EXPERIMENTS = {
  ballrun: { columns: [...BALL, 'action_l1', ...motion('L1')], parameters: ['speed', 'turn'] },
  ballrun_100hz: { columns: BALL, parameters: [] },
  loose_ball: { columns: PLAY, parameters: ['distance_m'] },
  move: { columns: ['action_l1', ...motion('L1')], parameters: ['speed'] },
  pass: { columns: [...PLAY, ...motion('L2')], parameters: ['kind', 'distance_m'] },
  pass_100hz: { columns: BALL, parameters: [] },
  pass_intercept: {
    columns: [...PLAY, ...motion('L2', 'R1')],
    parameters: ['kind', 'offset_m'],
  },
  retreat: { columns: [...PLAY, ...motion('R1')], parameters: ['distance_m'] },
  shot_keeper: { columns: PLAY, parameters: ['start_distance_m', 'lateral_m'] },
  shot_nokeeper: { columns: PLAY, parameters: ['start_distance_m', 'lateral_m'] },
  shot_nokeeper_100hz: { columns: BALL, parameters: [] },
  slide: { columns: [...PLAY, ...motion('R1')], parameters: ['speed', 'gap_m', 'carrier'] },
  sprint_by_player: { columns: ['action_l1', ...motion('L1')], parameters: ['speed'] },
  tackle: {
    columns: [...PLAY, ...motion('R1')],
    parameters: ['carrier', 'defender', 'start_m'],
  },
  tired: { columns: [...motion('L1'), 'L1_tired'], parameters: ['speed'] },
  turn: { columns: ['action_l1', ...motion('L1')], parameters: ['speed', 'turn'] },
}

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

const malformed = (place, message, remedy) =>
  new AgonError('traces/malformed', message, { place, remedy })
const COPY = 'copy the file again; the format is in native/football/calibration.md'

function readHead(path) {
  try {
    const head = JSON.parse(readFileSync(path, 'utf8'))
    if (head !== null && typeof head === 'object' && !Array.isArray(head)) return head
  } catch (cause) {
    throw malformed(path, `this is no JSON: ${cause.message}`, COPY)
  }
  throw malformed(path, 'this is no JSON object', COPY)
}

function readFloats(path) {
  let bytes = readFileSync(path)
  if (path.endsWith('.gz')) {
    try {
      bytes = gunzipSync(bytes)
    } catch (cause) {
      throw malformed(path, `this is no whole gzip file: ${cause.message}`, COPY)
    }
  }
  if (bytes.byteLength % 4 !== 0)
    throw malformed(path, `${bytes.byteLength} bytes are no float32 rows`, COPY)
  const floats = new Float32Array(new Uint8Array(bytes).buffer)
  const broken = floats.findIndex((value) => !Number.isFinite(value))
  if (broken >= 0) throw malformed(path, `value ${broken} is not finite`, COPY)
  return floats
}

/** The rows beside `NAME.json`, packed or plain. */
function rowsBeside(path) {
  const base = path.slice(0, -'.json'.length)
  const rows = [`${base}.f32.gz`, `${base}.f32`].find((candidate) => existsSync(candidate))
  if (rows === undefined)
    throw malformed(
      path,
      `neither ${base}.f32.gz nor ${base}.f32 stands beside it`,
      'copy both files',
    )
  return rows
}

function checkTrials(path, head, needed) {
  if (!Array.isArray(head.trials) || head.trials.length === 0)
    throw malformed(path, 'trials is no list with entries', COPY)
  head.trials.forEach((trial, i) => {
    const place = `${path}: trials[${i}]`
    const { row0, rows } = trial ?? {}
    if (!Number.isInteger(row0) || !Number.isInteger(rows) || row0 < 0 || rows < 2)
      throw malformed(place, 'row0 and rows are no range of at least two rows', COPY)
    if (row0 + rows > head.rows)
      throw malformed(
        place,
        `rows ${row0} to ${row0 + rows - 1} are beyond the ${head.rows} rows`,
        COPY,
      )
    const missing = needed.find((key) => trial[key] === undefined)
    if (missing !== undefined) throw malformed(place, `parameter ${missing} is missing`, COPY)
    const odd = Object.entries(trial).find(([, value]) => /\s/.test(String(value)))
    if (odd !== undefined) throw malformed(place, `${odd[0]} has a space in it`, COPY)
  })
}

function readExperiment(path, name) {
  const head = readHead(path)
  const { columns, parameters } = EXPERIMENTS[name]
  if (!Array.isArray(head.columns)) throw malformed(path, 'columns is no list', COPY)
  const missing = columns.find((column) => !head.columns.includes(column))
  if (missing !== undefined) throw malformed(path, `column ${missing} is missing`, COPY)
  const rows = rowsBeside(path)
  const floats = readFloats(rows)
  if (floats.length !== head.rows * head.columns.length)
    throw malformed(
      rows,
      `${floats.length} values are not the ${head.rows} rows of ${head.columns.length} columns that ${name}.json says`,
      COPY,
    )
  checkTrials(path, head, parameters)
  return { name, head, floats }
}

const SIDES = ['builtin', 'tizero']

function readGame(path, name) {
  const head = readHead(path)
  for (const side of ['left', 'right'])
    if (!SIDES.includes(head[side]))
      throw malformed(
        `${path}: ${side}`,
        `${JSON.stringify(head[side])} is none of ${SIDES.join(', ')}`,
        COPY,
      )
  for (const side of ['left_difficulty', 'right_difficulty'])
    if (typeof head[side] !== 'number' || head[side] < 0 || head[side] > 1)
      throw malformed(
        `${path}: ${side}`,
        `${JSON.stringify(head[side])} is no difficulty from 0 to 1`,
        COPY,
      )
  const rows = rowsBeside(path)
  const floats = readFloats(rows)
  if (floats.length === 0 || floats.length % GAME_COLUMNS !== 0)
    throw malformed(rows, `${floats.length} values are no rows of ${GAME_COLUMNS} columns`, COPY)
  return { name, head, floats }
}

/** Names of the .json files of a folder; none when it does not exist. */
function heads(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))
    .sort()
}

/** Whole games of a folder, none when there are none. */
export function readGames(folder) {
  return heads(folder).map((name) => readGame(join(folder, `${name}.json`), name))
}

/**
 * `{ experiments, games, unknown }` of a folder with `micro/` and `games/`; `unknown` names experiments that the table
 * has no rows for.
 * @throws AgonError `traces/missing` for no folder, or none of this kind; `traces/malformed` with the file
 */
export function readTraces(folder) {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new AgonError('traces/missing', 'there is no such folder', {
      place: folder,
      remedy: 'give --traces a folder with micro/ and games/ in it',
    })
  const micro = heads(join(folder, 'micro'))
  const known = micro.filter((name) => EXPERIMENTS[name] !== undefined)
  const experiments = known.map((name) =>
    readExperiment(join(folder, 'micro', `${name}.json`), name),
  )
  const games = readGames(join(folder, 'games'))
  if (experiments.length === 0 && games.length === 0)
    throw new AgonError('traces/missing', 'there are no traces in micro/ or games/', {
      place: folder,
      remedy: 'give --traces a folder of the format in native/football/calibration.md',
    })
  return { experiments, games, unknown: micro.filter((name) => EXPERIMENTS[name] === undefined) }
}
