import * as g from '../graph/index.ts'

/** Where an image has its channels: behind its rows and columns or before them; `auto` goes by the sizes. */
export type Channels = 'first' | 'last' | 'auto'

/** An observation read as an image. */
export interface ImageAxes {
  readonly height: number
  readonly width: number
  readonly channels: number
  readonly order: 'first' | 'last'
}

/**
 * A rank-3 observation as an image; null for other ranks. `auto` puts the channels first where the first axis is at most half as
 * long as each of the others: `[4, 84, 84]` has four, `[84, 84, 4]` as well, and `[8, 8, 111]` has 111.
 */
export function imageAxes(shape: readonly number[], channels: Channels): ImageAxes | null {
  if (shape.length !== 3) return null
  const [a, b, c] = shape
  const first = channels === 'auto' ? 2 * a <= Math.min(b, c) : channels === 'first'
  return first
    ? { height: b, width: c, channels: a, order: 'first' }
    : { height: a, width: b, channels: c, order: 'last' }
}

/** `[N, …shape]` → `[N, C, H, W]`. */
export function channelsFirst(x: g.Value, { order }: ImageAxes): g.Value {
  return order === 'first' ? x : g.transpose(x, [0, 3, 1, 2])
}

/** `[N, …shape]` → `[N, H, W, C]`. */
export function channelsLast(x: g.Value, { order }: ImageAxes): g.Value {
  return order === 'last' ? x : g.transpose(x, [0, 2, 3, 1])
}

/** What to say where nobody said how an image lies and its last axis is the longest; undefined where all is well. */
export function axesNote(
  name: string,
  shape: readonly number[],
  channels: Channels,
): string | undefined {
  const axes = imageAxes(shape, channels)
  if (channels !== 'auto' || axes === null) return undefined
  const [a, b, c] = shape
  if (c < a || c < b || a === c) return undefined
  const read = `${axes.channels} channel${axes.channels === 1 ? '' : 's'} of ${axes.height} × ${axes.width}`
  return `the observation '${name}' of ${shape.join(' × ')} is read as ${read}; network.channels: first or last says how it lies`
}
