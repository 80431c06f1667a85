import type { ValueInfo } from '../binding.ts'
import type { PolicyCard } from '../contract.ts'
import { graphName } from '../policy-graph.ts'

/** Both ends included; infinite where the card does not say. */
export interface ValueBounds {
  readonly dtype: 'int32' | 'int64'
  readonly low: number
  readonly high: number
}

/**
 * The bounds of each input that its card bounds and whose numbers a graph can use as indices: one below them would count from
 * the end of a table in silence, one above them would fail as if the graph were to blame.
 */
export function valueBounds(
  inputs: readonly ValueInfo[],
  card: PolicyCard | undefined,
): readonly (ValueBounds | undefined)[] {
  const specs = Object.entries(card?.observations ?? {})
  return inputs.map(({ name, dtype }) => {
    const spec = specs.find(([observation]) => graphName(card!, observation) === name)?.[1]
    if (spec === undefined || (dtype !== 'int32' && dtype !== 'int64')) return undefined
    const { low = Number.NEGATIVE_INFINITY, high = Number.POSITIVE_INFINITY } = spec
    return Number.isFinite(low) || Number.isFinite(high) ? { dtype, low, high } : undefined
  })
}

/** The first number that lies outside. `bytes` are little-endian and may begin anywhere. */
export function outOfBounds(bytes: Uint8Array, { dtype, low, high }: ValueBounds) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const width = dtype === 'int32' ? 4 : 8
  for (let at = 0; at < bytes.length; at += width) {
    const value = dtype === 'int32' ? view.getInt32(at, true) : view.getBigInt64(at, true)
    if (value < low || value > high) return value
  }
  return undefined
}
