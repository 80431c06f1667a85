import { RUNNING, TERMINATED, TRUNCATED } from '../lane-status.ts'
import { type Course, courseOf } from './ground-of.ts'
import type { LaneState } from './lane-state.ts'
import type { WalkerLevel } from './level.ts'
import { observe } from './observe.ts'
import { HULL, JOINTS } from './physics/body-plan.ts'
import { giveSnapshot, takeSnapshot } from './physics/snapshot.ts'
import { WalkerWorld } from './physics/walker-world.ts'
import { FINISH, SCALE } from './terrain/constants.ts'

const PROGRESS = 130 / SCALE
const UPRIGHT = 5
/** What the whole torque of one joint costs in a step. */
const TORQUE_COST = 0.00035 * 80
const FALL = -100
const AT_REST = new Float32Array(JOINTS.length)

/** One episode after another on the levels of one lane. */
export class Walk {
  readonly level: WalkerLevel
  readonly limit: number
  readonly #course: Course
  #world: WalkerWorld
  #status: LaneState['status'] = RUNNING
  #time = 0
  #shaping = 0

  constructor(level: WalkerLevel, maxSteps: number) {
    this.level = level
    this.limit = level.maxSteps ?? maxSteps
    this.#course = courseOf(level)
    this.#world = new WalkerWorld(this.#course.terrain)
  }

  static load(state: LaneState, maxSteps: number): Walk {
    const walk = new Walk(state.level, maxSteps)
    giveSnapshot(walk.#world, state.snapshot)
    walk.#world.feet.set(state.feet)
    walk.#world.fallen = state.fallen
    walk.#status = state.status
    walk.#time = state.time
    walk.#shaping = state.shaping
    return walk
  }

  save(): LaneState {
    const { feet, fallen } = this.#world
    return {
      level: this.level,
      status: this.#status,
      time: this.#time,
      feet: [feet[0], feet[1]],
      fallen,
      shaping: this.#shaping,
      snapshot: takeSnapshot(this.#world),
    }
  }

  get status(): LaneState['status'] {
    return this.#status
  }

  /** The first state of the level: the push and a step without torque are part of a reset. */
  begin(): void {
    if (this.#time > 0) this.#world = new WalkerWorld(this.#course.terrain)
    const { parts } = this.#world
    parts[HULL].applyForceToCenter({ x: this.#course.push, y: 0 }, true)
    this.#world.step(AT_REST, 0)
    this.#status = RUNNING
    this.#time = 0
    this.#shaping = this.#shapingNow()
  }

  #shapingNow(): number {
    const hull = this.#world.parts[HULL]
    return PROGRESS * hull.getPosition().x - UPRIGHT * Math.abs(hull.getAngle())
  }

  /**
   * One step under four actions from `at`.
   * @returns its reward
   */
  step(actions: ArrayLike<number>, at: number): number {
    const world = this.#world
    world.step(actions, at)
    this.#time++
    const { x } = world.parts[HULL].getPosition()
    const shaping = this.#shapingNow()
    let reward = shaping - this.#shaping
    this.#shaping = shaping
    for (let i = 0; i < JOINTS.length; i++)
      reward -= TORQUE_COST * Math.min(Math.abs(actions[at + i]), 1)
    const down = world.fallen || x < 0
    if (down || x > FINISH) this.#status = TERMINATED
    else if (this.#time >= this.limit) this.#status = TRUNCATED
    return down ? FALL : reward
  }

  observe(into: Float32Array, at: number): void {
    observe(this.#world, this.#course.terrain, into, at)
  }
}
