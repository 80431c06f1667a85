import { RevoluteJoint, World } from 'planck'
import { installIsland } from '../../jointed/island.ts'
import type { InnerBody, InnerJoint, InnerWorld } from '../../jointed/planck-internals.ts'
import {
  DT,
  HULL_DENSITY,
  HULL_PARTS,
  STEER_GAIN,
  STEER_LIMIT,
  STEER_SPEED,
  STEER_TORQUE,
  WHEEL_CORNERS,
  WHEEL_DENSITY,
  WHEEL_PLACES,
  WHEELS,
} from './car-plan.ts'
import { type Mass, massOf } from './mass.ts'
import { Tyres } from './tyres.ts'

const HULL_MASS = massOf(HULL_PARTS, HULL_DENSITY)
const WHEEL_MASS = massOf([WHEEL_CORNERS], WHEEL_DENSITY)
const VELOCITY_ITERATIONS = 180
const POSITION_ITERATIONS = 60

export interface Start {
  readonly x: number
  readonly y: number
  readonly angle: number
}

/**
 * A car: a hull and four wheels on motors with limits. Nothing else is there that it could hit, and what ground a wheel is on
 * is told it from outside.
 */
export class CarWorld {
  readonly world: InnerWorld
  readonly hull: InnerBody
  readonly wheels: readonly InnerBody[]
  readonly joints: readonly InnerJoint[]
  readonly tyres = new Tyres()
  readonly #push = { x: 0, y: 0 }

  /** The wheels stand as they would if the car were not turned, as in the original; the first step puts them in their places. */
  constructor({ x, y, angle }: Start) {
    // The original wakes every wheel in every step, so nothing ever sleeps.
    const world = new World({ gravity: { x: 0, y: 0 }, allowSleep: false }) as unknown as InnerWorld
    this.world = world
    this.hull = makeBody(world, x, y, angle, HULL_MASS)
    const wheels: InnerBody[] = []
    const joints: InnerJoint[] = []
    for (const [wheelX, wheelY] of WHEEL_PLACES) {
      const wheel = makeBody(world, x + wheelX, y + wheelY, angle, WHEEL_MASS)
      const joint = new RevoluteJoint({
        bodyA: this.hull,
        bodyB: wheel,
        localAnchorA: { x: wheelX, y: wheelY },
        localAnchorB: { x: 0, y: 0 },
        referenceAngle: 0,
        enableMotor: true,
        enableLimit: true,
        maxMotorTorque: STEER_TORQUE,
        motorSpeed: 0,
        lowerAngle: -STEER_LIMIT,
        upperAngle: STEER_LIMIT,
      })
      wheels.push(wheel)
      joints.push(world.createJoint(joint) as InnerJoint)
    }
    this.wheels = wheels
    this.joints = joints
    installIsland(world, [this.hull, ...wheels], joints)
  }

  /** What motors and tyres do in the step that comes. */
  drive(): void {
    const { tyres } = this
    for (let i = 0; i < WHEELS; i++) {
      const wheel = this.wheels[i]
      const joint = this.joints[i]
      const off = tyres.steer[i] - joint.getJointAngle()
      joint.m_motorSpeed = Math.sign(off) * Math.min(STEER_GAIN * Math.abs(off), STEER_SPEED)
      const { s, c } = wheel.getTransform().q
      const { x: vx, y: vy } = wheel.m_linearVelocity
      tyres.push(i, c * vy - s * vx, c * vx + s * vy)
      const forwards = tyres.force[2 * i]
      const sideways = tyres.force[2 * i + 1]
      this.#push.x = sideways * c - forwards * s
      this.#push.y = sideways * s + forwards * c
      wheel.applyForceToCenter(this.#push, true)
    }
  }

  move(): void {
    this.world.step(DT, VELOCITY_ITERATIONS, POSITION_ITERATIONS)
  }

  /** The corners of a wheel, counter-clockwise: float64 `[4, 2]`. */
  wheelCorners(wheel: number, into: Float64Array): void {
    const { p, q } = this.wheels[wheel].getTransform()
    for (let i = 0; i < 4; i++) {
      const [x, y] = WHEEL_CORNERS[i]
      into[2 * i] = p.x + q.c * x - q.s * y
      into[2 * i + 1] = p.y + q.s * x + q.c * y
    }
  }
}

function makeBody(
  world: InnerWorld,
  x: number,
  y: number,
  angle: number,
  { mass, inertia, centre }: Mass,
): InnerBody {
  const body = world.createBody({ type: 'dynamic', position: { x, y }, angle }) as InnerBody
  body.setMassData({ mass, I: inertia, center: { x: centre[0], y: centre[1] } })
  return body
}
