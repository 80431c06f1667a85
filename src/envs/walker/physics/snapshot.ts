import { AgonError } from '../../../core/errors.ts'
import type { InnerContact } from '../../jointed/planck-internals.ts'
import { JOINTS, PARTS } from './body-plan.ts'
import { DT, type WalkerWorld } from './walker-world.ts'

/**
 * All that a step depends on, besides the terrain. A world begun anew that takes a snapshot goes on with the same bits:
 * bodies by centre of mass, angle and velocities; what warm-starts the solver, which is the impulses of joints and of contact
 * points with the names of these; the contacts in their order, in which they are solved; and the widened boxes of the broad
 * phase, which decide when a contact begins. Of a body's sweep, its manifolds and its times of impact a step makes all anew.
 */

/** Per part: centre, angle, velocity, angular velocity, widened box. Per joint: impulse, motor impulse, limit. */
const PART = 10
const JOINT = 5
const FIXED = PART * PARTS.length + JOINT * JOINTS.length
/** Per contact: piece, part, touching, points, then per point: two indices, two types, two impulses. */
const CONTACT = 4
const POINT = 6
const MOST_POINTS = 2

/** Numbers of {@link takeSnapshot}, little-endian float64. */
export function takeSnapshot({ parts, joints, broadPhase, world }: WalkerWorld): Float64Array {
  const numbers: number[] = []
  for (let i = 0; i < parts.length; i++) {
    const { m_sweep, m_linearVelocity, m_angularVelocity } = parts[i]
    const { c, a } = m_sweep
    numbers.push(c.x, c.y, a, m_linearVelocity.x, m_linearVelocity.y, m_angularVelocity)
    numbers.push(...broadPhase.boxes.subarray(4 * i, 4 * i + 4))
  }
  for (const { m_impulse, m_motorImpulse, m_limitState } of joints)
    numbers.push(m_impulse.x, m_impulse.y, m_impulse.z, m_motorImpulse, m_limitState)
  for (let contact = world.m_contactList; contact !== null; contact = contact.m_next)
    pushContact(numbers, contact, broadPhase.partOf(contact.m_fixtureB))
  return Float64Array.from(numbers)
}

/**
 * Centre of mass and angle of each part.
 * @throws AgonError `state/corrupt`
 */
export function poseOf(numbers: Float64Array): readonly (readonly [number, number, number])[] {
  if (numbers.length < FIXED || !numbers.every(Number.isFinite)) throw corrupt()
  return PARTS.map((_, i) => {
    const [x, y, angle] = numbers.subarray(PART * i)
    return [x, y, angle] as const
  })
}

function pushContact(numbers: number[], contact: InnerContact, part: number): void {
  const { m_fixtureA, m_manifold, m_touchingFlag } = contact
  const { points, pointCount } = m_manifold
  numbers.push(m_fixtureA.m_proxies[0].proxyId, part, m_touchingFlag ? 1 : 0, pointCount)
  for (const { id, normalImpulse, tangentImpulse } of points.slice(0, pointCount))
    numbers.push(id.indexA, id.indexB, id.typeA, id.typeB, normalImpulse, tangentImpulse)
}

/**
 * Puts a world that has not been stepped yet where another stood.
 * @throws AgonError `state/corrupt`
 */
export function giveSnapshot(into: WalkerWorld, numbers: Float64Array): void {
  if (numbers.length < FIXED || !numbers.every(Number.isFinite)) throw corrupt()
  const { parts, joints, broadPhase, world } = into
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]
    const [x, y, angle, vx, vy, turn, ...box] = numbers.subarray(PART * i, PART * (i + 1))
    const { m_sweep, m_linearVelocity } = part
    m_sweep.c.x = m_sweep.c0.x = x
    m_sweep.c.y = m_sweep.c0.y = y
    m_sweep.a = m_sweep.a0 = angle
    m_linearVelocity.x = vx
    m_linearVelocity.y = vy
    part.m_angularVelocity = turn
    part.synchronizeTransform()
    broadPhase.restore(i, box)
  }
  for (let k = 0; k < joints.length; k++) {
    const [x, y, z, motor, limit] = numbers.subarray(PART * PARTS.length + JOINT * k)
    const joint = joints[k]
    joint.m_impulse.x = x
    joint.m_impulse.y = y
    joint.m_impulse.z = z
    joint.m_motorImpulse = motor
    joint.m_limitState = limit
  }
  giveContacts(into, numbers.subarray(FIXED))
  // As after any step but the first: the new pieces of ground found their contacts above.
  world.m_newFixture = false
  world.s_step.reset(DT)
}

/** Contacts stand newest first, and each that is made comes to the front. */
function giveContacts({ world, broadPhase, ground }: WalkerWorld, numbers: Float64Array): void {
  const starts: number[] = []
  for (let at = 0; at < numbers.length; at += CONTACT + POINT * numbers[at + 3]) {
    if (at + CONTACT > numbers.length || !(numbers[at + 3] <= MOST_POINTS)) throw corrupt()
    starts.push(at)
  }
  for (const at of starts.reverse()) {
    const [piece, part, touching, points] = numbers.subarray(at, at + CONTACT)
    if (!ground.has(piece) || !(part in PARTS)) throw corrupt()
    world.createContact(ground.proxy(piece, world), broadPhase.part(part))
    const { m_manifold } = world.m_contactList!
    world.m_contactList!.m_touchingFlag = touching === 1
    m_manifold.pointCount = points
    for (let i = 0; i < points; i++) {
      const first = at + CONTACT + POINT * i
      const [indexA, indexB, typeA, typeB, normal, tangent] = numbers.subarray(first)
      const point = m_manifold.points[i]
      point.id.setFeatures(indexA, typeA, indexB, typeB)
      point.normalImpulse = normal
      point.tangentImpulse = tangent
    }
  }
}

const corrupt = (): AgonError => new AgonError('state/corrupt', 'this is not a saved walker lane')
