import { KERB_RED, KERB_WHITE, TILE } from '../track/kinds.ts'

/** What a pixel shows. Tiles and kerbs have their numbers from {@link ROAD} on. */
export const OUTSIDE = 0
export const GRASS = 1
export const LIGHT_GRASS = 2
const ROAD = 3
export const TYRE = 8
export const RIM = 9
export const HULL = 10
export const PANEL = 11
export const SPEED = 12
export const FRONT_SPIN = 13
export const REAR_SPIN = 14
export const STEERING = 15
export const TURNING = 16

/** Of a shape of a track. */
export const colourOf = (kind: number): number => ROAD + kind

/** Red, green and blue by number; of the road as OpenGL rounds 0.4, 0.41 and 0.42. */
const COLOURS: readonly (readonly [number, number, number])[] = (() => {
  const table: [number, number, number][] = []
  table[OUTSIDE] = [0, 0, 0]
  table[GRASS] = [102, 204, 102]
  table[LIGHT_GRASS] = [102, 230, 102]
  for (const [i, grey] of [102, 105, 107].entries()) table[colourOf(TILE + i)] = [grey, grey, grey]
  table[colourOf(KERB_WHITE)] = [255, 255, 255]
  table[colourOf(KERB_RED)] = [255, 0, 0]
  table[TYRE] = [0, 0, 0]
  table[RIM] = [77, 77, 77]
  table[HULL] = [204, 0, 0]
  table[PANEL] = [0, 0, 0]
  table[SPEED] = [255, 255, 255]
  table[FRONT_SPIN] = [0, 0, 255]
  table[REAR_SPIN] = [51, 0, 255]
  table[STEERING] = [0, 255, 0]
  table[TURNING] = [255, 0, 0]
  return table
})()

/** uint8 by number: red, green and blue. */
export const CHANNELS: readonly Uint8Array[] = [0, 1, 2].map((channel) =>
  Uint8Array.from(COLOURS, (colour) => colour[channel]),
)
export const GREEN = CHANNELS[1]
/** uint8 by number: luma of ITU-R BT.601. */
export const GREY: Uint8Array = Uint8Array.from(COLOURS, ([r, g, b]) =>
  Math.round(0.299 * r + 0.587 * g + 0.114 * b),
)
