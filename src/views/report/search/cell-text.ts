import type { Axis, NumberAxis } from '../../../adversaries/grid/contract.ts'
import { formatNumber } from '../format.ts'

/** A cell for people: `ball x 0.36 to 0.45, reference bot_0.95`. */
export function cellText(axes: readonly Axis[], cell: readonly number[]): string {
  return axes
    .map((axis, i) => `${axis.name.replaceAll('_', ' ')} ${placeOn(axis, cell[i])}`)
    .join(', ')
}

function placeOn(axis: Axis, index: number): string {
  if (axis.kind === 'category') return axis.values[index] ?? '?'
  const edge = (bin: number): string => formatNumber(edgeOf(axis, bin))
  return `${edge(index)} to ${edge(index + 1)}`
}

/** The lower edge of a bin; one at 0 would miss it by a rounding. */
export function edgeOf({ low, high, bins }: NumberAxis, bin: number): number {
  const width = (high - low) / bins
  return Math.round((low / width + bin) * 1e6) * 1e-6 * width
}
