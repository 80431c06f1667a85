import type { InnerBody, InnerJoint } from './planck-internals.ts'

const AT_LOWER = 1
const AT_UPPER = 2

/** Numbers of a joint. */
const WIDTH = 26
const RAX = 0
const RAY = 1
const RBX = 2
const RBY = 3
const MASS_A = 4
const MASS_B = 5
const INERTIA_A = 6
const INERTIA_B = 7
const MOTOR_MASS = 8
const MOTOR_SPEED = 9
const MOTOR_MOST = 10
/** The effective mass, a symmetric matrix, by columns. */
const EXX = 11
const EXY = 12
const EYY = 13
const EZX = 14
const EZY = 15
const EZZ = 16
/** One over its determinant, and over that of its first two rows and columns. */
const DET3 = 17
const DET2 = 18
/** Its second column times its third. */
const CROSS_X = 19
const CROSS_Y = 20
const CROSS_Z = 21
const IMPULSE_X = 22
const IMPULSE_Y = 23
const IMPULSE_Z = 24
const MOTOR_IMPULSE = 25

const inverse = (det: number): number => (det !== 0 ? 1 / det : det)

/**
 * The velocity constraints of some revolute joints, side by side in one array. A sweep does what planck's
 * `RevoluteJoint` does, operation by operation, without its vectors: 180 sweeps a step are where the time goes.
 */
export class JointRows {
  readonly #numbers: Float64Array
  readonly #limits: Int8Array
  readonly #ends: Int32Array

  constructor(joints: number) {
    this.#numbers = new Float64Array(WIDTH * joints)
    this.#limits = new Int8Array(joints)
    this.#ends = new Int32Array(2 * joints)
  }

  /** @param bodies in the order of the velocities that `sweep` is lent */
  load(joints: readonly InnerJoint[], bodies: readonly InnerBody[], dt: number): void {
    const n = this.#numbers
    for (let k = 0; k < joints.length; k++) {
      const joint = joints[k]
      const at = k * WIDTH
      const { ex, ey, ez } = joint.m_mass
      this.#limits[k] = joint.m_limitState
      this.#ends[2 * k] = bodies.indexOf(joint.m_bodyA)
      this.#ends[2 * k + 1] = bodies.indexOf(joint.m_bodyB)
      n[at + RAX] = joint.m_rA.x
      n[at + RAY] = joint.m_rA.y
      n[at + RBX] = joint.m_rB.x
      n[at + RBY] = joint.m_rB.y
      n[at + MASS_A] = joint.m_bodyA.m_invMass
      n[at + MASS_B] = joint.m_bodyB.m_invMass
      n[at + INERTIA_A] = joint.m_bodyA.m_invI
      n[at + INERTIA_B] = joint.m_bodyB.m_invI
      n[at + MOTOR_MASS] = joint.m_motorMass
      n[at + MOTOR_SPEED] = joint.m_motorSpeed
      n[at + MOTOR_MOST] = dt * joint.m_maxMotorTorque
      n[at + EXX] = ex.x
      n[at + EXY] = ex.y
      n[at + EYY] = ey.y
      n[at + EZX] = ez.x
      n[at + EZY] = ez.y
      n[at + EZZ] = ez.z
      const cx = ey.y * ez.z - ey.z * ez.y
      const cy = ey.z * ez.x - ey.x * ez.z
      const cz = ey.x * ez.y - ey.y * ez.x
      n[at + CROSS_X] = cx
      n[at + CROSS_Y] = cy
      n[at + CROSS_Z] = cz
      n[at + DET3] = inverse(ex.x * cx + ex.y * cy + ex.z * cz)
      n[at + DET2] = inverse(ex.x * ey.y - ey.x * ex.y)
      n[at + IMPULSE_X] = joint.m_impulse.x
      n[at + IMPULSE_Y] = joint.m_impulse.y
      n[at + IMPULSE_Z] = joint.m_impulse.z
      n[at + MOTOR_IMPULSE] = joint.m_motorImpulse
    }
  }

