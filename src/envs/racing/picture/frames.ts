import { SIZE } from './fill-convex.ts'
import { CHANNELS, GREEN, GREY } from './palette.ts'

/** What of a picture is seen. */
export interface Frames {
  /** How many of them at once. */
  readonly frames: number
  readonly grey: boolean
  /** Without the panel, and as much narrower: 84 × 84. */
  readonly crop: boolean
}

const CROPPED = 12

export const edgeOf = ({ crop }: Frames): number => (crop ? SIZE - CROPPED : SIZE)

/** Channels, rows and columns of an observation: the oldest picture first, of each red, green and blue. */
export const shapeOf = (given: Frames): readonly [number, number, number] => [
  given.frames * (given.grey ? 1 : 3),
  edgeOf(given),
  edgeOf(given),
]

/** The newest picture comes last, the others move one place to the front. @param seen uint8, as {@link shapeOf} */
export function pushFrame(given: Frames, pixels: Uint8Array, seen: Uint8Array): void {
  const edge = edgeOf(given)
  const tables = given.grey ? [GREY] : CHANNELS
  const picture = tables.length * edge * edge
  seen.copyWithin(0, picture)
  const left = (SIZE - edge) / 2
  let to = seen.length - picture
  for (const table of tables)
    for (let row = 0; row < edge; row++) {
      const from = row * SIZE + left
      for (let at = from; at < from + edge; at++) seen[to++] = table[pixels[at]]
    }
}

/** Mean of the green of a whole picture. */
export function meanGreen(pixels: Uint8Array): number {
  let sum = 0
  for (let i = 0; i < pixels.length; i++) sum += GREEN[pixels[i]]
  return sum / pixels.length
}
