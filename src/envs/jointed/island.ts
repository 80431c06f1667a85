import { Settings } from 'planck'
import { ContactRows } from './contact-rows.ts'
import { correctJoint, type JointShape, jointShape } from './joint-positions.ts'
import { JointRows } from './joint-rows.ts'
import type {
  InnerBody,
  InnerContact,
  InnerJoint,
  InnerWorld,
  Solver,
  TimeStep,
} from './planck-internals.ts'

/**
 * Puts a solver of a world's one island in the place of planck's: bodies on revolute joints, which may touch a ground that
 * never moves. The same operations in the same order, and the same bits (`walker/physics/island.test.ts`), over flat arrays,
 * and without what such a world has none of: damping, torques from outside, sleep, listeners after the solve.
 * @param bodies all that move; each joint and contact of the world is in the island
 */
export function installIsland(
  world: InnerWorld,
  bodies: readonly InnerBody[],
  inOrder: readonly InnerJoint[],
): void {
  const solver = world.m_solver
  const shapes = new Map(inOrder.map((joint) => [joint, jointShape(joint)]))
  const joints = new JointRows(inOrder.length)
  const contacts = new ContactRows()
  const velocities = new Float64Array(3 * bodies.length)
  const gravity = world.getGravity()
  solver.solveIsland = function solveJointed(this: Solver, step) {
    integrateVelocities(bodies, gravity, step.dt)
    for (const contact of this.m_contacts) contact.initConstraint(step)
    for (const contact of this.m_contacts) contact.initVelocityConstraint(step)
    for (const contact of this.m_contacts) contact.warmStartConstraint(step)
    for (const joint of this.m_joints) joint.initVelocityConstraints(step)
    joints.load(this.m_joints, bodies, step.dt)
    contacts.load(this.m_contacts, bodies)
    takeVelocities(bodies, velocities)
    const jointCount = this.m_joints.length
    const contactCount = this.m_contacts.length
    for (let i = 0; i < step.velocityIterations; i++) {
      for (let k = 0; k < jointCount; k++) joints.solve(k, velocities)
      for (let k = 0; k < contactCount; k++) contacts.solve(k, velocities)
    }
    giveVelocities(velocities, bodies)
    joints.store(this.m_joints)
    contacts.store(this.m_contacts)
    for (const contact of this.m_contacts) contact.storeConstraintImpulses(step)
    integratePositions(bodies, step.dt)
    correctPositions(this.m_contacts, this.m_joints, shapes, step)
    for (const body of bodies) {
      const { m_sweep, c_position, m_linearVelocity, c_velocity } = body
      m_sweep.c.x = c_position.c.x
      m_sweep.c.y = c_position.c.y
      m_sweep.a = c_position.a
      m_linearVelocity.x = c_velocity.v.x
      m_linearVelocity.y = c_velocity.v.y
      body.m_angularVelocity = c_velocity.w
      body.synchronizeTransform()
    }
  }
}

function integrateVelocities(
  bodies: readonly InnerBody[],
  gravity: { readonly x: number; readonly y: number },
  dt: number,
): void {
  for (const body of bodies) {
    const { m_sweep, m_linearVelocity, m_force, c_position, c_velocity } = body
    m_sweep.c0.x = c_position.c.x = m_sweep.c.x
    m_sweep.c0.y = c_position.c.y = m_sweep.c.y
    m_sweep.a0 = c_position.a = m_sweep.a
    const push = dt * body.m_invMass
    c_velocity.v.x = m_linearVelocity.x + dt * gravity.x + push * m_force.x
    c_velocity.v.y = m_linearVelocity.y + dt * gravity.y + push * m_force.y
    c_velocity.w = body.m_angularVelocity
  }
}

function takeVelocities(bodies: readonly InnerBody[], into: Float64Array): void {
  for (let i = 0; i < bodies.length; i++) {
    const { v, w } = bodies[i].c_velocity
    into[3 * i] = v.x
    into[3 * i + 1] = v.y
    into[3 * i + 2] = w
  }
}

function giveVelocities(from: Float64Array, bodies: readonly InnerBody[]): void {
  for (let i = 0; i < bodies.length; i++) {
    const { c_velocity } = bodies[i]
    c_velocity.v.x = from[3 * i]
    c_velocity.v.y = from[3 * i + 1]
    c_velocity.w = from[3 * i + 2]
  }
}

function integratePositions(bodies: readonly InnerBody[], dt: number): void {
  for (const { c_position, c_velocity } of bodies) {
    const { v } = c_velocity
    const moved = dt * v.x * (dt * v.x) + dt * v.y * (dt * v.y)
    if (moved > Settings.maxTranslation * Settings.maxTranslation) {
      const ratio = Settings.maxTranslation / Math.sqrt(moved)
      v.x *= ratio
      v.y *= ratio
    }
    const turned = dt * c_velocity.w
    if (turned * turned > Settings.maxRotation * Settings.maxRotation)
      c_velocity.w *= Settings.maxRotation / Math.abs(turned)
    c_position.c.x += dt * v.x
    c_position.c.y += dt * v.y
    c_position.a += dt * c_velocity.w
  }
}

function correctPositions(
  contacts: readonly InnerContact[],
  joints: readonly InnerJoint[],
  shapes: ReadonlyMap<InnerJoint, JointShape>,
  step: TimeStep,
): void {
  for (let i = 0; i < step.positionIterations; i++) {
    let least = 0
    for (const contact of contacts) least = Math.min(least, contact.solvePositionConstraint(step))
    let met = least >= -3 * Settings.linearSlop
    for (const joint of joints) met = correctJoint(shapes.get(joint)!) && met
    if (met) return
  }
}
