import type { Body, Contact, Fixture, RevoluteJoint, World } from 'planck'

/**
 * Fields of planck's objects that it does not declare. Its version is pinned; where another has them no longer, the tests of the
 * environments on it fail.
 */

export interface Vector {
  x: number
  y: number
}

export interface Sweep {
  readonly localCenter: Vector
  readonly c: Vector
  a: number
  readonly c0: Vector
  a0: number
  alpha0: number
}

/** As planck's solver sees a body. */
export interface InnerBody extends Body {
  readonly m_sweep: Sweep
  readonly m_linearVelocity: Vector
  m_angularVelocity: number
  readonly m_force: Vector
  readonly m_invMass: number
  readonly m_invI: number
  readonly c_position: { readonly c: Vector; a: number }
  readonly c_velocity: { readonly v: Vector; w: number }
  synchronizeTransform(): void
}

export interface InnerJoint extends RevoluteJoint {
  readonly m_bodyA: InnerBody
  readonly m_bodyB: InnerBody
  readonly m_rA: Vector
  readonly m_rB: Vector
  /** Columns. */
  readonly m_mass: Readonly<Record<'ex' | 'ey' | 'ez', Vector & { z: number }>>
  readonly m_motorMass: number
  readonly m_impulse: Vector & { z: number }
  m_motorImpulse: number
  /** 0 inactive, 1 at the lower limit, 2 at the upper one, 3 both. */
  m_limitState: number
  m_motorSpeed: number
  m_maxMotorTorque: number
  initVelocityConstraints(step: TimeStep): void
  solvePositionConstraints(step: TimeStep): boolean
}

export interface ContactPoint {
  readonly rB: Vector
  normalImpulse: number
  tangentImpulse: number
  readonly normalMass: number
  readonly tangentMass: number
}

export interface ManifoldPoint {
  readonly localPoint: Vector
  normalImpulse: number
  tangentImpulse: number
  readonly id: {
    readonly indexA: number
    readonly indexB: number
    readonly typeA: number
    readonly typeB: number
    setFeatures(indexA: number, typeA: number, indexB: number, typeB: number): void
  }
}

export interface InnerContact extends Contact {
  readonly m_fixtureA: InnerFixture
  readonly m_fixtureB: InnerFixture
  readonly m_manifold: { pointCount: number; readonly points: readonly ManifoldPoint[] }
  m_touchingFlag: boolean
  readonly m_next: InnerContact | null
  readonly v_points: readonly ContactPoint[]
  readonly v_normal: Vector
  readonly v_pointCount: number
  readonly v_friction: number
  readonly v_K: Readonly<Record<'ex' | 'ey', Vector>>
  readonly v_normalMass: Readonly<Record<'ex' | 'ey', Vector>>
  initConstraint(step: TimeStep): void
  initVelocityConstraint(step: TimeStep): void
  warmStartConstraint(step: TimeStep): void
  storeConstraintImpulses(step: TimeStep): void
  solvePositionConstraint(step: TimeStep): number
}

export interface FixtureProxy {
  readonly fixture: InnerFixture
  proxyId: number
}

export interface InnerFixture extends Fixture {
  readonly m_body: InnerBody
  readonly m_proxies: readonly FixtureProxy[]
}

export interface TimeStep {
  readonly dt: number
  readonly velocityIterations: number
  readonly positionIterations: number
}

export interface Solver {
  readonly m_bodies: readonly InnerBody[]
  readonly m_contacts: readonly InnerContact[]
  readonly m_joints: readonly InnerJoint[]
  /** Moves the bodies of one island by a step. */
  solveIsland(step: TimeStep): void
}

export interface Box {
  readonly lowerBound: Vector
  readonly upperBound: Vector
}

/** What planck asks of its broad phase while it steps. */
export interface BroadPhase {
  createProxy(box: Box, proxy: FixtureProxy): number
  destroyProxy(id: number): void
  moveProxy(id: number, box: Box, displacement: Vector): void
  touchProxy(id: number): void
  testOverlap(a: number, b: number): boolean
  updatePairs(found: (a: FixtureProxy, b: FixtureProxy) => void): void
}

export interface InnerWorld extends World {
  readonly m_solver: Solver
  m_broadPhase: BroadPhase
  readonly m_contactList: InnerContact | null
  /** Whether a step is under way, in which planck makes nothing. */
  m_locked: boolean
  m_newFixture: boolean
  readonly s_step: TimeStep & { reset(dt: number): void }
  createContact(a: FixtureProxy, b: FixtureProxy): void
  findNewContacts(): void
}
