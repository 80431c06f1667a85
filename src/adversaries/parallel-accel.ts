import { z } from 'zod'
import { edited, generated, replayed } from './curator/candidates.ts'
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
 * Parallel ACCEL (Jiang et al. 2023, "minimax"): every cycle attempts new levels, replays stored ones and tries edits
 * of the ones being replayed, side by side; the student learns from the replayed block. Until the buffer is warm all
 * three blocks are new and nothing is learnt.
 */
export const adversary = defineAdversary({
  id: 'parallel-accel',
  options: z.strictObject({
    ...bufferOptions,
    ...repeatOptions,
    ...slotOptions,
    ...edgeOptions,
    stalenessCoefficient: bufferOptions.stalenessCoefficient.default(0.5),
  }),
  notes: (options, count) => bufferNotes(options, count),
  repeatsLevels: () => true,
  tasksPerCycle: ({ repeats = 1 }, count) => 3 * repeats * count,
  trainShare: () => 1,
  create: (options, context) => {
    const curator = createCurator('parallel-accel', options, context)
    const { levels } = context
    return curatedAdversary(curator, {
      propose(record, request) {
        const warm = replaysNow(curator, record, request, 1)
        return proposeBlocks(curator, record, request, (buffer, count, { name }) => {
          const stream = request.random('generate', name)
          const next = serialsOf(record)
          const fresh = () => generated(levels, count, false, stream, next)
          if (warm) {
            const replay = replayed(levels, buffer, count, true, request.random('replay', name))
            return [
              fresh(),
              replay,
              edited(levels, replay, count, request.random('edit', name), next),
            ]
          }
          ageByNewBatch(buffer, count)
          return [fresh(), fresh(), fresh()]
        })
      },
      observe: (record, request) => observeOutcomes(curator, record, request),
    })
  },
})
