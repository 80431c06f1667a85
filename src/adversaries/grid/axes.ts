import { z } from 'zod'
import type { LevelFeatures } from '../../envs/contract.ts'
import type { Axis } from './contract.ts'

/** The axis of who a candidate is measured against. */
export const REFERENCE = 'reference'

const name = z.string().min(1).max(100)

/** An axis as a config writes it: of numbers where it has `bins`, of categories where it has `values`. */
export const axisOption = z.union([
  z
    .strictObject({
      name: name.describe('A level feature, a number of the genome, or `reference`.'),
      low: z.number().describe('Lower end; levels below it are put into the first bin.'),
      high: z.number().describe('Upper end; levels above it are put into the last bin.'),
      bins: z.int().min(1).max(10_000).describe('Bins of equal width.'),
    })
    .refine(({ low, high }) => low < high, { path: ['high'], message: 'must be above low' }),
  z.strictObject({
    name,
    values: z.array(z.string().min(1).max(100)).min(1).max(1000).describe('One cell for each.'),
  }),
])

export type AxisOption = z.output<typeof axisOption>

export const axisOf = (option: AxisOption): Axis =>
  'bins' in option ? { kind: 'number', ...option } : { kind: 'category', ...option }

/** The index of a value on an axis, or −1 where it has none: no number, or none of the categories. */
export function indexOn(axis: Axis, value: number | string | undefined): number {
  if (axis.kind === 'category') return value === undefined ? -1 : axis.values.indexOf(String(value))
  if (typeof value !== 'number' || !Number.isFinite(value)) return -1
  const { low, high, bins } = axis
  const bin = Math.floor(((value - low) / (high - low)) * bins)
  return Math.min(Math.max(bin, 0), bins - 1)
}

/** Index on each axis, or null where one of them has none. */
export function cellOf(
  axes: readonly Axis[],
  descriptor: Readonly<Record<string, number | string>>,
): readonly number[] | null {
  const cell = axes.map((axis) => indexOn(axis, descriptor[axis.name]))
  return cell.includes(-1) ? null : cell
}

/** What a level says of the axes; `point` gives the numbers of its genome by name, and is asked only where features do not. */
export function descriptorOf(
  axes: readonly Axis[],
  features: LevelFeatures,
  point: (name: string) => number | undefined,
  reference: string | null,
): Readonly<Record<string, number | string>> {
  const found: Record<string, number | string> = {}
  for (const axis of axes) {
    const value =
      axis.name === REFERENCE && reference !== null
        ? reference
        : (features[axis.name] ?? point(axis.name))
    if (value === undefined || (typeof value === 'number' && !Number.isFinite(value))) continue
    found[axis.name] = axis.kind === 'category' ? String(value) : value
  }
  return found
}
