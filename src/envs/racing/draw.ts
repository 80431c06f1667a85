import { HULL_PARTS, WHEEL_CORNERS, WHEELS } from './physics/car-plan.ts'
import { ANGLE, WHEEL, WHEEL_NUMBERS, X, Y } from './picture/view.ts'
import type { Track } from './track/contract.ts'
import { KERB_RED, KERB_WHITE } from './track/kinds.ts'

const GRASS = '#66cc66'
const ROAD = '#666666'
const TYRE = '#000000'
const HULL = '#cc0000'
const LINE = '#ffd24a'
const KERBS: Readonly<Record<number, string>> = { [KERB_WHITE]: '#ffffff', [KERB_RED]: '#ff0000' }

/** Metres around a track, and to each side of a car. */
const MARGIN = 12
const WINDOW = 45

/**
 * A self-contained `<svg>` of a track from above, or of what is around a car; one unit a metre, y upwards. The line across
 * the road is where a race begins.
 * @param view the car's, as a picture has it
 */
export function drawLevel(track: Track, view?: Float64Array): string {
  const [left, bottom, right, top] = frame(track, view)
  const box = `${n(left)} ${n(-top)} ${n(right - left)} ${n(top - bottom)}`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" role="img" aria-label="race track">`,
    `<rect x="${n(left)}" y="${n(-top)}" width="${n(right - left)}" height="${n(top - bottom)}" fill="${GRASS}"/>`,
    ...shapePaths(track, [left, bottom, right, top]),
    startLine(track),
    ...(view === undefined ? [] : carShapes(view)),
    '</svg>',
  ].join('')
}

/** Left, bottom, right, top in metres. */
function frame({ line: { x, y } }: Track, view: Float64Array | undefined): readonly number[] {
  if (view === undefined)
    return [
      Math.min(...x) - MARGIN,
      Math.min(...y) - MARGIN,
      Math.max(...x) + MARGIN,
      Math.max(...y) + MARGIN,
    ]
  return [view[X] - WINDOW, view[Y] - WINDOW, view[X] + WINDOW, view[Y] + WINDOW]
}

/** One path for the road, and one for the kerbs of each colour. */
function shapePaths(
  { shapes, kinds }: Track,
  [left, bottom, right, top]: readonly number[],
): string[] {
  const paths: Record<string, string> = {}
  for (let i = 0; i < shapes.count; i++) {
    const [x, y, radius] = shapes.circles.subarray(3 * i, 3 * i + 3)
    if (x + radius < left || x - radius > right || y + radius < bottom || y - radius > top) continue
    const colour = KERBS[kinds[i]] ?? ROAD
    const corners = Array.from({ length: shapes.sides[i] }, (_, k) => {
      return `${n(shapes.corners[8 * i + 2 * k])} ${n(-shapes.corners[8 * i + 2 * k + 1])}`
    })
    paths[colour] = `${paths[colour] ?? ''}M${corners.join('L')}z`
  }
  // A thin outline closes the seams between tiles.
  return Object.entries(paths).map(
    ([colour, path]) =>
      `<path d="${path}" fill="${colour}" stroke="${colour}" stroke-width="0.2"/>`,
  )
}

function startLine({ shapes, tiles }: Track): string {
  const at = 8 * tiles[0]
  const corners = shapes.corners.subarray(at, at + 2 * shapes.sides[tiles[0]])
  const points = Array.from({ length: corners.length / 2 }, (_, k) => {
    return `${n(corners[2 * k])},${n(-corners[2 * k + 1])}`
  })
  return `<polygon points="${points.join(' ')}" fill="${LINE}"/>`
}

function carShapes(view: Float64Array): string[] {
  const wheels = Array.from({ length: WHEELS }, (_, i) =>
    part([WHEEL_CORNERS], view, WHEEL + WHEEL_NUMBERS * i, TYRE),
  )
  return [...wheels, part(HULL_PARTS, view, X, HULL)]
}

function part(
  parts: readonly (readonly (readonly [number, number])[])[],
  view: Float64Array,
  at: number,
  colour: string,
): string {
  const path = parts
    .map((corners) => `M${corners.map(([x, y]) => `${n(x)} ${n(-y)}`).join('L')}z`)
    .join('')
  const turn = n((-view[at + ANGLE] * 180) / Math.PI)
  return `<path d="${path}" fill="${colour}" transform="translate(${n(view[at + X])} ${n(-view[at + Y])}) rotate(${turn})"/>`
}

/** Centimetres are enough. */
const n = (value: number): string => String(Math.round(value * 100) / 100 + 0)
