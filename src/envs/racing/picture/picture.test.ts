import { describe, expect, it } from 'vitest'
import { WHEEL_PLACES } from '../physics/car-plan.ts'
import { pave } from '../track/pave.ts'
import { fillConvex, SIZE } from './fill-convex.ts'
import { meanGreen, pushFrame, shapeOf } from './frames.ts'
import { Painter, PIXELS } from './painter.ts'
import {
  colourOf,
  FRONT_SPIN,
  GRASS,
  HULL,
  LIGHT_GRASS,
  OUTSIDE,
  PANEL,
  RIM,
  SPEED,
  STEERING,
  TYRE,
} from './palette.ts'
import {
  ANGLE,
  SPEED_X,
  SPEED_Y,
  STEER,
  VIEW,
  WHEEL,
  WHEEL_NUMBERS,
  WHEEL_SPIN,
  X,
  Y,
} from './view.ts'

const at = (pixels: Uint8Array, column: number, row: number): number => pixels[row * SIZE + column]

describe('a polygon', () => {
  const filled = (corners: readonly number[]): string[] => {
    const pixels = new Uint8Array(PIXELS)
    fillConvex(pixels, Float64Array.from(corners), corners.length / 2, 7)
    return [0, 1, 2, 3, 4].map((row) =>
      [0, 1, 2, 3, 4].map((column) => (at(pixels, column, row) === 7 ? '#' : '.')).join(''),
    )
  }

  it('has the pixels whose centres are in it, either way round', () => {
    const expected = ['.....', '.###.', '.###.', '.....', '.....']
    expect(filled([1, 1, 4, 1, 4, 3, 1, 3])).toEqual(expected)
    expect(filled([1, 3, 4, 3, 4, 1, 1, 1])).toEqual(expected)
    expect(filled([0, 0, 5, 0, 0, 5])).toEqual(['####.', '###..', '##...', '#....', '.....'])
  })

  it('shares no pixel with the one beside it, and leaves none between', () => {
    const left = filled([0, 0, 2.5, 0, 2.5, 5, 0, 5])
    const right = filled([2.5, 0, 5, 0, 5, 5, 2.5, 5])
    expect(left).toEqual(new Array(5).fill('##...'))
    expect(right).toEqual(new Array(5).fill('..###'))
  })

  it('is cut at the edges', () => {
    expect(filled([-50, -50, 2, -50, 2, 2, -50, 2])).toEqual([
      '##...',
      '##...',
      '.....',
      '.....',
      '.....',
    ])
    expect(filled([200, 200, 300, 200, 300, 300])).toEqual(new Array(5).fill('.....'))
  })
})

/** A road along the y axis from −100 to 100 m, and back far away. */
const straight = pave(
  {
    x: Float64Array.of(0, 0, -250, -250),
    y: Float64Array.of(-100, 100, 100, -100),
    across: Float64Array.of(0, 0, Math.PI, Math.PI),
  },
  10,
)

function viewAt(x: number, y: number, angle = 0): Float64Array {
  const view = new Float64Array(VIEW)
  view[X] = x
  view[Y] = y
  view[ANGLE] = angle
  for (const [i, [wx, wy]] of WHEEL_PLACES.entries()) {
    view[WHEEL + WHEEL_NUMBERS * i] = x + Math.cos(angle) * wx - Math.sin(angle) * wy
    view[WHEEL + WHEEL_NUMBERS * i + 1] = y + Math.sin(angle) * wx + Math.cos(angle) * wy
    view[WHEEL + WHEEL_NUMBERS * i + 2] = angle
  }
  return view
}

function painted(view: Float64Array): Uint8Array {
  const pixels = new Uint8Array(PIXELS)
  new Painter().paint(straight, view, pixels)
  return pixels
}

