import { METRES_X, METRES_Y } from '../../../envs/football/metres.ts'
import { RAW_ROW, RAW_ROW_WIDTH } from '../../../envs/football/observe/raw-row.ts'
import { GameRecorder, type GameRecording, PLAYERS, TEAM_PLAYERS } from '../../record/recording.ts'

export type Place = readonly [x: number, y: number]

/** One row of a game by hand, in metres and as the left team sees it, which is the one that is watched. */
export interface Scene {
  readonly ball: Place
  /** Metres above the grass, default 0.11: on it. */
  readonly height?: number
  readonly owner?: readonly ['own' | 'other', number]
  /** Players who matter, by index; the others stand where nothing happens. */
  readonly own?: Readonly<Record<number, Place>>
  readonly other?: Readonly<Record<number, Place>>
  /** Own players who hold sprint. */
  readonly sprints?: readonly number[]
  readonly mode?: number
  /** Own goals, goals of the other team; default none. */
  readonly score?: readonly [number, number]
}

const SPRINT = 1 << 8

/**
 * Eleven a side. Speeds follow from the places. Own players of whom nothing is said stand at the touchline of the other
 * half but not in front of the ball, others at the opposite one: nobody's line or way leads past them.
 */
export function handMadeGame(rows: number, sceneOf: (row: number) => Scene): GameRecording {
  const recorder = new GameRecorder()
  const raw = new Float64Array(RAW_ROW_WIDTH)
  const sticky = new Uint16Array(PLAYERS)
  for (let row = 0; row < rows; row++) {
    const scene = sceneOf(row)
    writeScene(raw, scene, row === 0 ? scene : sceneOf(row - 1))
    raw[RAW_ROW.stepsLeft] = rows - 1 - row
    sticky.fill(0)
    for (const player of scene.sprints ?? []) sticky[player] = SPRINT
    recorder.observe(raw, sticky, Int8Array.of(-1, -1))
    if (row < rows - 1) recorder.act(new Int8Array(PLAYERS))
  }
  return recorder.recording()
}

const standing = (side: 'own' | 'other', player: number): Place => {
  const ahead = side === 'own' ? 1 : -1
  return player === 0 ? [-54 * ahead, 0] : [(2 * player - 12) * ahead, 34 * ahead]
}

function writeScene(raw: Float64Array, scene: Scene, before: Scene): void {
  raw.fill(0)
  writeMoving(raw, RAW_ROW.ball, RAW_ROW.ballDirection, scene.ball, before.ball)
  raw[RAW_ROW.ball + 2] = scene.height ?? 0.11
  const { owner, score = [0, 0] } = scene
  raw[RAW_ROW.ballOwnedTeam] = owner === undefined ? -1 : owner[0] === 'own' ? 0 : 1
  raw[RAW_ROW.ballOwnedPlayer] = owner?.[1] ?? -1
  raw[RAW_ROW.active] = -1
  raw[RAW_ROW.gameMode] = scene.mode ?? 0
  raw[RAW_ROW.score] = score[0]
  raw[RAW_ROW.score + 1] = score[1]
  raw[RAW_ROW.leftPlayers] = raw[RAW_ROW.rightPlayers] = TEAM_PLAYERS
  for (const side of ['own', 'other'] as const)
    for (let player = 0; player < TEAM_PLAYERS; player++) {
      const { position, direction, active } = side === 'own' ? RAW_ROW.left : RAW_ROW.right
      const at = (one: Scene): Place => one[side]?.[player] ?? standing(side, player)
      const place = 2 * player
      writeMoving(raw, position + place, direction + place, at(scene), at(before))
      raw[active + player] = 1
    }
}

function writeMoving(
  raw: Float64Array,
  position: number,
  direction: number,
  now: Place,
  before: Place,
): void {
  for (const [axis, metres] of [METRES_X, METRES_Y].entries()) {
    raw[position + axis] = now[axis] / metres
    raw[direction + axis] = (now[axis] - before[axis]) / metres
  }
}

/** Where one is `row − from` rows after `start`, at a speed in m/s. */
export const going = (start: Place, [vx, vy]: Place, rows: number): Place => [
  start[0] + (vx * rows) / 10,
  start[1] + (vy * rows) / 10,
]

/** The same game with the teams exchanged and the pitch turned by half a circle. */
export function turned({ raw, sticky, ...game }: GameRecording): GameRecording {
  const out = raw.slice()
  for (let row = 0; row < game.rows; row++) {
    const from = raw.subarray(row * RAW_ROW_WIDTH, (row + 1) * RAW_ROW_WIDTH)
    const to = out.subarray(row * RAW_ROW_WIDTH, (row + 1) * RAW_ROW_WIDTH)
    for (const at of [0, 1]) {
      to[RAW_ROW.ball + at] = -from[RAW_ROW.ball + at]
      to[RAW_ROW.ballDirection + at] = -from[RAW_ROW.ballDirection + at]
      to[RAW_ROW.score + at] = from[RAW_ROW.score + 1 - at]
    }
    const owner = from[RAW_ROW.ballOwnedTeam]
    to[RAW_ROW.ballOwnedTeam] = owner < 0 ? owner : 1 - owner
    const width = RAW_ROW.right.position - RAW_ROW.left.position
    for (let at = 0; at < width; at++) {
      const sign = at < 2 * PLAYERS ? -1 : 1
      to[RAW_ROW.left.position + at] = sign * from[RAW_ROW.right.position + at]
      to[RAW_ROW.right.position + at] = sign * from[RAW_ROW.left.position + at]
    }
  }
  const held = sticky.map((_, at) => sticky[at - (at % PLAYERS) + ((at + TEAM_PLAYERS) % PLAYERS)])
  return { ...game, raw: out, sticky: held }
}
