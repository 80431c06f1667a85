import { HALF_WIDTH, KERB, KERB_COUNT } from './constants.ts'
import type { CentreLine, Track } from './contract.ts'
import { hullOf, shapesOf } from './convex.ts'
import { KERB_RED, KERB_WHITE, TILE } from './kinds.ts'

/** Smaller than any that is seen or touched, in m². */
const NO_AREA = 1e-9

/**
 * The road along a line: tile i from point i − 1 to point i, with a kerb where the last four pieces each turn by more than
 * `sharp`, and all the same way. A tile is the hull of its four corners: on the inside of a bend narrower than the road they
 * cross.
 * @param sharp radians
 */
export function pave(line: CentreLine, sharp: number): Track {
  const count = line.x.length
  const kerbs = kerbsOf(line, sharp)
  const hulls: (readonly (readonly [number, number])[])[] = []
  const kinds: number[] = []
  const tiles: number[] = []
  for (let i = 0; i < count; i++) {
    const last = (i + count - 1) % count
    const tile = strip(line, i, last, -HALF_WIDTH, HALF_WIDTH)
    if (tile === null) continue
    tiles.push(hulls.length)
    hulls.push(tile)
    kinds.push(TILE + (i % 3))
    if (kerbs[i] === 0) continue
    const side = Math.sign(line.across[last] - line.across[i])
    const kerb = strip(line, i, last, side * HALF_WIDTH, side * (HALF_WIDTH + KERB))
    if (kerb === null) continue
    hulls.push(kerb)
    kinds.push(i % 2 === 0 ? KERB_WHITE : KERB_RED)
  }
  return {
    shapes: shapesOf(hulls),
    kinds: Uint8Array.from(kinds),
    tiles: Int32Array.from(tiles),
    line,
    start: { x: line.x[0], y: line.y[0], angle: line.across[0] },
  }
}

/** Between two points of the line, from one distance to another across it; null where that has no area. */
function strip(
  { x, y, across }: CentreLine,
  i: number,
  last: number,
  from: number,
  to: number,
): readonly (readonly [number, number])[] | null {
  const at = (point: number, distance: number) =>
    [
      x[point] + distance * Math.cos(across[point]),
      y[point] + distance * Math.sin(across[point]),
    ] as const
  const hull = hullOf([at(i, from), at(i, to), at(last, to), at(last, from)])
  let area = 0
  for (const [k, [ax, ay]] of hull.entries()) {
    const [bx, by] = hull[(k + 1) % hull.length]
    area += ax * by - ay * bx
  }
  return hull.length < 3 || area < NO_AREA ? null : hull
}

/** uint8 `[n]`: 1 where there is a kerb; the original compares angles as they are, also where they leap by a turn. */
function kerbsOf({ across }: CentreLine, sharp: number): Uint8Array {
  const count = across.length
  const before = (i: number, back: number): number => (i + 2 * count - back) % count
  const kerbs = new Uint8Array(count)
  for (let i = 0; i < count; i++) {
    let ways = 0
    let good = true
    for (let back = 0; back < KERB_COUNT; back++) {
      const by = across[before(i, back)] - across[before(i, back + 1)]
      good &&= Math.abs(by) > sharp
      ways += Math.sign(by)
    }
    if (good && Math.abs(ways) === KERB_COUNT) kerbs[i] = 1
  }
  for (let i = 0; i < count; i++)
    if (kerbs[i] === 1) for (let back = 0; back < KERB_COUNT; back++) kerbs[before(i, back)] = 1
  return kerbs
}

/** How much a piece of a line turns in the mean, in radians. */
export function meanTurn({ across }: CentreLine): number {
  let sum = 0
  for (let i = 1; i < across.length; i++) sum += Math.abs(across[i] - across[i - 1])
  return sum / (across.length - 1)
}
