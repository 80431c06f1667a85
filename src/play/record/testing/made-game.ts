import { METRES_X, METRES_Y } from '../../../envs/football/metres.ts'
import { RAW_ROW, RAW_ROW_WIDTH } from '../../../envs/football/observe/raw-row.ts'
import type { ReplayAbout } from '../contract.ts'
import { GameRecorder, type GameRecording, PLAYERS } from '../recording.ts'

export const MADE_ROWS = 200
const ROLE_IDS = [0, 7, 9, 2, 1, 1, 3, 5, 5, 5, 6]
const ROLE_NAMES = ['GK', 'RM', 'CF', 'LB', 'CB', 'CB', 'RB', 'CM', 'CM', 'CM', 'LM']

export const MADE_ABOUT: ReplayAbout = {
  title: 'made up',
  teams: [
    { name: 'makers', roles: ROLE_NAMES },
    { name: 'takers', roles: ROLE_NAMES },
  ],
  seed: 7,
  difficulty: [1, 0.5],
}

/** What happens in {@link madeGame}: first rows of its events. */
export const MADE = {
  shot: 60,
  goal: 70,
  won: 80,
  corner: 100,
  cornerEnds: 106,
  yellow: 120,
  red: 150,
}

/**
 * A game by hand, for tests: left 9 shoots and scores, right 4 wins the ball, left 10 takes a corner, right 3 sees both
 * cards. Players stand in lines and walk; the ball is in the air before the goal.
 */
export function madeGame(): GameRecording {
  const recorder = new GameRecorder()
  const raw = new Float64Array(RAW_ROW_WIDTH)
  const sticky = new Uint16Array(PLAYERS)
  const actions = new Int8Array(PLAYERS)
  for (let row = 0; row < MADE_ROWS; row++) {
    raw.fill(0)
    placePlayers(raw, row)
    placeBall(raw, row)
    raw[RAW_ROW.active] = -1
    raw[RAW_ROW.stepsLeft] = MADE_ROWS - 1 - row
    raw[RAW_ROW.score] = row >= MADE.goal ? 1 : 0
    if (row >= MADE.corner && row < MADE.cornerEnds) raw[RAW_ROW.gameMode] = 4
    if (row >= MADE.yellow) raw[RAW_ROW.right.yellowCard + 3] = 1
    if (row >= MADE.red) raw[RAW_ROW.right.active + 3] = 0
    // Left 9 runs to the right and sprints; right players hold the left.
    sticky.fill(0)
    sticky[9] = (1 << 4) | (1 << 8)
    recorder.observe(raw, sticky, Int8Array.of(9, 4))
    if (row === MADE_ROWS - 1) break
    actions.fill(0, 0, 11).fill(19, 11)
    actions[9] = row === MADE.shot - 2 ? 12 : 5
    recorder.act(actions)
  }
  return recorder.recording()
}

function placePlayers(raw: Float64Array, row: number): void {
  for (const [side, ahead] of [
    [RAW_ROW.left, 1],
    [RAW_ROW.right, -1],
  ] as const)
    for (let player = 0; player < 11; player++) {
      raw[side.position + 2 * player] = ahead * (-0.9 + 0.08 * player + 0.001 * row)
      raw[side.position + 2 * player + 1] = -0.35 + 0.07 * player
      raw[side.direction + 2 * player] = ahead * 0.001
      raw[side.tiredFactor + player] = row / (2 * MADE_ROWS)
      raw[side.active + player] = 1
      raw[side.roles + player] = ROLE_IDS[player]
    }
  raw[RAW_ROW.leftPlayers] = raw[RAW_ROW.rightPlayers] = 11
}

function placeBall(raw: Float64Array, row: number): void {
  raw[RAW_ROW.ball + 2] = 0.11
  raw[RAW_ROW.ballOwnedTeam] = raw[RAW_ROW.ballOwnedPlayer] = -1
  if (row < MADE.shot) {
    raw[RAW_ROW.ball] = 30 / METRES_X
    raw[RAW_ROW.ballOwnedTeam] = 0
    raw[RAW_ROW.ballOwnedPlayer] = 9
  } else if (row < MADE.goal) {
    // 28 m/s towards the middle of the goal, three metres up.
    raw[RAW_ROW.ball] = (30 + 2.5 * (row - MADE.shot)) / METRES_X
    raw[RAW_ROW.ball + 2] = 3
    raw[RAW_ROW.ballDirection] = 2.8 / METRES_X
  } else if (row >= MADE.corner && row < MADE.cornerEnds) {
    raw[RAW_ROW.ball] = raw[RAW_ROW.left.position + 20]
    raw[RAW_ROW.ball + 1] = raw[RAW_ROW.left.position + 21] + 1 / METRES_Y
  } else if (row >= MADE.won) {
    raw[RAW_ROW.ballOwnedTeam] = 1
    raw[RAW_ROW.ballOwnedPlayer] = 4
  }
}
