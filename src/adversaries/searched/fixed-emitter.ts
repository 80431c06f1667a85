import { AgonError } from '../../core/errors.ts'
import type { Emission, Emitter } from '../emitters/contract.ts'
import { levelsOfTensors, levelTensors } from '../level-tensors.ts'

/** Levels in a fixed order, over and over. */
export interface FixedRecord {
  /** Null until the first are asked for. */
  levels: readonly Uint8Array[] | null
  /** Given so far. */
  given: number
}

/**
 * @param read the levels, where none were handed over
 * @throws AgonError `adversary/levels` where there are none once they are asked for
 */
export function fixedEmitter<L>(read: () => readonly Uint8Array[]): Emitter<FixedRecord, L> {
  return {
    id: 'levels',
    init: () => ({ levels: null, given: 0 }),
    ask(record, count, { levels: space }) {
      record.levels ??= read()
      const { levels } = record
      if (levels.length === 0)
        throw new AgonError('adversary/levels', 'there are no levels to attempt', {
          place: 'adversary',
          remedy:
            'give levels, a file, a history, or the archive of an earlier stage that has some',
        })
      return Array.from({ length: count }, (): Emission<L> => {
        const level = space.decode(levels[record.given++ % levels.length])
        return { level, operator: 'replay', parents: [] }
      })
    },
    tell() {},
    snapshot: ({ levels, given }) => ({
      state: { given, read: levels !== null },
      tensors: levelTensors(levels ?? []),
    }),
    restore({ state, tensors }) {
      const { given, read } = (state ?? {}) as { given?: number; read?: boolean }
      if (!Number.isSafeInteger(given) || typeof read !== 'boolean')
        throw new AgonError('snapshot/corrupt', 'the snapshot of the levels is not whole')
      return { levels: read ? levelsOfTensors(tensors) : null, given: given as number }
    },
  }
}
