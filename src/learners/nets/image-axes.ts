import * as g from '../graph/index.ts'

/** Where an image has its channels: behind its rows and columns or before them; `auto` goes by the sizes. */
export type Channels = 'first' | 'last' | 'auto'

/** An observation read as an image. */
export interface ImageAxes {
  readonly height: number
  readonly width: number
  /** Of all frames. */
  readonly channels: number
  readonly order: 'first' | 'last'
  /** Of a stack, before the other axes; absent: one image. */
  readonly frames?: number
}

/** An image of a stack has at most as many channels, unless an option says where they are: others are no images. */
const MOST_COLOURS = 4

/**
 * A rank-3 observation as an image, a rank-4 one as a stack of them, whose frames become channels; null for others. `auto` puts the channels first where the first axis is at most half as
 * long as each of the others: `[4, 84, 84]` has four, `[84, 84, 4]` as well, and `[8, 8, 111]` has 111.
 */
export function imageAxes(shape: readonly number[], channels: Channels): ImageAxes | null {
  if (shape.length === 4) return stackAxes(shape, channels)
  if (shape.length !== 3) return null
  const [a, b, c] = shape
  const first = channels === 'auto' ? 2 * a <= Math.min(b, c) : channels === 'first'
  return first
    ? { height: b, width: c, channels: a, order: 'first' }
    : { height: a, width: b, channels: c, order: 'last' }
}

function stackAxes([frames, ...shape]: readonly number[], given: Channels): ImageAxes | null {
  const image = imageAxes(shape, given)
  if (image === null) return null
  const { height, width, channels, order } = image
  const small = channels <= MOST_COLOURS && 2 * channels <= Math.min(height, width)
  if (given === 'auto' && !small) return null
  return { height, width, channels: frames * channels, order, frames }
}

/** `[N, …shape]` → `[N, C, H, W]`; of a stack the channels of the oldest frame come first. */
export function channelsFirst(x: g.Value, { order, frames, ...axes }: ImageAxes): g.Value {
  if (frames === undefined) return order === 'first' ? x : g.transpose(x, [0, 3, 1, 2])
  const turned = order === 'first' ? x : g.transpose(x, [0, 1, 4, 2, 3])
  return g.reshape(turned, [-1, axes.channels, axes.height, axes.width])
}

/** `[N, …shape]` → `[N, H, W, C]`, likewise. */
export function channelsLast(x: g.Value, { order, frames, ...axes }: ImageAxes): g.Value {
  if (frames === undefined) return order === 'last' ? x : g.transpose(x, [0, 2, 3, 1])
  const turned = g.transpose(x, order === 'first' ? [0, 3, 4, 1, 2] : [0, 2, 3, 1, 4])
  return g.reshape(turned, [-1, axes.height, axes.width, axes.channels])
}

/**
 * What to say where nobody said how an image lies and its last axis is the longest, and of every stack; undefined where all is
 * well.
 */
export function axesNote(
  name: string,
  shape: readonly number[],
  channels: Channels,
): string | undefined {
  const axes = imageAxes(shape, channels)
  if (channels !== 'auto' || axes === null) return undefined
  const { frames, height, width } = axes
  const [a, b, c] = shape
  if (frames === undefined && (c < a || c < b || a === c)) return undefined
  const stack =
    frames === undefined ? '' : `, ${frames} frames of ${axes.channels / frames} in their order`
  const read = `${axes.channels} channel${axes.channels === 1 ? '' : 's'} of ${height} × ${width}${stack}`
  return `the observation '${name}' of ${shape.join(' × ')} is read as ${read}; network.channels: first or last says how it lies`
}
