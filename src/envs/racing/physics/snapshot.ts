import { AgonError } from '../../../core/errors.ts'
import { DT, WHEELS } from './car-plan.ts'
import type { CarWorld } from './car-world.ts'

/**
 * All that a step of a car depends on. A car put anywhere that takes a snapshot goes on with the same bits: bodies by centre
 * of mass, angle and velocities; the impulses of joints, which warm-start the solver; and what the tyres remember. Of a body's
 * sweep a step makes the rest anew.
 */
const BODY = 6
const JOINT = 5
const TYRE = 6
export const SNAPSHOT = BODY * (1 + WHEELS) + (JOINT + TYRE) * WHEELS

/** Writes {@link SNAPSHOT} numbers. */
export function takeSnapshot({ hull, wheels, joints, tyres }: CarWorld): Float64Array {
  const numbers = new Float64Array(SNAPSHOT)
  let at = 0
  const put = (...values: readonly number[]): void => {
    numbers.set(values, at)
    at += values.length
  }
  for (const { m_sweep, m_linearVelocity, m_angularVelocity } of [hull, ...wheels]) {
    const { c, a } = m_sweep
    put(c.x, c.y, a, m_linearVelocity.x, m_linearVelocity.y, m_angularVelocity)
  }
  for (const { m_impulse, m_motorImpulse, m_limitState } of joints)
    put(m_impulse.x, m_impulse.y, m_impulse.z, m_motorImpulse, m_limitState)
  const { gas, brake, steer, spin, phase, onRoad } = tyres
  for (let i = 0; i < WHEELS; i++) put(gas[i], brake[i], steer[i], spin[i], phase[i], onRoad[i])
  return numbers
}

/**
 * Puts a car that has not been stepped yet where another stood.
 * @throws AgonError `state/corrupt`
 */
export function giveSnapshot(
  { world, hull, wheels, joints, tyres }: CarWorld,
  numbers: Float64Array,
): void {
  if (numbers.length !== SNAPSHOT || !numbers.every(Number.isFinite))
    throw new AgonError('state/corrupt', 'this is not a saved car')
  let at = 0
  const next = (): number => numbers[at++]
  for (const body of [hull, ...wheels]) {
    const { m_sweep, m_linearVelocity } = body
    m_sweep.c.x = m_sweep.c0.x = next()
    m_sweep.c.y = m_sweep.c0.y = next()
    m_sweep.a = m_sweep.a0 = next()
    m_linearVelocity.x = next()
    m_linearVelocity.y = next()
    body.m_angularVelocity = next()
    body.synchronizeTransform()
  }
  for (const joint of joints) {
    joint.m_impulse.x = next()
    joint.m_impulse.y = next()
    joint.m_impulse.z = next()
    joint.m_motorImpulse = next()
    joint.m_limitState = next()
  }
  const { gas, brake, steer, spin, phase, onRoad } = tyres
  for (let i = 0; i < WHEELS; i++) {
    gas[i] = next()
    brake[i] = next()
    steer[i] = next()
    spin[i] = next()
    phase[i] = next()
    onRoad[i] = next()
  }
  // As after any step but the first.
  world.s_step.reset(DT)
}