describe('a picture', () => {
  it('shows car, road and grass at their places', () => {
    const pixels = painted(viewAt(0, 0))
    // By hand: 1.5552 pixels a metre across and 1.944 along; the car at (48, 72); the road 6.667 m to each side.
    const row = [36, 37, 38, 57, 58, 59].map((column) => at(pixels, column, 10))
    const road = colourOf(1)
    expect(row).toEqual([GRASS, GRASS, road, road, GRASS, GRASS])
    expect(at(pixels, 48, 71)).toBe(HULL)
    // The rear left wheel is 1.1 m to the left and 1.64 m behind, above its light part.
    expect([TYRE, RIM]).toContain(at(pixels, 46, 74))
    // Squares of 16.7 m from the origin on are light, the next dark.
    expect(at(pixels, 63, 62)).toBe(LIGHT_GRASS)
    expect(at(pixels, 32, 62)).toBe(GRASS)
    expect(at(pixels, 63, 30)).toBe(GRASS)
  })

  it('turns with the car while it stands, and with where it goes else', () => {
    const upright = painted(viewAt(0, 0))
    // Turned left by a quarter: what was to the left is ahead.
    const turned = painted(viewAt(0, 0, Math.PI / 2))
    expect(at(turned, 48, 40)).toBe(GRASS)
    expect(at(turned, 10, 72)).toBe(colourOf(1))
    const going = viewAt(0, 0, Math.PI / 2)
    going[SPEED_Y] = 1
    expect(at(painted(going), 48, 10)).toBe(at(upright, 48, 10))
    going[SPEED_Y] = 0.4
    expect(at(painted(going), 48, 40)).toBe(GRASS)
  })

  it('is black beyond the playfield', () => {
    const pixels = painted(viewAt(330, 0))
    expect(at(pixels, 60, 20)).toBe(OUTSIDE)
    expect(at(pixels, 40, 20)).not.toBe(OUTSIDE)
  })

  it('has a panel with speed, spins and steering', () => {
    const view = viewAt(0, 0)
    view[SPEED_X] = 30
    view[SPEED_Y] = 40
    view[WHEEL + WHEEL_SPIN] = 100
    view[STEER] = -0.4
    const pixels = painted(view)
    expect(at(pixels, 0, 83)).not.toBe(PANEL)
    expect(at(pixels, 0, 84)).toBe(PANEL)
    // A unit is 2.4 pixels: the speed of 50 m/s is one unit high, from column 12 on, above the lowest unit.
    expect([90, 91, 93, 94].map((row) => at(pixels, 13, row))).toEqual([PANEL, SPEED, SPEED, PANEL])
    expect(at(pixels, 17, 92)).toBe(FRONT_SPIN)
    expect(at(pixels, 20, 92)).toBe(PANEL)
    // Four units to the right of column 48.
    expect([47, 48, 57, 58].map((column) => at(pixels, column, 88))).toEqual([
      PANEL,
      STEERING,
      STEERING,
      PANEL,
    ])
  })

  it('is the same whatever was painted before', () => {
    const painter = new Painter()
    const [one, other] = [new Uint8Array(PIXELS), new Uint8Array(PIXELS)]
    painter.paint(straight, viewAt(2, 3, 1), one)
    painter.paint(straight, viewAt(50, 3, 2), other)
    painter.paint(straight, viewAt(2, 3, 1), other)
    expect(other).toEqual(one)
  })
})

describe('observations', () => {
  it('have the oldest picture first, each in three colours', () => {
    const given = { frames: 2, grey: false, crop: false }
    expect(shapeOf(given)).toEqual([6, 96, 96])
    const seen = new Uint8Array(6 * PIXELS)
    pushFrame(given, new Uint8Array(PIXELS).fill(HULL), seen)
    pushFrame(given, new Uint8Array(PIXELS).fill(GRASS), seen)
    expect([0, 1, 2, 3, 4, 5].map((plane) => seen[plane * PIXELS + 100])).toEqual([
      204, 0, 0, 102, 204, 102,
    ])
  })

  it('are grey, and cut at the bottom and the sides', () => {
    const given = { frames: 1, grey: true, crop: true }
    expect(shapeOf(given)).toEqual([1, 84, 84])
    const pixels = new Uint8Array(PIXELS).fill(GRASS)
    pixels[6] = HULL
    pixels[5] = SPEED
    pixels[83 * SIZE + 89] = SPEED
    const seen = new Uint8Array(84 * 84)
    pushFrame(given, pixels, seen)
    // 0.299 · 204; 0.299 · 102 + 0.587 · 204 + 0.114 · 102.
    expect([seen[0], seen[1], seen[84 * 84 - 1]]).toEqual([61, 162, 255])
  })

  it('are green in the mean over the whole picture', () => {
    const pixels = new Uint8Array(PIXELS).fill(GRASS)
    expect(meanGreen(pixels)).toBe(204)
    pixels.fill(PANEL, 0, PIXELS / 2)
    expect(meanGreen(pixels)).toBe(102)
  })
})
