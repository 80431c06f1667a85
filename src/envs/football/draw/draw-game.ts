import { ROLES } from '../level.ts'
import { SIDES, type Side } from '../level-space/defect.ts'
import { METRES_X, METRES_Y } from '../metres.ts'
import { RAW_ROW } from '../observe/raw-row.ts'
import { ballMarkup, playerMarkup } from './figures.ts'
import { pitchSvg } from './pitch.ts'

const MODES = ['', 'kick-off', 'goal kick', 'free kick', 'corner', 'throw-in', 'penalty'] as const

/** Directions are displacements of a tenth of a second; runs are drawn as those of half a second. */
const AHEAD = 5

/**
 * A frame of a game as an `<svg>`: players with their runs, cards and who has the ball, the ball with its height, score,
 * restart and steps left.
 * @param row a raw observation in field axes, float64 [205]
 */
export function drawGame(row: Float64Array): string {
  const [x, y, height] = row.subarray(RAW_ROW.ball, RAW_ROW.ball + 3)
  const figures = SIDES.map((side) => teamMarkup(row, side)).join('')
  const [left, right] = row.subarray(RAW_ROW.score, RAW_ROW.score + 2)
  const mode = MODES[row[RAW_ROW.gameMode]] ?? ''
  return pitchSvg(
    'football',
    {
      left: `left ${left}`,
      right: `${right} right`,
      middle: `${mode === '' ? '' : `${mode} · `}${row[RAW_ROW.stepsLeft]} steps left`,
    },
    figures + ballMarkup(x * METRES_X, y * METRES_Y, height),
  )
}

function teamMarkup(row: Float64Array, side: Side): string {
  const at = RAW_ROW[side]
  const count = row[side === 'left' ? RAW_ROW.leftPlayers : RAW_ROW.rightPlayers]
  const owns = row[RAW_ROW.ballOwnedTeam] === (side === 'left' ? 0 : 1)
  let markup = ''
  for (let k = 0; k < count; k++) {
    if (row[at.active + k] === 0) continue
    const runX = AHEAD * METRES_X * row[at.direction + 2 * k]
    const runY = AHEAD * METRES_Y * row[at.direction + 2 * k + 1]
    markup += playerMarkup({
      x: METRES_X * row[at.position + 2 * k],
      y: METRES_Y * row[at.position + 2 * k + 1],
      side,
      role: ROLES[row[at.roles + k]],
      carded: row[at.yellowCard + k] !== 0,
      owner: owns && row[RAW_ROW.ballOwnedPlayer] === k,
      ...(Math.hypot(runX, runY) < 0.5 ? {} : { run: [runX, runY] }),
    })
  }
  return markup
}
