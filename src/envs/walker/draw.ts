import { PLANS } from './physics/body-plan.ts'
import { FINISH, VERTICES } from './terrain/constants.ts'
import type { Terrain } from './terrain/contract.ts'

const SKY = '#f7f5f0'
const GROUND = '#3a9d5d'
const BOX = '#3b4252'
const FLAG = '#c8453b'
/** By part: hull, legs of sign −1 and +1. */
const COLOURS = ['#7a5cc2', '#b0795a', '#b0795a', '#d9a06c', '#d9a06c']
/** Behind the hull, in front of it. */
const ORDER = [1, 2, 0, 3, 4]

/** Metres around the walker that a frame of an episode shows, and above the highest and below the lowest ground. */
const WINDOW = { left: 6, right: 14, above: 5, below: 5 }
const MARGIN = 1

/** Centre of mass and angle of each of the parts, as `PARTS`: x, y, radians. */
export type Pose = readonly (readonly [number, number, number])[]

/**
 * A self-contained `<svg>` of a ground from end to end, or of what is around a walker in a pose; one unit a metre, upwards
 * drawn up.
 */
export function drawLevel(terrain: Terrain, pose?: Pose): string {
  const [left, bottom, right, top] = frame(terrain, pose)
  const width = right - left
  const height = top - bottom
  const shown = [...terrain.x.keys()].filter(
    (i) => terrain.x[i] > left - MARGIN && terrain.x[i] < right + MARGIN,
  )
  const ground = [
    `${n(terrain.x[shown[0] ?? 0])},${n(-bottom)}`,
    ...shown.map((i) => `${n(terrain.x[i])},${n(-terrain.y[i])}`),
    `${n(terrain.x[shown.at(-1) ?? 0])},${n(-bottom)}`,
  ]
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${n(left)} ${n(-top)} ${n(width)} ${n(height)}" role="img" aria-label="ground of a walker">`,
    `<rect x="${n(left)}" y="${n(-top)}" width="${n(width)}" height="${n(height)}" fill="${SKY}"/>`,
    `<polygon points="${ground.join(' ')}" fill="${GROUND}"/>`,
    boxes(terrain, left - MARGIN, right + MARGIN),
    `<path d="M${n(FINISH)} ${n(-bottom)}V${n(-top)}" stroke="${FLAG}" stroke-width="0.15"/>`,
    ...(pose === undefined ? [] : ORDER.map((part) => partShape(part, pose[part]))),
    '</svg>',
  ].join('')
}

/** Left, bottom, right, top in metres. */
function frame({ x, y, boxes: all }: Terrain, pose: Pose | undefined): readonly number[] {
  if (pose !== undefined) {
    const [hullX, hullY] = pose[0]
    return [hullX - WINDOW.left, hullY - WINDOW.below, hullX + WINDOW.right, hullY + WINDOW.above]
  }
  const heights = [...y, ...all.filter((_, i) => (i & 3) === 3)]
  return [0, Math.min(...y) - MARGIN, x[VERTICES - 1], Math.max(...heights) + MARGIN]
}

function boxes({ boxes: all }: Terrain, from: number, to: number): string {
  let path = ''
  for (let at = 0; at < all.length; at += 4) {
    const [left, bottom, right, top] = all.subarray(at, at + 4)
    if (right < from || left > to) continue
    path += `M${n(left)} ${n(-bottom)}H${n(right)}V${n(-top)}H${n(left)}z`
  }
  return path === '' ? '' : `<path d="${path}" fill="${BOX}"/>`
}

function partShape(part: number, [x, y, angle]: Pose[number]): string {
  const { corners, centre } = PLANS[part]
  const points = corners.map(([cx, cy]) => `${n(cx - centre[0])},${n(-(cy - centre[1]))}`)
  const turn = n((-angle * 180) / Math.PI)
  return `<polygon points="${points.join(' ')}" fill="${COLOURS[part]}" transform="translate(${n(x)} ${n(-y)}) rotate(${turn})"/>`
}

/** Millimetres are enough. */
const n = (value: number): string => String(Math.round(value * 1000) / 1000 + 0)
