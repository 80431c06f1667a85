import type { Axis } from '../../../adversaries/grid/contract.ts'
import { formatNumber } from '../format.ts'

/** A cell for people: `ball x 0.36 to 0.45, reference bot_0.95`. */
export function cellText(axes: readonly Axis[], cell: readonly number[]): string {
  return axes
    .map((axis, i) => `${axis.name.replaceAll('_', ' ')} ${placeOn(axis, cell[i])}`)
    .join(', ')
}

function placeOn(axis: Axis, index: number): string {
  if (axis.kind === 'category') return axis.values[index] ?? '?'
  const width = (axis.high - axis.low) / axis.bins
  // An edge at 0 may miss it by a rounding.
  const edge = (bin: number): string =>
    formatNumber(Math.round((axis.low / width + bin) * 1e6) * 1e-6 * width)
  return `${edge(index)} to ${edge(index + 1)}`
}
