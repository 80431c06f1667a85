import { Settings } from 'planck'
import type { InnerJoint, Vector } from './planck-internals.ts'

const AT_LOWER = 1
const AT_UPPER = 2
const { linearSlop: LINEAR_SLOP, angularSlop: ANGULAR_SLOP, maxAngularCorrection: MOST } = Settings

/** What a joint's position constraint needs that never changes. */
export interface JointShape {
  readonly joint: InnerJoint
  readonly reference: number
  readonly low: number
  readonly high: number
  /** Anchors from the centres of mass, in the bodies' frames. */
  readonly anchorA: Vector
  readonly anchorB: Vector
}

export function jointShape(joint: InnerJoint): JointShape {
  const from = ({ x, y }: Vector, centre: Vector): Vector => ({ x: x - centre.x, y: y - centre.y })
  return {
    joint,
    reference: joint.getReferenceAngle(),
    low: joint.getLowerLimit(),
    high: joint.getUpperLimit(),
    anchorA: from(joint.getLocalAnchorA(), joint.m_bodyA.m_sweep.localCenter),
    anchorB: from(joint.getLocalAnchorB(), joint.m_bodyB.m_sweep.localCenter),
  }
}

const clamp = (value: number, low: number, high: number): number =>
  Math.min(Math.max(value, low), high)

/**
 * One position correction of a joint, as planck's `RevoluteJoint` does it, operation by operation, without its vectors.
 * @returns whether its errors are within tolerance
 */
export function correctJoint({
  joint,
  reference,
  low,
  high,
  anchorA,
  anchorB,
}: JointShape): boolean {
  const { m_bodyA, m_bodyB, m_limitState } = joint
  const a = m_bodyA.c_position
  const b = m_bodyB.c_position
  const massA = m_bodyA.m_invMass
  const massB = m_bodyB.m_invMass
  const inertiaA = m_bodyA.m_invI
  const inertiaB = m_bodyB.m_invI
  let turned = 0
  if (m_limitState === AT_LOWER || m_limitState === AT_UPPER) {
    const angle = b.a - a.a - reference
    let beyond = angle - (m_limitState === AT_LOWER ? low : high)
    if (m_limitState === AT_LOWER) {
      turned = -beyond
      beyond = clamp(beyond + ANGULAR_SLOP, -MOST, 0)
    } else {
      turned = beyond
      beyond = clamp(beyond - ANGULAR_SLOP, 0, MOST)
    }
    const impulse = -joint.m_motorMass * beyond
    a.a -= inertiaA * impulse
    b.a += inertiaB * impulse
  }
  const cosA = Math.cos(a.a)
  const sinA = Math.sin(a.a)
  const cosB = Math.cos(b.a)
  const sinB = Math.sin(b.a)
  const rAx = cosA * anchorA.x - sinA * anchorA.y
  const rAy = sinA * anchorA.x + cosA * anchorA.y
  const rBx = cosB * anchorB.x - sinB * anchorB.y
  const rBy = sinB * anchorB.x + cosB * anchorB.y
  const cx = b.c.x + rBx - (a.c.x + rAx)
  const cy = b.c.y + rBy - (a.c.y + rAy)
  const exx = massA + massB + inertiaA * rAy * rAy + inertiaB * rBy * rBy
  const exy = -inertiaA * rAx * rAy - inertiaB * rBx * rBy
  const eyy = massA + massB + inertiaA * rAx * rAx + inertiaB * rBx * rBx
  let det = exx * eyy - exy * exy
  if (det !== 0) det = 1 / det
  const px = -(det * (eyy * cx - exy * cy))
  const py = -(det * (exx * cy - exy * cx))
  a.c.x -= massA * px
  a.c.y -= massA * py
  a.a -= inertiaA * (rAx * py - rAy * px)
  b.c.x += massB * px
  b.c.y += massB * py
  b.a += inertiaB * (rBx * py - rBy * px)
  return Math.sqrt(cx * cx + cy * cy) <= LINEAR_SLOP && turned <= ANGULAR_SLOP
}
