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
import { bufferOptions, edgeOptions, repeatOptions, replayOptions, slotOptions } from './options.ts'
import { bufferNotes } from './setting-notes.ts'

/**
 * Robust PLR, PLR⊥ (Jiang et al. 2021, "Replay-Guided Adversarial Environment Design"): a coin decides whether a cycle
 * attempts new levels or replays stored ones; the student learns from replayed levels only.
 */
export const adversary = defineAdversary({
  id: 'robust-plr',
  options: z.strictObject({
    ...replayOptions,
    ...bufferOptions,
    ...repeatOptions,
    ...slotOptions,
    ...edgeOptions,
  }),
  notes: (options, count) => bufferNotes(options, count),
  repeatsLevels: () => true,
  tasksPerCycle: ({ repeats = 1 }, count) => repeats * count,
  trainShare: ({ replayProbability }) => replayProbability,
  create: (options, context) => {
    const curator = createCurator('robust-plr', options, context)
    const { levels } = context
    return curatedAdversary(curator, {
      propose(record, request) {
        const replay = replaysNow(curator, record, request, options.replayProbability)
        return proposeBlocks(curator, record, request, (buffer, count, { name }) => {
          if (replay) return [replayed(levels, buffer, count, true, request.random('replay', name))]
          ageByNewBatch(buffer, count)
          const stream = request.random('generate', name)
          return [generated(levels, count, false, stream, serialsOf(record))]
        })
      },
      observe: (record, request) => observeOutcomes(curator, record, request),
    })
  },
})
