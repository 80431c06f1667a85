import { sha256 } from '../../core/bytes.ts'
import { AgonError } from '../../core/errors.ts'
import type { StreamPath } from '../../core/random.ts'
import { stream } from '../../core/random.ts'
import { elementCount, type NamedTensors, type Tensor, tensor } from '../../core/tensor.ts'
import { type Init, initialise } from './init.ts'

/** One named parameter tensor of a network. */
export interface SegmentSpec {
  /** `<module>/<tensor>`: `core/wx`. The prefix is the group that options may name. */
  readonly name: string
  readonly shape: readonly number[]
  readonly init: Init
}

export interface Segment extends SegmentSpec {
  readonly offset: number
  readonly size: number
}

/** All parameters of a network as named segments of one flat float32 vector, in this order. */
export interface Layout {
  readonly segments: readonly Segment[]
  /** Number of parameters. */
  readonly size: number
  /** Changes whenever a name, a shape or the order changes. */
  readonly digest: string
}

export function layoutOf(specs: readonly SegmentSpec[]): Layout {
  let offset = 0
  const segments = specs.map((spec) => {
    const size = elementCount(spec.shape)
    const segment = { ...spec, offset, size }
    offset += size
    return segment
  })
  const text = segments.map(({ name, shape }) => `${name}[${shape}]`).join(';')
  return { segments, size: offset, digest: sha256(text).slice(0, 16) }
}

/** Fills `flat` (`[layout.size]`); each segment draws from its own stream, so adding one moves no other. */
export function initialiseLayout(layout: Layout, flat: Float32Array, path: StreamPath): void {
  for (const { name, shape, init, offset, size } of layout.segments)
    initialise(flat.subarray(offset, offset + size), shape, init, stream(...path, name))
}

/** Views of the segments of `flat`, by name; the same memory. */
export function segmentTensors(
  layout: Layout,
  flat: Float32Array,
): Record<string, Tensor<'float32'>> {
  return Object.fromEntries(
    layout.segments.map(({ name, shape, offset, size }) => [
      name,
      tensor('float32', shape, flat.subarray(offset, offset + size)),
    ]),
  )
}

/**
 * Copies named tensors into `flat`.
 * @throws AgonError `network/weights` with the expected and found names, shapes and dtypes
 */
export function loadSegments(layout: Layout, flat: Float32Array, from: NamedTensors): void {
  for (const { name, shape, offset } of layout.segments) {
    const found = from[name]
    const fits =
      found?.dtype === 'float32' &&
      found.shape.length === shape.length &&
      found.shape.every((size, axis) => size === shape[axis])
    if (!fits) {
      const was = found === undefined ? 'nothing' : `${found.dtype}[${found.shape}]`
      throw new AgonError(
        'network/weights',
        `'${name}' should be float32[${shape}], found ${was}`,
        {
          place: name,
          remedy: 'the weights must come from the same network options and environment',
          fields: {
            expected: layout.segments.map((s) => `${s.name} float32[${s.shape}]`),
            found: Object.entries(from).map(([key, t]) => `${key} ${t.dtype}[${t.shape}]`),
          },
        },
      )
    }
    flat.set(found.data as Float32Array, offset)
  }
}

/** The name of the segment that holds element `index` of the flat vector. */
export function segmentAt(layout: Layout, index: number): string {
  const segment = layout.segments.find(({ offset, size }) => index < offset + size)
  return segment?.name ?? `element ${index}`
}

/**
 * Learning-rate multipliers `[layout.size]` from `{ 'core': 0.5, 'actor/out': 0 }`: a key is a segment name or a group
 * prefix, the longest match wins, 0 freezes. Null when every multiplier is 1.
 * @throws AgonError `network/group` listing the names
 */
export function groupMultipliers(
  layout: Layout,
  groups: Readonly<Record<string, number>>,
): Float32Array | null {
  const matches = (name: string, key: string): boolean => name === key || name.startsWith(`${key}/`)
  for (const key of Object.keys(groups)) {
    if (layout.segments.some(({ name }) => matches(name, key))) continue
    throw new AgonError('network/group', `no parameter group is called '${key}'`, {
      remedy: `the names are ${layout.segments.map(({ name }) => name).join(', ')} and their prefixes`,
      place: `groups.${key}`,
    })
  }
  if (Object.values(groups).every((multiplier) => multiplier === 1)) return null
  const out = new Float32Array(layout.size).fill(1)
  const ordered = Object.entries(groups).sort(([a], [b]) => a.length - b.length)
  for (const { name, offset, size } of layout.segments)
    for (const [key, multiplier] of ordered)
      if (matches(name, key)) out.fill(multiplier, offset, offset + size)
  return out
}
