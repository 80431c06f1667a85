import { World } from 'planck'
import { installIsland } from '../../jointed/island.ts'
import type {
  InnerBody,
  InnerContact,
  InnerJoint,
  InnerWorld,
} from '../../jointed/planck-internals.ts'
import type { Terrain } from '../terrain/contract.ts'
import { HIP_SPEED, HULL, KNEE_SPEED, LOWER, MOTOR_TORQUE } from './body-plan.ts'
import { GroundBroadPhase } from './broad-phase.ts'
import { Ground } from './ground.ts'
import { makeWalker } from './walker-body.ts'

const GRAVITY = -10
/** Seconds of a step. */
export const DT = 1 / 50
const VELOCITY_ITERATIONS = 180
const POSITION_ITERATIONS = 60

/** A walker on its ground. */
export class WalkerWorld {
  readonly world: InnerWorld
  readonly ground: Ground
  readonly broadPhase: GroundBroadPhase
  /** As `PARTS`. */
  readonly parts: readonly InnerBody[]
  /** As `JOINTS`. */
  readonly joints: readonly InnerJoint[]
  /**
   * By leg, 1 from where its lower part begins a contact until it ends any: one that leaves one of two edges reads 0. So
   * does the original.
   */
  readonly feet = new Uint8Array(2)
  /** Whether the hull has ever touched anything. */
  fallen = false

  constructor(terrain: Terrain) {
    // The original wakes every part in every step, so none ever sleeps.
    const world = new World({
      gravity: { x: 0, y: GRAVITY },
      allowSleep: false,
    }) as unknown as InnerWorld
    this.world = world
    this.ground = new Ground(terrain)
    this.broadPhase = new GroundBroadPhase(this.ground, world)
    world.m_broadPhase = this.broadPhase
    const { parts, joints } = makeWalker(world)
    this.parts = parts
    this.joints = joints
    installIsland(world, parts, joints)
    world.on('begin-contact', (contact) => this.#touched(contact as InnerContact, 1))
    world.on('end-contact', (contact) => this.#touched(contact as InnerContact, 0))
  }

  /** The ground has no part in a contact but being there: its fixture is the first of the two. */
  #touched(contact: InnerContact, touching: 0 | 1): void {
    const body = contact.m_fixtureB.m_body
    if (body === this.parts[LOWER[0]]) this.feet[0] = touching
    else if (body === this.parts[LOWER[1]]) this.feet[1] = touching
    else if (body === this.parts[HULL] && touching === 1) this.fallen = true
  }

  /** One step under four actions from `at`, each within −1 and 1: the signs are speeds, the sizes shares of the torque. */
  step(actions: ArrayLike<number>, at: number): void {
    for (let i = 0; i < this.joints.length; i++) {
      const action = actions[at + i]
      const joint = this.joints[i]
      joint.m_motorSpeed = ((i & 1) === 0 ? HIP_SPEED : KNEE_SPEED) * Math.sign(action)
      joint.m_maxMotorTorque = MOTOR_TORQUE * Math.min(Math.abs(action), 1)
    }
    this.world.step(DT, VELOCITY_ITERATIONS, POSITION_ITERATIONS)
  }
}
