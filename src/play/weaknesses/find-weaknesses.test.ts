import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { gameRows } from '../record/game-row.ts'
import { makeReplay } from '../record/make-replay.ts'
import type { GameRecording } from '../record/recording.ts'
import { recordingOfReplay } from '../record/replay-recording.ts'
import { MADE_ABOUT } from '../record/testing/made-game.ts'
import type { WeaknessId } from './contract.ts'
import { findWeaknesses, WEAKNESSES } from './find-weaknesses.ts'
import { going, handMadeGame, type Place, type Scene, turned } from './testing/hand-made-game.ts'

/** The goal to shoot at. */
const GOAL: Place = [55, 0]
const KICK = 20

/** Left 9 has the ball at `from` for two seconds and then strikes it to the middle of the goal at 30 m/s. */
function shot(from: Place, more: Partial<Scene> = {}): GameRecording {
  const way = Math.hypot(GOAL[0] - from[0], GOAL[1] - from[1])
  const speed: Place = [(30 * (GOAL[0] - from[0])) / way, (30 * (GOAL[1] - from[1])) / way]
  return handMadeGame(KICK + 5, (row) => ({
    ball: row < KICK ? from : going(from, speed, row - KICK + 1),
    ...(row < KICK ? { owner: ['own', 9] as const } : {}),
    ...more,
    own: { 9: from, ...more.own },
  }))
}

/** Right 9 shoots at the left goal from 20 m; `own` are defenders. */
const shotAt = (own: Scene['own']): GameRecording =>
  handMadeGame(KICK + 5, (row) => ({
    ball: row < KICK ? [-35, 5] : going([-35, 5], [-29, -7], row - KICK + 1),
    ...(row < KICK ? { owner: ['other', 9] as const } : {}),
    other: { 9: [-34.5, 5] },
    own: own ?? {},
  }))

/** Right 9 walks from x = 20 to the left with the ball, past left 4, 5 and 6. */
const walkThrough = (speed: number, aside: number): GameRecording =>
  handMadeGame(80, (row) => {
    const at = going([20, 0], [-speed, 0], row)
    return {
      ball: going(at, [-5, 0], 1),
      owner: ['other', 9],
      other: { 9: at },
      own: { 4: [12, aside], 5: [6, -aside], 6: [0, aside] },
    }
  })

/** Left 8 passes from x = 10 to left 9, who stands at x = 30, and it is whistled. The others' second-last is at `line`. */
const pass = (line: number): GameRecording =>
  handMadeGame(40, (row) => ({
    ball: row < 10 ? [10, 0] : row < 20 ? going([10, 0], [20, 0], row - 9) : [30, 0],
    ...(row < 10 ? { owner: ['own', 8] as const } : {}),
    own: { 8: [10, 0], 9: row < 20 ? [30, 0] : [21, 0] },
    other: { 4: row < 20 ? [line, 8] : [30, 0] },
    mode: row < 20 ? 0 : 3,
  }))

/** Left 4 has the ball before his own goal and knocks it over the line. */
const backPass = (opponent: Place): GameRecording =>
  handMadeGame(40, (row) => ({
    ball: row < 10 ? [-45, 0] : going([-45, 0], [-12, 0], row - 9),
    ...(row < 10 ? { owner: ['own', 4] as const } : {}),
    own: { 4: [-44, 0], 0: [-50, 5] },
    other: { 9: opponent },
    score: row < 20 ? [0, 0] : [0, 1],
  }))

/** Left 9 has the ball for four seconds and turns every `turn` rows. */
const carry = (turn: number): GameRecording =>
  handMadeGame(40, (row) => {
    const phase = row % (2 * turn)
    const at: Place = [0.5 * (phase < turn ? phase : 2 * turn - phase), 0]
    return { ball: at, owner: ['own', 9], own: { 9: at } }
  })

