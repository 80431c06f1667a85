/**
 * The frames of an episode, most of whose text never changes. Each distinct frame is `[prefix, suffix, middle]`: how
 * many characters it shares with `base` at the start and at the end, and what stands between.
 */
export interface FrameStore {
  readonly base: string
  readonly distinct: readonly (readonly [prefix: number, suffix: number, middle: string])[]
  /** Index into `distinct` of frame `t`. */
  readonly order: readonly number[]
}

/** @param frames at least one */
export function storeFrames(frames: readonly string[]): FrameStore {
  const base = frames[0]
  const known = new Map<string, number>()
  const distinct: [number, number, string][] = []
  const order = frames.map((frame) => {
    const at = known.get(frame) ?? distinct.length
    if (at === distinct.length) {
      known.set(frame, at)
      distinct.push(difference(base, frame))
    }
    return at
  })
  return { base, distinct, order }
}

/** The inverse of {@link storeFrames} for one frame; the page does the same. */
export function frameAt(store: FrameStore, t: number): string {
  const [prefix, suffix, middle] = store.distinct[store.order[t]]
  return store.base.slice(0, prefix) + middle + store.base.slice(store.base.length - suffix)
}

function difference(base: string, frame: string): [number, number, string] {
  const shorter = Math.min(base.length, frame.length)
  let prefix = 0
  while (prefix < shorter && base[prefix] === frame[prefix]) prefix++
  let suffix = 0
  while (
    suffix < shorter - prefix &&
    base[base.length - 1 - suffix] === frame[frame.length - 1 - suffix]
  )
    suffix++
  return [prefix, suffix, frame.slice(prefix, frame.length - suffix)]
}
