import { z } from 'zod'
import { generated, replayed } from './curator/candidates.ts'
import { curatedAdversary } from './curator/curated-adversary.ts'
import {
  ageByNewBatch,
  createCurator,
  proposeBlocks,
  replaysNow,
  serialsOf,
} from './curator/curator.ts'
import { observeOutcomes } from './curator/observe-outcomes.ts'
import { defineAdversary } from './define-adversary.ts'
import { bufferOptions, edgeOptions, repeatOptions, slotOptions } from './options.ts'
import { bufferNotes } from './setting-notes.ts'

/**
 * Parallel PLR⊥ (Jiang et al. 2023, "minimax"): every cycle attempts new levels and replays stored ones side by side;
 * the student learns from the replayed block. Until the buffer is warm both blocks are new and nothing is learnt.
 */
export const adversary = defineAdversary({
  id: 'parallel-plr',
  options: z.strictObject({
    ...bufferOptions,
    ...repeatOptions,
    ...slotOptions,
    ...edgeOptions,
    stalenessCoefficient: bufferOptions.stalenessCoefficient.default(0.5),
  }),
  notes: (options, count) => bufferNotes(options, count),
  repeatsLevels: () => true,
  tasksPerCycle: ({ repeats = 1 }, count) => 2 * repeats * count,
  trainShare: () => 1,
  create: (options, context) => {
    const curator = createCurator('parallel-plr', options, context)
    const { levels } = context
    return curatedAdversary(curator, {
      propose(record, request) {
        const warm = replaysNow(curator, record, request, 1)
        return proposeBlocks(curator, record, request, (buffer, count, { name }) => {
          const stream = request.random('generate', name)
          const fresh = () => generated(levels, count, false, stream, serialsOf(record))
          if (warm)
            return [fresh(), replayed(levels, buffer, count, true, request.random('replay', name))]
          ageByNewBatch(buffer, count)
          return [fresh(), fresh()]
        })
      },
      observe: (record, request) => observeOutcomes(curator, record, request),
    })
  },
})
