import { WHEELS } from '../physics/car-plan.ts'
import type { CarWorld } from '../physics/car-world.ts'

/** What a picture shows of a car: numbers of a view, float64 `[27]`. */
export const X = 0
export const Y = 1
export const ANGLE = 2
/** Per wheel: x, y, angle, radians a second, phase. */
export const WHEEL = 3
export const WHEEL_NUMBERS = 5
export const WHEEL_SPIN = 3
export const WHEEL_PHASE = 4
export const SPEED_X = WHEEL + WHEEL_NUMBERS * WHEELS
export const SPEED_Y = SPEED_X + 1
export const TURN_SPEED = SPEED_X + 2
export const STEER = SPEED_X + 3
export const VIEW = SPEED_X + 4

export function writeView({ hull, wheels, joints, tyres }: CarWorld, view: Float64Array): void {
  const { p } = hull.getTransform()
  view[X] = p.x
  view[Y] = p.y
  view[ANGLE] = hull.getAngle()
  for (let i = 0; i < WHEELS; i++) {
    const at = WHEEL + WHEEL_NUMBERS * i
    const place = wheels[i].getTransform().p
    view[at] = place.x
    view[at + 1] = place.y
    view[at + 2] = wheels[i].getAngle()
    view[at + WHEEL_SPIN] = tyres.spin[i]
    view[at + WHEEL_PHASE] = tyres.phase[i]
  }
  view[SPEED_X] = hull.m_linearVelocity.x
  view[SPEED_Y] = hull.m_linearVelocity.y
  view[TURN_SPEED] = hull.m_angularVelocity
  view[STEER] = joints[0].getJointAngle()
}
