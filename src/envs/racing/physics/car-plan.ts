/** Gymnasium's `car_dynamics`: lengths in its own units by a scale of 0.02, the rest in the units of the engine. */
const SIZE = 0.02
const AREA = SIZE * SIZE

export const DT = 1 / 50

/** Of what an engine gives to a wheel: energy a second, by the gas. */
export const ENGINE_POWER = 100_000_000 * AREA
export const WHEEL_INERTIA = 4000 * AREA
/** The most that a wheel can push against the road; on grass 0.6 of it. */
export const GRIP = 1_000_000 * AREA
export const GRIP_ON_GRASS = 0.6 * GRIP
/** From a difference of speeds, in m/s, to a force. */
export const SLIP_STIFFNESS = 205_000 * AREA
/** Radians a second that the whole brake takes from a wheel in a step; from 0.9 on it stands. */
export const BRAKE = 15
export const BLOCKED = 0.9
/** How much the gas of a wheel may rise in a step. */
export const GAS_RISE = 0.1
export const STEER_LIMIT = 0.4
export const STEER_SPEED = 3
export const STEER_GAIN = 50
export const STEER_TORQUE = 180 * 900 * AREA

export const WHEEL_RADIUS = 27 * SIZE
export const HALF_TYRE = 14 * SIZE

type Corner = readonly [x: number, y: number]
const scaled = (corners: readonly Corner[]): readonly Corner[] =>
  corners.map(([x, y]) => [x * SIZE, y * SIZE])

/** Front left and right, rear left and right, from the hull's origin; the car looks along y. */
export const WHEEL_PLACES: readonly Corner[] = scaled([
  [-55, 80],
  [55, 80],
  [-55, -82],
  [55, -82],
])
export const WHEELS = WHEEL_PLACES.length
export const FRONT = [0, 1] as const
export const REAR = [2, 3] as const

export const HULL_DENSITY = 1
export const WHEEL_DENSITY = 0.1

/** Counter-clockwise. */
export const HULL_PARTS: readonly (readonly Corner[])[] = [
  scaled([
    [-60, 110],
    [60, 110],
    [60, 130],
    [-60, 130],
  ]),
  scaled([
    [-20, 20],
    [20, 20],
    [15, 120],
    [-15, 120],
  ]),
  scaled([
    [25, 20],
    [-25, 20],
    [-50, -10],
    [-50, -40],
    [-20, -90],
    [20, -90],
    [50, -40],
    [50, -10],
  ]),
  scaled([
    [-50, -120],
    [50, -120],
    [50, -90],
    [-50, -90],
  ]),
]

export const WHEEL_CORNERS: readonly Corner[] = [
  [-HALF_TYRE, -WHEEL_RADIUS],
  [HALF_TYRE, -WHEEL_RADIUS],
  [HALF_TYRE, WHEEL_RADIUS],
  [-HALF_TYRE, WHEEL_RADIUS],
]
