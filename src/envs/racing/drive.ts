import { type LaneStatus, RUNNING, TERMINATED, TRUNCATED } from '../lane-status.ts'
import { Course } from './course.ts'
import type { LaneState } from './lane-state.ts'
import type { RacingLevel } from './level.ts'
import type { RacingOptions } from './options.ts'
import { CarWorld } from './physics/car-world.ts'
import { giveSnapshot, takeSnapshot } from './physics/snapshot.ts'
import { meanGreen, pushFrame, shapeOf } from './picture/frames.ts'
import { type Painter, PIXELS } from './picture/painter.ts'
import { VIEW, writeView } from './picture/view.ts'
import { Lately } from './rewards/lately.ts'
import { PLAYFIELD } from './track/constants.ts'

export type Rules = Pick<
  RacingOptions,
  'maxSteps' | 'actionRepeat' | 'shaping' | 'frames' | 'grey' | 'crop'
>

/** What all tiles of a track are worth together, and a frame costs. */
const TRACK_WORTH = 1000
const FRAME_COST = 0.1
const LOST = -100
/** Shaping. */
const END_BONUS = 100
const GREEN_COST = 0.05
const GREEN_FROM = 185

export const ACTIONS = ['steer', 'gas', 'brake'] as const

/** One episode after another on the level of one lane. */
export class Drive {
  readonly level: RacingLevel
  readonly limit: number
  readonly #rules: Rules
  readonly #painter: Painter
  readonly #course: Course
  readonly #lately = new Lately()
  readonly #pixels = new Uint8Array(PIXELS)
  /** The views of the pictures that are seen, the oldest first: float64 `[frames, VIEW]`. */
  readonly #views: Float64Array
  readonly #newest = new Float64Array(VIEW)
  readonly #seen: Uint8Array
  #car: CarWorld
  #status: LaneStatus = RUNNING
  #time = 0
  /** What has been earned and not paid yet. */
  #earned = 0

  constructor(level: RacingLevel, rules: Rules, painter: Painter) {
    this.level = level
    this.limit = level.maxSteps ?? rules.maxSteps
    this.#rules = rules
    this.#painter = painter
    this.#course = new Course(level)
    this.#car = new CarWorld(this.#course.track.start)
    this.#views = new Float64Array(rules.frames * VIEW)
    this.#seen = new Uint8Array(shapeOf(rules).reduce((a, b) => a * b))
  }

  /** @throws AgonError `state/corrupt` for one of another number of frames, or of another track */
  static load(state: LaneState, rules: Rules, painter: Painter): Drive {
    const drive = new Drive(state.level, rules, painter)
    drive.#course.restore(state.visited)
    drive.#lately.restore(state.lately)
    giveSnapshot(drive.#car, state.car)
    drive.#status = state.status
    drive.#time = state.time
    drive.#earned = state.earned
    for (let frame = 0; frame < rules.frames; frame++) {
      const view = state.views.subarray(frame * VIEW, (frame + 1) * VIEW)
      painter.paint(drive.#course.track, view, drive.#pixels)
      drive.#show(view)
    }
    return drive
  }

  save(): LaneState {
    return {
      level: this.level,
      status: this.#status,
      time: this.#time,
      earned: this.#earned,
      visited: this.#course.visited,
      lately: this.#lately.rewards,
      views: this.#views,
      car: takeSnapshot(this.#car),
    }
  }

  get status(): LaneStatus {
    return this.#status
  }

  /** The first state of the level, a frame after the car was put on its first tile. */
  begin(): void {
    if (this.#time > 0) this.#car = new CarWorld(this.#course.track.start)
    this.#course.begin()
    this.#lately.begin()
    this.#status = RUNNING
    this.#time = 0
    this.#earned = 0
    this.#advance()
    const view = this.#view()
    this.#painter.paint(this.#course.track, view, this.#pixels)
    for (let frame = 0; frame < this.#rules.frames; frame++) this.#show(view)
  }

  /**
   * One step: so many frames under three actions from `at`, fewer where it ends.
   * @returns the sum of their rewards
   */
  step(actions: ArrayLike<number>, at: number): number {
    const { actionRepeat, shaping } = this.#rules
    this.#time++
    let total = 0
    for (let frame = 1; frame <= actionRepeat && this.#status === RUNNING; frame++) {
      this.#car.tyres.control(actions[at], actions[at + 1], actions[at + 2])
      this.#advance()
      const out = this.#payFrame(frame === actionRepeat && this.#time >= this.limit)
      if (!shaping) {
        total += out
        continue
      }
      this.#painter.paint(this.#course.track, this.#view(), this.#pixels)
      total += this.#shape(out)
    }
    if (!shaping) this.#painter.paint(this.#course.track, this.#view(), this.#pixels)
    this.#show(this.#view())
    return total
  }

  /** A fiftieth of a second. What wheels touch is looked at between their push and their move, as in the original. */
  #advance(): void {
    this.#car.drive()
    this.#earned += this.#course.touch(this.#car) * (TRACK_WORTH / this.#course.tiles)
    this.#car.move()
  }

  /** The reward of the frame just done by the rules of Gymnasium, and how the episode stands after it. */
  #payFrame(last: boolean): number {
    const reward = this.#earned - FRAME_COST
    this.#earned = 0
    const { x, y } = this.#car.hull.getPosition()
    const lost = Math.abs(x) > PLAYFIELD || Math.abs(y) > PLAYFIELD
    if (lost || this.#course.done) this.#status = TERMINATED
    else if (last) this.#status = TRUNCATED
    return lost ? LOST : reward
  }

  /** What dcd's students are paid for the frame instead. */
  #shape(paid: number): number {
    let reward = this.#status === RUNNING ? paid : paid + END_BONUS
    if (meanGreen(this.#pixels) > GREEN_FROM) reward -= GREEN_COST
    this.#lately.push(reward)
    if (this.#lately.isLosing() && this.#status === RUNNING) this.#status = TERMINATED
    return reward
  }

  /** Where the newest view is kept; it is written anew. */
  #view(): Float64Array {
    writeView(this.#car, this.#newest)
    return this.#newest
  }

  /** The picture just painted, of a view, becomes the newest that is seen. */
  #show(view: Float64Array): void {
    this.#views.copyWithin(0, VIEW)
    this.#views.set(view, this.#views.length - VIEW)
    pushFrame(this.#rules, this.#pixels, this.#seen)
  }

  observe(into: Uint8Array, at: number): void {
    into.set(this.#seen, at)
  }
}
