import { HALF_TYRE, WHEEL_RADIUS } from '../physics/car-plan.ts'
import type { Camera } from './camera.ts'
import { fillConvex } from './fill-convex.ts'
import { RIM } from './palette.ts'
import { ANGLE, WHEEL_PHASE, X, Y } from './view.ts'

/** Radians of a tyre that are light: they show how it turns. */
const LIGHT = 1.2

/** The light part of a tyre, where it is above. @param at of the wheel in the view */
export function paintRim(
  view: Float64Array,
  at: number,
  camera: Camera,
  corners: Float64Array,
  pixels: Uint8Array,
): void {
  const phase = view[at + WHEEL_PHASE]
  const hiddenFrom = Math.sin(phase) > 0
  const hiddenTo = Math.sin(phase + LIGHT) > 0
  if (hiddenFrom && hiddenTo) return
  const from = hiddenFrom ? Math.sign(Math.cos(phase)) : Math.cos(phase)
  const to = hiddenTo ? Math.sign(Math.cos(phase + LIGHT)) : Math.cos(phase + LIGHT)
  const sin = Math.sin(view[at + ANGLE])
  const cos = Math.cos(view[at + ANGLE])
  for (let i = 0; i < 4; i++) {
    const x = i === 0 || i === 3 ? -HALF_TYRE : HALF_TYRE
    const y = WHEEL_RADIUS * (i < 2 ? from : to)
    camera.project(
      view[at + X] + cos * x - sin * y,
      view[at + Y] + sin * x + cos * y,
      corners,
      2 * i,
    )
  }
  fillConvex(pixels, corners, 4, RIM)
}
