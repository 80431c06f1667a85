import { SIZE } from './fill-convex.ts'
import { ANGLE, SPEED_X, SPEED_Y, X, Y } from './view.ts'

/** A window of 1000 × 800 points, 16.2 to a metre, in a square picture: so many pixels to a metre. */
export const ACROSS = (16.2 * SIZE) / 1000
export const ALONG = (16.2 * SIZE) / 800
/** Where the car is: in the middle, a quarter up. */
const CAR_X = SIZE / 2
const CAR_Y = (3 * SIZE) / 4
/** m/s from which on the camera looks where the car goes, not where its hull points. */
const STANDS = 0.5
/** Metres from the middle of the picture to its corners, and from the car forwards to the middle. */
export const REACH = Math.hypot(SIZE / 2 / ACROSS, SIZE / 2 / ALONG)
export const AHEAD = SIZE / 4 / ALONG

/** From metres to pixels, in numbers that are overwritten picture by picture. */
export class Camera {
  #sin = 0
  #cos = 1
  #x = 0
  #y = 0
  /** The point of the road in the middle of the picture. */
  middleX = 0
  middleY = 0

  follow(view: Float64Array): void {
    const speedX = view[SPEED_X]
    const speedY = view[SPEED_Y]
    const speed = Math.sqrt(speedX * speedX + speedY * speedY)
    // The unit vector that points up.
    const upX = speed > STANDS ? speedX / speed : -Math.sin(view[ANGLE])
    const upY = speed > STANDS ? speedY / speed : Math.cos(view[ANGLE])
    this.#sin = upX
    this.#cos = upY
    this.#x = view[X]
    this.#y = view[Y]
    this.middleX = this.#x + AHEAD * upX
    this.middleY = this.#y + AHEAD * upY
  }

  /** Writes a point of the road at `at`, in pixels to the right and downwards. */
  project(x: number, y: number, into: Float64Array, at: number): void {
    const dx = x - this.#x
    const dy = y - this.#y
    into[at] = CAR_X + (this.#cos * dx - this.#sin * dy) * ACROSS
    into[at + 1] = CAR_Y - (this.#sin * dx + this.#cos * dy) * ALONG
  }
}
