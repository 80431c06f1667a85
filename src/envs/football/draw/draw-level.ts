import type { FootballLevel } from '../level.ts'
import { ballStart, SIDES, startOf } from '../level-space/defect.ts'
import { ballMarkup, playerMarkup } from './figures.ts'
import { pitchSvg } from './pitch.ts'

const share = (difficulty: number): string => String(Math.round(difficulty * 100) / 100)

/** A self-contained `<svg>` of the start: both teams by their roles, the ball, and where each team attacks. */
export function drawLevel(level: FootballLevel): string {
  const { left, right, difficulty, gameDuration } = level
  const figures = SIDES.flatMap((side) =>
    level[side].map((player) => {
      const [x, y] = startOf(player, side)
      const { role, lazy, controllable } = player
      return playerMarkup({ x, y, side, role, lazy, fixed: !controllable })
    }),
  )
  return pitchSvg(
    `football, ${left.length} against ${right.length}`,
    {
      left: `left, difficulty ${share(difficulty[0])}`,
      right: `right, difficulty ${share(difficulty[1])}`,
      middle: `${gameDuration} steps`,
    },
    figures.join('') + ballMarkup(...ballStart(level.ball)),
  )
}
