// Reads a folder of recorded traces: micro-experiments, whole games and results. ../calibration.md has the format. What
// is not there is not missed; what is there must be whole.
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { AgonError } from '../../../dist/core/errors.js'
import { readGames } from './read-games.mjs'
import { readResults } from './read-results.mjs'
import { COPY, malformed, namesIn, readFloats, readHead, rowsBeside } from './trace-files.mjs'

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

/**
 * `{ experiments, games, results, unknown }` of a folder with `micro/`, `games/` and `results.json`, any of which may be
 * missing; `unknown` names experiments that the table has no rows for.
 * @throws AgonError `traces/missing` for no folder, or none of this kind; `traces/malformed` with the file
 */
export function readTraces(folder) {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new AgonError('traces/missing', 'there is no such folder', {
      place: folder,
      remedy: 'give --traces a folder with micro/, games/ or results.json in it',
    })
  const micro = namesIn(join(folder, 'micro'))
  const known = micro.filter((name) => EXPERIMENTS[name] !== undefined)
  const experiments = known.map((name) =>
    readExperiment(join(folder, 'micro', `${name}.json`), name),
  )
  const games = readGames(join(folder, 'games'))
  const results = readResults(folder)
  if (experiments.length === 0 && games.length === 0 && results.length === 0)
    throw new AgonError('traces/missing', 'there are no traces in micro/, games/ or results.json', {
      place: folder,
      remedy: 'give --traces a folder of the format in native/football/calibration.md',
    })
  const unknown = micro.filter((name) => EXPERIMENTS[name] === undefined)
  return { experiments, games, results, unknown }
}
