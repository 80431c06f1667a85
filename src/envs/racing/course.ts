import { AgonError } from '../../core/errors.ts'
import type { RacingLevel } from './level.ts'
import { HALF_TYRE, WHEEL_RADIUS, WHEELS } from './physics/car-plan.ts'
import type { CarWorld } from './physics/car-world.ts'
import { touches } from './physics/touching.ts'
import type { Track } from './track/contract.ts'
import { trackOf } from './track/track-of.ts'

/** Around the middle of a wheel, with what is kept around shapes. */
const WHEEL_REACH = Math.hypot(WHEEL_RADIUS, HALF_TYRE) + 0.1

/** The tiles of a track, and which of them a wheel has touched. */
export class Course {
  readonly track: Track
  readonly tiles: number
  /** uint8 `[tiles]`. */
  readonly visited: Uint8Array
  #left: number
  readonly #corners = new Float64Array(8)

  constructor(level: RacingLevel) {
    this.track = trackOf(level)
    this.tiles = this.track.tiles.length
    this.visited = new Uint8Array(this.tiles)
    this.#left = this.tiles
  }

  begin(): void {
    this.visited.fill(0)
    this.#left = this.tiles
  }

  /** @throws AgonError `state/corrupt` for another number of tiles */
  restore(visited: Uint8Array): void {
    if (visited.length !== this.tiles)
      throw new AgonError('state/corrupt', 'this is not a saved race on such a track')
    this.visited.set(visited)
    this.#left = visited.reduce((left, one) => left - one, this.tiles)
  }

  get done(): boolean {
    return this.#left === 0
  }

  /**
   * Tells each wheel whether it is on the road.
   * @returns how many tiles were touched for the first time
   */
  touch(car: CarWorld): number {
    const before = this.#left
    for (let wheel = 0; wheel < WHEELS; wheel++)
      car.tyres.onRoad[wheel] = this.#touchedBy(car, wheel) ? 1 : 0
    return before - this.#left
  }

  #touchedBy(car: CarWorld, wheel: number): boolean {
    const { shapes, tiles } = this.track
    const { x, y } = car.wheels[wheel].getPosition()
    car.wheelCorners(wheel, this.#corners)
    let touched = false
    for (let tile = 0; tile < this.tiles; tile++) {
      const shape = tiles[tile]
      const dx = shapes.circles[3 * shape] - x
      const dy = shapes.circles[3 * shape + 1] - y
      const reach = shapes.circles[3 * shape + 2] + WHEEL_REACH
      if (dx * dx + dy * dy > reach * reach || !touches(shapes, shape, this.#corners)) continue
      touched = true
      if (this.visited[tile] === 1) continue
      this.visited[tile] = 1
      this.#left--
    }
    return touched
  }
}
