import { gunzipSync, gzipSync } from 'node:zlib'
import { z } from 'zod'
import { AgonError } from '../../core/errors.ts'
import { bytesOf, tensor } from '../../core/tensor.ts'
import { ROLES } from '../../envs/football/level.ts'
import type { ReplayAbout } from './contract.ts'
import { gameEvents } from './game-events.ts'
import { gameRows } from './game-row.ts'
import { type GameRecording, TEAM_PLAYERS } from './recording.ts'
import { recordingOfTrace, traceOf } from './trace.ts'
import { TRACE_FIELDS, TRACE_WIDTH } from './trace-columns.ts'

/** A recorded game as two files: `<name>.f32.gz` and `<name>.json`. */
export interface TraceFiles {
  /** gzip of float32 `[rows, 215]`, little-endian. */
  readonly rows: Uint8Array
  readonly json: string
}

/** What is said of a recorded game, besides what its rows say. */
export interface TraceAbout extends ReplayAbout {
  readonly episode: number
}

/** @throws AgonError `replay/eleven` for another number of players than eleven a side */
export function writeTrace(recording: GameRecording, about: TraceAbout): TraceFiles {
  checkEleven(about.teams.map(({ roles }) => roles.length))
  const trace = traceOf(recording)
  const game = gameRows(recording)
  const last = recording.rows - 1
  const goals = gameEvents(game).filter(({ kind }) => kind === 'goal')
  const roles = (team: 0 | 1) => about.teams[team].roles.map((role) => ROLES.indexOf(role as never))
  const json = {
    scenario: about.title,
    left: about.teams[0].name,
    right: about.teams[1].name,
    seed: about.seed,
    episode_number: about.episode,
    score: [game.score(last, 0), game.score(last, 1)],
    goals: goals.map(({ row, team }) => [row, team === 0 ? 1 : -1]),
    left_roles: roles(0),
    right_roles: roles(1),
    left_difficulty: about.difficulty?.[0],
    right_difficulty: about.difficulty?.[1],
    rows: recording.rows,
    columns: TRACE_WIDTH,
    fields: TRACE_FIELDS,
  }
  return {
    rows: gzipSync(bytesOf(tensor('float32', [trace.length], trace))),
    json: `${JSON.stringify(json)}\n`,
  }
}

/** @param sizes players of each team @throws AgonError `replay/eleven` */
export function checkEleven(sizes: readonly number[]): void {
  if (sizes.every((size) => size === TEAM_PLAYERS)) return
  throw new AgonError('replay/eleven', 'games are recorded in this form eleven a side only', {
    remedy: 'keep a replay of it instead: --replay game.json',
  })
}

const roleIds = z
  .array(
    z
      .int()
      .min(0)
      .max(ROLES.length - 1),
  )
  .length(TEAM_PLAYERS)
const traceSchema = z.object({
  scenario: z.string().optional(),
  left: z.string(),
  right: z.string(),
  seed: z.number().optional(),
  left_roles: roleIds,
  right_roles: roleIds,
  left_difficulty: z.number().optional(),
  right_difficulty: z.number().optional(),
  columns: z.literal(TRACE_WIDTH),
})

/**
 * @param place name of the files, for errors
 * @throws AgonError `replay/corrupt`
 */
export function readTrace(
  files: TraceFiles,
  place: string,
): { readonly recording: GameRecording; readonly about: ReplayAbout } {
  const said = parsed(files.json, place)
  const trace = unpacked(files.rows, place)
  const team = (name: string, ids: readonly number[]) => ({
    name,
    roles: ids.map((id) => ROLES[id]),
  })
  const { left_difficulty: left, right_difficulty: right } = said
  return {
    recording: recordingOfTrace(trace, [said.left_roles, said.right_roles]),
    about: {
      title: said.scenario ?? place,
      teams: [team(said.left, said.left_roles), team(said.right, said.right_roles)],
      ...(said.seed === undefined ? {} : { seed: said.seed }),
      ...(left === undefined || right === undefined ? {} : { difficulty: [left, right] }),
    },
  }
}

function parsed(json: string, place: string): z.output<typeof traceSchema> {
  try {
    return traceSchema.parse(JSON.parse(json))
  } catch (cause) {
    throw corrupt(`what is said of the game cannot be read: ${(cause as Error).message}`, place)
  }
}

/** Every number a finite one, every index in its range: the rest of the code counts on it. */
function unpacked(packed: Uint8Array, place: string): Float32Array {
  let bytes: Buffer
  try {
    bytes = gunzipSync(packed, { maxOutputLength: 2 ** 28 })
  } catch (cause) {
    throw corrupt(`the rows cannot be unpacked: ${(cause as Error).message}`, place)
  }
  if (bytes.length === 0 || bytes.length % (4 * TRACE_WIDTH) !== 0)
    throw corrupt(`${bytes.length} bytes are no rows of ${TRACE_WIDTH} numbers`, place)
  const trace = new Float32Array(new Uint8Array(bytes).buffer)
  if (trace.some((value) => !Number.isFinite(value))) throw corrupt('a number is not finite', place)
  return trace
}

const corrupt = (message: string, place: string): AgonError =>
  new AgonError('replay/corrupt', message, {
    place,
    remedy: `a recorded game is <name>.f32.gz with <name>.json beside it, rows as in docs/play.md`,
  })
