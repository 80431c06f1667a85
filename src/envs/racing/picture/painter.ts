import { HULL_PARTS, WHEEL_CORNERS, WHEELS } from '../physics/car-plan.ts'
import { PLAYFIELD } from '../track/constants.ts'
import type { Track } from '../track/contract.ts'
import { Camera, REACH } from './camera.ts'
import { fillConvex, SIZE } from './fill-convex.ts'
import { colourOf, GRASS, HULL, LIGHT_GRASS, OUTSIDE, TYRE } from './palette.ts'
import { paintPanel } from './panel.ts'
import { paintRim } from './rim.ts'
import { ANGLE, WHEEL, WHEEL_NUMBERS, X, Y } from './view.ts'

/** Edge of a light square of grass; so many of them to each side, with as much between them. */
const SQUARE = PLAYFIELD / 20
const SQUARES = 20
const MOST_CORNERS = 8

type Corners = readonly (readonly [x: number, y: number])[]

/** Paints pictures of 96 × 96 numbers of the palette: what the original shows of a car on its track. */
export class Painter {
  readonly #camera = new Camera()
  readonly #corners = new Float64Array(2 * MOST_CORNERS)

  /** A function of the track and the view alone. @param pixels uint8 `[96, 96]`, rows from the top */
  paint({ shapes, kinds }: Track, view: Float64Array, pixels: Uint8Array): void {
    const camera = this.#camera
    camera.follow(view)
    this.#paintGround(pixels)
    this.#paintSquares(pixels)
    const { middleX, middleY } = camera
    for (let i = 0; i < shapes.count; i++) {
      const dx = shapes.circles[3 * i] - middleX
      const dy = shapes.circles[3 * i + 1] - middleY
      const reach = REACH + shapes.circles[3 * i + 2]
      if (dx * dx + dy * dy > reach * reach) continue
      const sides = shapes.sides[i]
      for (let k = 8 * i; k < 8 * i + 2 * sides; k += 2)
        camera.project(shapes.corners[k], shapes.corners[k + 1], this.#corners, k - 8 * i)
      fillConvex(pixels, this.#corners, sides, colourOf(kinds[i]))
    }
    this.#paintCar(view, pixels)
    paintPanel(view, this.#corners, pixels)
  }

  #paintGround(pixels: Uint8Array): void {
    const { middleX, middleY } = this.#camera
    const within = PLAYFIELD - REACH
    const inside = Math.abs(middleX) < within && Math.abs(middleY) < within
    pixels.fill(inside ? GRASS : OUTSIDE)
    if (!inside) this.#square(-PLAYFIELD, -PLAYFIELD, 2 * PLAYFIELD, GRASS, pixels)
  }

  #square(x: number, y: number, edge: number, colour: number, pixels: Uint8Array): void {
    const corners = this.#corners
    this.#camera.project(x, y, corners, 0)
    this.#camera.project(x + edge, y, corners, 2)
    this.#camera.project(x + edge, y + edge, corners, 4)
    this.#camera.project(x, y + edge, corners, 6)
    fillConvex(pixels, corners, 4, colour)
  }

  /** Every second square of every second row. */
  #paintSquares(pixels: Uint8Array): void {
    const { middleX, middleY } = this.#camera
    const from = (at: number): number =>
      Math.max(2 * Math.ceil(((at - REACH) / SQUARE - 1) / 2), -SQUARES)
    const to = (at: number): number => Math.min((at + REACH) / SQUARE, SQUARES - 2)
    for (let i = from(middleX); i <= to(middleX); i += 2)
      for (let k = from(middleY); k <= to(middleY); k += 2)
        this.#square(SQUARE * i, SQUARE * k, SQUARE, LIGHT_GRASS, pixels)
  }

  #paintCar(view: Float64Array, pixels: Uint8Array): void {
    for (let i = 0; i < WHEELS; i++) {
      const at = WHEEL + WHEEL_NUMBERS * i
      this.#part(WHEEL_CORNERS, view, at, TYRE, pixels)
      paintRim(view, at, this.#camera, this.#corners, pixels)
    }
    for (const part of HULL_PARTS) this.#part(part, view, X, HULL, pixels)
  }

  /** @param at where x, y and angle of the part stand in the view */
  #part(part: Corners, view: Float64Array, at: number, colour: number, pixels: Uint8Array): void {
    const sin = Math.sin(view[at + ANGLE])
    const cos = Math.cos(view[at + ANGLE])
    for (let i = 0; i < part.length; i++) {
      const [x, y] = part[i]
      this.#camera.project(
        view[at + X] + cos * x - sin * y,
        view[at + Y] + sin * x + cos * y,
        this.#corners,
        2 * i,
      )
    }
    fillConvex(pixels, this.#corners, part.length, colour)
  }
}

/** Bytes of a picture. */
export const PIXELS = SIZE * SIZE
