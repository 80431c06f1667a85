import { METRES_X, METRES_Y } from '../../envs/football/metres.ts'
import { RAW_ROW, RAW_ROW_WIDTH } from '../../envs/football/observe/raw-row.ts'
import { type GameRecording, PLAYERS, TEAM_PLAYERS } from './recording.ts'

const STEPS_PER_SECOND = 10
const SPRINT = 1 << 8

/** Named reading of the rows of a game, in metres and m/s, y down. */
export interface GameRows {
  readonly rows: number
  mode(row: number): number
  /** −1 nobody. */
  ownerTeam(row: number): number
  owner(row: number): number
  score(row: number, team: number): number
  yellow(row: number, team: number, player: number): boolean
  active(row: number, team: number, player: number): boolean
  players(team: number): number
  /** x, y, z. */
  ball(row: number): readonly [number, number, number]
  ballVelocity(row: number): readonly [number, number, number]
  place(row: number, team: number, player: number): readonly [number, number]
  velocity(row: number, team: number, player: number): readonly [number, number]
  /** Whether an agent holds sprint; never for players of the built-in AI, who hold nothing. */
  sprints(row: number, team: number, player: number): boolean
}

export function gameRows({ rows, raw, sticky }: GameRecording): GameRows {
  const at = (row: number, column: number): number => raw[row * RAW_ROW_WIDTH + column]
  const side = (team: number) => (team === 0 ? RAW_ROW.left : RAW_ROW.right)
  return {
    rows,
    mode: (row) => at(row, RAW_ROW.gameMode),
    ownerTeam: (row) => at(row, RAW_ROW.ballOwnedTeam),
    owner: (row) => at(row, RAW_ROW.ballOwnedPlayer),
    score: (row, team) => at(row, RAW_ROW.score + team),
    yellow: (row, team, player) => at(row, side(team).yellowCard + player) !== 0,
    active: (row, team, player) => at(row, side(team).active + player) !== 0,
    players: (team) => at(0, team === 0 ? RAW_ROW.leftPlayers : RAW_ROW.rightPlayers),
    ball: (row) => [
      at(row, RAW_ROW.ball) * METRES_X,
      at(row, RAW_ROW.ball + 1) * METRES_Y,
      at(row, RAW_ROW.ball + 2),
    ],
    ballVelocity: (row) => [
      at(row, RAW_ROW.ballDirection) * METRES_X * STEPS_PER_SECOND,
      at(row, RAW_ROW.ballDirection + 1) * METRES_Y * STEPS_PER_SECOND,
      at(row, RAW_ROW.ballDirection + 2) * STEPS_PER_SECOND,
    ],
    place: (row, team, player) => [
      at(row, side(team).position + 2 * player) * METRES_X,
      at(row, side(team).position + 2 * player + 1) * METRES_Y,
    ],
    velocity: (row, team, player) => [
      at(row, side(team).direction + 2 * player) * METRES_X * STEPS_PER_SECOND,
      at(row, side(team).direction + 2 * player + 1) * METRES_Y * STEPS_PER_SECOND,
    ],
    sprints: (row, team, player) =>
      (sticky[row * PLAYERS + team * TEAM_PLAYERS + player] & SPRINT) !== 0,
  }
}
