import { z } from 'zod'
import { curatedAdversary } from './curator/curated-adversary.ts'
import { createCurator } from './curator/curator.ts'
import { observeOutcomes } from './curator/observe-outcomes.ts'
import { proposeRobust } from './curator/robust-cycle.ts'
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
    return curatedAdversary(curator, {
      propose: (record, request) =>
        proposeRobust(curator, record, request, options.replayProbability),
      observe: (record, request) => observeOutcomes(curator, record, request),
    })
  },
})