/** Right 9 has the ball 20 m before the left goal, and all of the left team run at `speed` along x. */
const leftAlone = (speed: number): GameRecording =>
  handMadeGame(30, (row) => ({
    ball: [-35, 0],
    owner: ['other', 9],
    other: { 9: [-34, 0] },
    own: Object.fromEntries(
      Array.from({ length: 10 }, (_, k) => [k + 1, going([-10, 3 * k - 15], [speed, 0], row)]),
    ),
  }))

/** A ball lies at x = 35, left 9 is 8 m from it and runs at `speed` along x. */
const looseBall = (speed: number): GameRecording =>
  handMadeGame(12, (row) => ({
    ball: [35, 0],
    own: { 9: going([27, 0], [speed, 0], row) },
    other: { 4: [48, 0] },
  }))

/** Left 9 stands with the ball 13 m before the goal for `rows` and shoots. */
const waits = (rows: number): GameRecording =>
  handMadeGame(rows + 25, (row) => ({
    ball: row < 20 ? [30, 0] : row < 20 + rows ? [42, 0] : going([42, 0], [30, 0], row - 19 - rows),
    ...(row < 20 + rows ? { owner: ['own', 9] as const } : {}),
    own: { 9: row < 20 ? [30, 0] : [42, 0] },
  }))

const GAMES: Readonly<Record<WeaknessId, readonly [shows: GameRecording, not: GameRecording]>> = {
  'offside-pass': [pass(25), pass(35)],
  'own-goal': [backPass([-20, 0]), backPass([-43, 1])],
  'slow-carrier': [walkThrough(5, 2), walkThrough(7.5, 2)],
  'narrow-shot': [shot([45, 15]), shot([40, 5])],
  'no-pass': [
    shot([42, 14], { own: { 10: [42, 0] } }),
    // The same, but a defender stands on the way of the pass.
    shot([42, 14], { own: { 10: [42, 0] }, other: { 4: [42, 7] } }),
  ],
  'sprint-shot': [shot([40, 5], { sprints: [9] }), shot([40, 5], { sprints: [7] })],
  'back-and-forth': [carry(8), carry(100)],
  'poor-line': [shotAt({ 4: [-38, 12], 5: [-33, -4] }), shotAt({ 4: [-45, 3], 5: [-33, -4] })],
  'wrong-way': [leftAlone(4), leftAlone(-6)],
  'slow-to-shoot': [waits(25), waits(8)],
  'ball-left': [looseBall(-3), looseBall(5)],
}

const found = (game: GameRecording, team: 0 | 1 = 0) => findWeaknesses(gameRows(game), team)

it('has a game for each of the eleven classes', () => {
  expect(WEAKNESSES.map(({ id }) => id).sort()).toEqual(Object.keys(GAMES).sort())
  expect(WEAKNESSES).toHaveLength(11)
})

it('stands in its page of the documentation as it is', () => {
  const page = readFileSync(new URL('../../../docs/stress/weaknesses.md', import.meta.url), 'utf8')
  for (const { id, sentence, measures, threshold } of WEAKNESSES)
    expect(page).toContain(`| \`${id}\` | ${sentence} | ${measures} | ${threshold} |`)
})

describe.each(WEAKNESSES)('$id', ({ id }) => {
  const [shows, not] = GAMES[id]

  it('is seen where it is, and not where it is not', () => {
    expect(found(shows)[id]).toHaveLength(1)
    expect(found(not)[id]).toBeUndefined()
  })

  it('is the same for a team that plays the other way', () => {
    expect(found(turned(shows), 1)[id]).toHaveLength(1)
    expect(found(turned(shows), 0)[id]).toBeUndefined()
    expect(found(turned(not), 1)[id]).toBeUndefined()
  })

  it('is seen in a stored game too', () => {
    const stored = (game: GameRecording) => recordingOfReplay(makeReplay(game, MADE_ABOUT))
    expect(found(stored(shows))[id]).toHaveLength(1)
    expect(found(stored(not))[id]).toBeUndefined()
  })
})
