import type { RandomStream } from '../../core/random.ts'
import { LEAST_SPREAD, type RacingLevel, spreadOf } from './level.ts'
import type { RacingOptions } from './options.ts'
import { cellPoint, SKETCH_CELLS } from './sketch.ts'
import { clockwise } from './track/bezier-line.ts'

/** So often dcd draws points that lie too close, then it takes them. */
const TRIES = 200
/** Divided by the number of points: how far x + y of one is from that of the next, as dcd has it. */
const APART = 0.7
const ROUND = { least: 0.3, most: 0.4 }

/** A level of the generator that the options name. */
export function generateLevel(
  { generator, controlPoints }: Pick<RacingOptions, 'generator' | 'controlPoints'>,
  random: RandomStream,
): RacingLevel {
  if (generator === 'gymnasium') return { track: 'gymnasium', seed: random.uint32() }
  return { track: 'bezier', points: DRAWN[generator](controlPoints, random) }
}

const DRAWN: Readonly<
  Record<'bezier' | 'sketch' | 'round', (count: number, random: RandomStream) => number[]>
> = { bezier: drawApart, sketch: drawCells, round: drawRound }

/** Evenly from the square, until no two that follow each other are too close. */
function drawApart(count: number, random: RandomStream): number[] {
  let points: number[] = []
  for (let tries = 0; tries <= TRIES || spreadOf(points) < LEAST_SPREAD; tries++) {
    points = Array.from({ length: 2 * count }, () => random.uniform())
    if (liesApart(points) && spreadOf(points) >= LEAST_SPREAD) break
  }
  return points
}

function liesApart(points: readonly number[]): boolean {
  const sums = clockwise(points).map(([x, y]) => x + y)
  return sums.every(
    (sum, i) => i === 0 || Math.abs(sum - sums[i - 1]) >= (2 * APART) / points.length,
  )
}

/** Different cells of a sketch. */
function drawCells(count: number, random: RandomStream): number[] {
  const free = Array.from({ length: SKETCH_CELLS }, (_, cell) => cell)
  return Array.from({ length: count }, () =>
    cellPoint(free.splice(random.integer(free.length), 1)[0]),
  ).flat()
}

/** Evenly around the middle, not all equally far. */
function drawRound(count: number, random: RandomStream): number[] {
  return Array.from({ length: count }, (_, i) => {
    const angle = (2 * Math.PI * i) / count
    const radius = ROUND.least + (ROUND.most - ROUND.least) * random.uniform()
    return [0.5 + radius * Math.cos(angle), 0.5 + radius * Math.sin(angle)]
  }).flat()
}
