import type { RandomStream } from '../../../core/random.ts'
import { DETAIL_STEP, PROJECTION_SCALE, TRACK_RADIUS, TURN_RATE } from './constants.ts'
import type { CentreLine } from './contract.ts'

const CHECKPOINTS = 12
const TURN = 2 * Math.PI
/** Where a lap begins, as an angle from the origin. */
const START = -Math.PI / CHECKPOINTS
const MOST_PIECES = 2500
const LAPS = 4
/** Farther than this from a checkpoint's direction the line turns towards it. */
const DEAD_BAND = 0.3

interface Checkpoint {
  readonly angle: number
  readonly x: number
  readonly y: number
}

interface Piece {
  /** Seen from the origin, 0 … 2π. */
  readonly angle: number
  readonly across: number
  readonly x: number
  readonly y: number
}

/** The line of Gymnasium's car racing; drawn again until one closes, as there. */
export function gymnasiumLine(random: RandomStream): CentreLine {
  for (;;) {
    const lap = lapOf(pursue(drawCheckpoints(random)))
    if (lap === null) continue
    return {
      x: Float64Array.from(lap, ({ x }) => x),
      y: Float64Array.from(lap, ({ y }) => y),
      across: Float64Array.from(lap, ({ across }) => across),
    }
  }
}

/** One in each twelfth of a turn; the first and the last far out, where laps begin. */
function drawCheckpoints(random: RandomStream): readonly Checkpoint[] {
  return Array.from({ length: CHECKPOINTS }, (_, c) => {
    const sector = (TURN * c) / CHECKPOINTS
    const noise = (random.uniform() * TURN) / CHECKPOINTS
    const radius = (TRACK_RADIUS * (1 + 2 * random.uniform())) / 3
    const edge = c === 0 || c === CHECKPOINTS - 1
    const angle = edge ? sector : sector + noise
    const away = edge ? 1.5 * TRACK_RADIUS : radius
    return { angle, x: away * Math.cos(angle), y: away * Math.sin(angle) }
  })
}

/** Steps of equal length, each turned a little towards the checkpoint that comes next, for some laps. */
function pursue(checkpoints: readonly Checkpoint[]): readonly Piece[] {
  const pieces: Piece[] = []
  let [x, y, heading] = [1.5 * TRACK_RADIUS, 0, 0]
  let next = 0
  let laps = 0
  let below = false
  while (laps <= LAPS && pieces.length < MOST_PIECES) {
    let angle = Math.atan2(y, x)
    if (below && angle > 0) {
      laps++
      below = false
    }
    if (angle < 0) {
      below = true
      angle += TURN
    }
    const found = seek(checkpoints, next, angle)
    next = found.next
    angle = found.angle
    const { x: toX, y: toY } = checkpoints[next % CHECKPOINTS]
    const [outX, outY] = [Math.cos(heading), Math.sin(heading)]
    while (heading - angle > 1.5 * Math.PI) heading -= TURN
    while (heading - angle < -1.5 * Math.PI) heading += TURN
    const before = heading
    const outwards = PROJECTION_SCALE * (outX * (toX - x) + outY * (toY - y))
    const by = Math.min(TURN_RATE, Math.abs(0.001 * outwards))
    if (outwards > DEAD_BAND) heading -= by
    if (outwards < -DEAD_BAND) heading += by
    x -= outY * DETAIL_STEP
    y += outX * DETAIL_STEP
    pieces.push({ angle, across: (before + heading) / 2, x, y })
  }
  return pieces
}

/** The first checkpoint from `next` on that lies ahead; the angle loses a turn where a lap of them is behind. */
function seek(
  checkpoints: readonly Checkpoint[],
  next: number,
  angle: number,
): { readonly next: number; readonly angle: number } {
  let [at, seen] = [next, angle]
  for (;;) {
    do {
      if (seen <= checkpoints[at % CHECKPOINTS].angle) return { next: at, angle: seen }
      at++
    } while (at % CHECKPOINTS !== 0)
    seen -= TURN
  }
}

/** The last whole lap, or null where its ends do not meet. */
function lapOf(pieces: readonly Piece[]): readonly Piece[] | null {
  const passes = (i: number): boolean => pieces[i].angle > START && pieces[i - 1].angle <= START
  let end = pieces.length - 1
  while (end > 0 && !passes(end)) end--
  let begin = end - 1
  while (begin > 0 && !passes(begin)) begin--
  if (begin <= 0) return null
  const lap = pieces.slice(begin, end - 1)
  const [first, last] = [lap[0], lap[lap.length - 1]]
  const apart = Math.hypot(
    Math.cos(first.across) * (first.x - last.x),
    Math.sin(first.across) * (first.y - last.y),
  )
  return apart > DETAIL_STEP ? null : lap
}
