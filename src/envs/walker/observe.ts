import { castRays, RAYS } from './lidar.ts'
import { HIP_SPEED, HULL, KNEE_SPEED } from './physics/body-plan.ts'
import type { WalkerWorld } from './physics/walker-world.ts'
import { SCALE } from './terrain/constants.ts'
import type { Terrain } from './terrain/contract.ts'

/** Steps a second, and the window of the original in pixels: they scale the hull's motion. */
const FPS = 50
const [WIDTH, HEIGHT] = [600, 400]
const LEG = 5
const BODY = 4 + 2 * LEG
export const OBSERVATION_SIZE = BODY + RAYS

export const OBSERVATION_NAMES: readonly string[] = [
  'hull angle',
  'hull angular velocity',
  'hull velocity x',
  'hull velocity y',
  ...[0, 1].flatMap((leg) =>
    ['hip angle', 'hip speed', 'knee angle', 'knee speed', 'foot down'].map(
      (what) => `leg ${leg} ${what}`,
    ),
  ),
  ...Array.from({ length: RAYS }, (_, k) => `lidar ${k}`),
]

const VX = (0.3 * (WIDTH / SCALE)) / FPS
const VY = (0.3 * (HEIGHT / SCALE)) / FPS

/** Writes the {@link OBSERVATION_SIZE} numbers of {@link OBSERVATION_NAMES} to `into` at `at`, as scaled by the original. */
export function observe(
  { parts, joints, feet }: WalkerWorld,
  terrain: Terrain,
  into: Float32Array,
  at: number,
): void {
  const hull = parts[HULL]
  const { m_linearVelocity } = hull
  into[at] = hull.getAngle()
  into[at + 1] = (2 * hull.m_angularVelocity) / FPS
  into[at + 2] = m_linearVelocity.x * VX
  into[at + 3] = m_linearVelocity.y * VY
  for (let leg = 0; leg < 2; leg++) {
    const hip = joints[2 * leg]
    const knee = joints[2 * leg + 1]
    const first = at + 4 + LEG * leg
    into[first] = hip.getJointAngle()
    into[first + 1] = hip.getJointSpeed() / HIP_SPEED
    into[first + 2] = knee.getJointAngle() + 1
    into[first + 3] = knee.getJointSpeed() / KNEE_SPEED
    into[first + 4] = feet[leg]
  }
  const { x, y } = hull.getPosition()
  castRays(terrain, x, y, into, at + BODY)
}
