import { Polygon, RevoluteJoint } from 'planck'
import type { InnerBody, InnerJoint, InnerWorld } from '../../jointed/planck-internals.ts'
import {
  HULL,
  LEG_DOWN,
  LEG_HEIGHT,
  LOWER,
  MOTOR_TORQUE,
  PLANS,
  START_X,
  START_Y,
  UPPER,
} from './body-plan.ts'

/** Parts meet the ground alone. */
const CATEGORY = 0x0020
const GROUND = 0x0001
const LEAN = 0.05
const [HIP_LOW, HIP_HIGH] = [-0.8, 1.1]
const [KNEE_LOW, KNEE_HIGH] = [-1.6, -0.1]

export interface WalkerBody {
  /** As `PARTS`. */
  readonly parts: readonly InnerBody[]
  /** As `JOINTS`. */
  readonly joints: readonly InnerJoint[]
}

/** The walker in its first pose, above the start pad: its knees are beyond their limits, which the first step corrects. */
export function makeWalker(world: InnerWorld): WalkerBody {
  const parts = [makePart(world, HULL, START_X, START_Y, 0)]
  const joints: InnerJoint[] = []
  for (const leg of [0, 1] as const) {
    const sign = leg === 0 ? -1 : 1
    const top = START_Y - LEG_DOWN
    const upper = makePart(world, UPPER[leg], START_X, top - LEG_HEIGHT / 2, sign * LEAN)
    // The reference angles are the first ones, as pybox2d takes them where none is given.
    joints.push(
      makeJoint(world, {
        bodyA: parts[HULL],
        bodyB: upper,
        localAnchorA: { x: 0, y: LEG_DOWN },
        referenceAngle: sign * LEAN,
        lowerAngle: HIP_LOW,
        upperAngle: HIP_HIGH,
      }),
    )
    const lower = makePart(world, LOWER[leg], START_X, top - (LEG_HEIGHT * 3) / 2, sign * LEAN)
    joints.push(
      makeJoint(world, {
        bodyA: upper,
        bodyB: lower,
        localAnchorA: { x: 0, y: -LEG_HEIGHT / 2 },
        referenceAngle: 0,
        lowerAngle: KNEE_LOW,
        upperAngle: KNEE_HIGH,
      }),
    )
    parts.push(upper, lower)
  }
  return { parts, joints }
}

function makePart(world: InnerWorld, part: number, x: number, y: number, angle: number): InnerBody {
  const { corners, density, friction, mass, inertia, centre } = PLANS[part]
  const body = world.createBody({ type: 'dynamic', position: { x, y }, angle }) as InnerBody
  body.createFixture({
    shape: new Polygon(corners.map(([cornerX, cornerY]) => ({ x: cornerX, y: cornerY }))),
    density,
    friction,
    filterCategoryBits: CATEGORY,
    filterMaskBits: GROUND,
  })
  // planck 1.4.2 puts a polygon's centre of mass in the wrong place.
  body.setMassData({ mass, I: inertia, center: { x: centre[0], y: centre[1] } })
  return body
}

interface JointPlan {
  readonly bodyA: InnerBody
  readonly bodyB: InnerBody
  readonly localAnchorA: { readonly x: number; readonly y: number }
  readonly referenceAngle: number
  readonly lowerAngle: number
  readonly upperAngle: number
}

function makeJoint(world: InnerWorld, plan: JointPlan): InnerJoint {
  const joint = new RevoluteJoint({
    ...plan,
    localAnchorB: { x: 0, y: LEG_HEIGHT / 2 },
    enableLimit: true,
    enableMotor: true,
    maxMotorTorque: MOTOR_TORQUE,
  })
  return world.createJoint(joint) as InnerJoint
}
