import { WHEELS } from '../physics/car-plan.ts'
import { fillConvex, SIZE } from './fill-convex.ts'
import { FRONT_SPIN, PANEL, REAR_SPIN, SPEED, STEERING, TURNING } from './palette.ts'
import { SPEED_X, SPEED_Y, STEER, TURN_SPEED, WHEEL, WHEEL_NUMBERS, WHEEL_SPIN } from './view.ts'

/** The panel is divided by it. */
const UNIT = SIZE / 40
/** Rows of the panel. */
export const PANEL_ROWS = 5 * UNIT

/** The panel at the bottom: how fast the car goes, how fast its wheels turn, how they are steered, how it turns. */
export function paintPanel(view: Float64Array, corners: Float64Array, pixels: Uint8Array): void {
  rectangle(0, SIZE - PANEL_ROWS, SIZE, SIZE, PANEL, corners, pixels)
  const speed = Math.hypot(view[SPEED_X], view[SPEED_Y])
  upright(5, 0.02 * speed, SPEED, corners, pixels)
  for (let i = 0; i < WHEELS; i++) {
    const spin = view[WHEEL + WHEEL_NUMBERS * i + WHEEL_SPIN]
    upright(7 + i, 0.01 * spin, i < 2 ? FRONT_SPIN : REAR_SPIN, corners, pixels)
  }
  level(20, -10 * view[STEER], STEERING, corners, pixels)
  level(30, -0.8 * view[TURN_SPEED], TURNING, corners, pixels)
}

function upright(
  place: number,
  value: number,
  colour: number,
  corners: Float64Array,
  pixels: Uint8Array,
): void {
  const foot = SIZE - UNIT
  rectangle(place * UNIT, foot - UNIT * value, (place + 1) * UNIT, foot, colour, corners, pixels)
}

function level(
  place: number,
  value: number,
  colour: number,
  corners: Float64Array,
  pixels: Uint8Array,
): void {
  const [top, bottom] = [SIZE - 4 * UNIT, SIZE - 2 * UNIT]
  rectangle(place * UNIT, top, (place + value) * UNIT, bottom, colour, corners, pixels)
}

/** Between two opposite corners, whichever. */
function rectangle(
  x: number,
  y: number,
  otherX: number,
  otherY: number,
  colour: number,
  corners: Float64Array,
  pixels: Uint8Array,
): void {
  corners[0] = corners[6] = x
  corners[2] = corners[4] = otherX
  corners[1] = corners[3] = y
  corners[5] = corners[7] = otherY
  fillConvex(pixels, corners, 4, colour)
}
