import type { LevelFeatures } from '../../contract.ts'
import type { FootballLevel } from '../level.ts'
import { HALF_LENGTH } from '../metres.ts'
import { ballStart, metresBetween, type Side, startOf } from './defect.ts'

/**
 * `ball_x`, `ball_y` in field units; the rest in metres and numbers of players: how far the ball is from each goal's
 * centre (`ball_to_left_goal`), from the nearest player of each team (`left_to_ball`) and from the nearest other than the
 * keeper (`left_outfield_to_ball`, absent in a team of one), the size of each team (`left_players`), the mean place along the
 * pitch of its outfield players (`left_mean_x`), how far they spread around it (`left_spread`), and how many of each team
 * stand between the ball and the goal line that they defend (`left_behind_ball`, keeper included).
 */
export function footballFeatures(level: FootballLevel): LevelFeatures {
  const ball = ballStart(level.ball)
  return {
    ball_x: level.ball[0],
    ball_y: level.ball[1],
    ball_to_left_goal: metresBetween(ball, [-HALF_LENGTH, 0]),
    ball_to_right_goal: metresBetween(ball, [HALF_LENGTH, 0]),
    ...teamFeatures(level, 'left'),
    ...teamFeatures(level, 'right'),
  }
}

function teamFeatures(level: FootballLevel, side: Side): LevelFeatures {
  const ball = ballStart(level.ball)
  const starts = level[side].map((player) => startOf(player, side))
  const outfield = starts.slice(1)
  const forward = side === 'left' ? 1 : -1
  const nearest = (some: typeof starts): number =>
    some.reduce(
      (best, start) => Math.min(best, metresBetween(start, ball)),
      Number.POSITIVE_INFINITY,
    )
  const behind = starts.filter(([x]) => forward * x < forward * ball[0])
  const found = {
    [`${side}_players`]: starts.length,
    [`${side}_to_ball`]: nearest(starts),
    [`${side}_behind_ball`]: behind.length,
  }
  if (outfield.length === 0) return found
  const [meanX, meanY] = [0, 1].map(
    (axis) => outfield.reduce((sum, start) => sum + start[axis], 0) / outfield.length,
  )
  const squares = outfield.map((start) => metresBetween(start, [meanX, meanY]) ** 2)
  return {
    ...found,
    [`${side}_outfield_to_ball`]: nearest(outfield),
    [`${side}_mean_x`]: meanX,
    [`${side}_spread`]: Math.sqrt(squares.reduce((sum, one) => sum + one, 0) / outfield.length),
  }
}
