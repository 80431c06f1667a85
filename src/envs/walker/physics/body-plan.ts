import { BASE, SCALE, START_PAD, STEP } from '../terrain/constants.ts'

/** Metres. */
export const LEG_HEIGHT = 34 / SCALE
export const LEG_DOWN = -8 / SCALE
const LEG_WIDTH = 8 / SCALE
export const START_X = (START_PAD * STEP) / 2
export const START_Y = BASE + 2 * LEG_HEIGHT

/** The parts in order of creation; leg 0 is the one of sign −1. */
export const PARTS = ['hull', 'upper0', 'lower0', 'upper1', 'lower1'] as const
export const HULL = 0
/** Of {@link PARTS}, by leg. */
export const UPPER = [1, 3] as const
export const LOWER = [2, 4] as const

/** The joints in order of creation, which is that of the actions: hip and knee of leg 0, of leg 1. */
export const JOINTS = ['hip0', 'knee0', 'hip1', 'knee1'] as const
export const MOTOR_TORQUE = 80
export const HIP_SPEED = 4
export const KNEE_SPEED = 6

export interface PartPlan {
  /** Corners in metres, in the part's frame. */
  readonly corners: readonly (readonly [number, number])[]
  readonly density: number
  readonly friction: number
  /** kg; kg m² about the part's origin; m. As Box2D 2.3 comes to them, in single precision. */
  readonly mass: number
  readonly inertia: number
  readonly centre: readonly [number, number]
}

const rectangle = (width: number, height: number): PartPlan['corners'] => [
  [-width / 2, -height / 2],
  [width / 2, -height / 2],
  [width / 2, height / 2],
  [-width / 2, height / 2],
]

export const HULL_PLAN: PartPlan = {
  corners: [
    [-1, 0.3],
    [0.2, 0.3],
    [34 / SCALE, 1 / SCALE],
    [34 / SCALE, -8 / SCALE],
    [-1, -8 / SCALE],
  ],
  density: 5,
  friction: 0.1,
  mass: 5.4222226,
  inertia: 2.0017447,
  centre: [-0.0200364, -0.0056466],
}

export const UPPER_PLAN: PartPlan = {
  corners: rectangle(LEG_WIDTH, LEG_HEIGHT),
  density: 1,
  friction: 0.2,
  mass: 0.3022222,
  inertia: 0.0341399,
  centre: [0, 0],
}

export const LOWER_PLAN: PartPlan = {
  corners: rectangle(0.8 * LEG_WIDTH, LEG_HEIGHT),
  density: 1,
  friction: 0.2,
  mass: 0.2417778,
  inertia: 0.0267961,
  centre: [0, 0],
}

export const PLANS: readonly PartPlan[] = [
  HULL_PLAN,
  UPPER_PLAN,
  LOWER_PLAN,
  UPPER_PLAN,
  LOWER_PLAN,
]
