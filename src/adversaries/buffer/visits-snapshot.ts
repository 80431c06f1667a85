import { type NamedTensors, tensor } from '../../core/tensor.ts'
import type { Visit } from '../contract.ts'
import type { LevelBuffer } from './level-buffer.ts'
import { keepVisits } from './visits.ts'

/** `visit_counts` `[size]`, and of all visits one after another their cycles and mean returns. None where nobody keeps visits. */
export function visitTensors({ visits, size }: LevelBuffer): NamedTensors {
  if (visits === undefined) return {}
  const kept = Array.from({ length: size }, (_, entry) => visits.byEntry[entry] ?? [])
  const all = kept.flat()
  return {
    visit_counts: tensor(
      'int32',
      [size],
      Int32Array.from(kept, ({ length }) => length),
    ),
    visit_cycles: tensor(
      'int32',
      [all.length],
      Int32Array.from(all, ({ cycle }) => cycle),
    ),
    visit_returns: tensor(
      'float64',
      [all.length],
      Float64Array.from(all, ({ meanReturn }) => meanReturn),
    ),
  }
}

/**
 * Puts them back into a buffer that has its levels.
 * @returns whether they fit together
 */
export function restoreVisits(
  buffer: LevelBuffer,
  column: (name: string) => ArrayLike<number>,
  numbers: (name: string) => ArrayLike<number>,
): boolean {
  if (buffer.visits === undefined) return true
  const counts = column('visit_counts')
  const cycles = column('visit_cycles')
  const returns = numbers('visit_returns')
  let at = 0
  for (let entry = 0; entry < buffer.size; entry++) {
    const made: Visit[] = []
    for (let i = 0; i < counts[entry]; i++, at++)
      made.push({ cycle: cycles[at], meanReturn: returns[at] })
    keepVisits(buffer, entry, made)
  }
  return counts.length === buffer.size && cycles.length === at && returns.length === at
}