  store(joints: readonly InnerJoint[]): void {
    const n = this.#numbers
    for (let k = 0; k < joints.length; k++) {
      const at = k * WIDTH
      const { m_impulse } = joints[k]
      m_impulse.x = n[at + IMPULSE_X]
      m_impulse.y = n[at + IMPULSE_Y]
      m_impulse.z = n[at + IMPULSE_Z]
      joints[k].m_motorImpulse = n[at + MOTOR_IMPULSE]
    }
  }

  /** Solves joint `k`. @param v float64 `[bodies, 3]`: velocity of the centre of mass, angular velocity */
  solve(k: number, v: Float64Array): void {
    const n = this.#numbers
    const at = k * WIDTH
    const a = 3 * this.#ends[2 * k]
    const b = 3 * this.#ends[2 * k + 1]
    const inertiaA = n[at + INERTIA_A]
    const inertiaB = n[at + INERTIA_B]
    let wA = v[a + 2]
    let wB = v[b + 2]
    const held = n[at + MOTOR_IMPULSE]
    const most = n[at + MOTOR_MOST]
    let motor = held - n[at + MOTOR_MASS] * (wB - wA - n[at + MOTOR_SPEED])
    if (motor < -most) motor = -most
    else if (motor > most) motor = most
    n[at + MOTOR_IMPULSE] = motor
    motor -= held
    wA -= inertiaA * motor
    wB += inertiaB * motor
    const rAx = n[at + RAX]
    const rAy = n[at + RAY]
    const rBx = n[at + RBX]
    const rBy = n[at + RBY]
    const cx = v[b] + -wB * rBy - (v[a] + -wA * rAy)
    const cy = v[b + 1] + wB * rBx - (v[a + 1] + wA * rAx)
    const limit = this.#limits[k]
    let px: number
    let py: number
    let pz = 0
    if (limit === 0) {
      const det = n[at + DET2]
      px = det * (n[at + EYY] * -cx - n[at + EXY] * -cy)
      py = det * (n[at + EXX] * -cy - n[at + EXY] * -cx)
      n[at + IMPULSE_X] += px
      n[at + IMPULSE_Y] += py
    } else {
      const cz = wB - wA
      const det = n[at + DET3]
      const exx = n[at + EXX]
      const exy = n[at + EXY]
      const eyy = n[at + EYY]
      const ezx = n[at + EZX]
      const ezy = n[at + EZY]
      const ezz = n[at + EZZ]
      px = -(det * (cx * n[at + CROSS_X] + cy * n[at + CROSS_Y] + cz * n[at + CROSS_Z]))
      py = -(
        det *
        (exx * (cy * ezz - cz * ezy) + exy * (cz * ezx - cx * ezz) + ezx * (cx * ezy - cy * ezx))
      )
      pz = -(
        det *
        (exx * (eyy * cz - ezy * cy) + exy * (ezy * cx - exy * cz) + ezx * (exy * cy - eyy * cx))
      )
      const total = n[at + IMPULSE_Z] + pz
      if ((limit === AT_LOWER && total < 0) || (limit === AT_UPPER && total > 0)) {
        const z = n[at + IMPULSE_Z]
        const rx = -cx + z * ezx
        const ry = -cy + z * ezy
        const det2 = n[at + DET2]
        px = det2 * (eyy * rx - exy * ry)
        py = det2 * (exx * ry - exy * rx)
        pz = -z
        n[at + IMPULSE_X] += px
        n[at + IMPULSE_Y] += py
        n[at + IMPULSE_Z] = 0
      } else {
        n[at + IMPULSE_X] += px
        n[at + IMPULSE_Y] += py
        n[at + IMPULSE_Z] = total
      }
    }
    const massA = n[at + MASS_A]
    const massB = n[at + MASS_B]
    v[a] -= massA * px
    v[a + 1] -= massA * py
    v[a + 2] = wA - inertiaA * (rAx * py - rAy * px + pz)
    v[b] += massB * px
    v[b + 1] += massB * py
    v[b + 2] = wB + inertiaB * (rBx * py - rBy * px + pz)
  }
}
