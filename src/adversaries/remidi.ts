import { z } from 'zod'
import type { EpisodeSummary, TaskBatch } from '../learners/contract.ts'
import type { Adversary } from './contract.ts'
import { curatedGallery } from './curator/curated-adversary.ts'
import { createCurator, initialRecord } from './curator/curator.ts'
import { observeOutcomes } from './curator/observe-outcomes.ts'
import { proposeRobust } from './curator/robust-cycle.ts'
import { defineAdversary } from './define-adversary.ts'
import { levelProbe } from './level-probe.ts'
import { bufferOptions, edgeOptions, repeatOptions, replayOptions, slotOptions } from './options.ts'
import {
  countCycle,
  frozenLevels,
  type OrderedRecord,
  orderedBuffers,
  orderedMetrics,
} from './remidi/ordered-buffers.ts'
import { restoreOrdered, snapshotOrdered } from './remidi/ordered-snapshot.ts'
import { statistic } from './scores/scores.ts'
import { bufferNotes } from './setting-notes.ts'

const PROBES = { history: 'overlap', step: 'overlap-by-step' } as const

/**
 * ReMiDi, refining minimax regret distributions (Beukman et al. 2024): robust PLR into buffers one after the other. What a student
 * could have seen in a level of an earlier, frozen buffer trains it no more, so each buffer solves minimax regret on what
 * those before it leave open.
 */
export const adversary = defineAdversary({
  id: 'remidi',
  options: z.strictObject({
    buffers: z.int().min(1).max(1000).default(4).describe('Buffers, filled one after the other.'),
    cyclesPerBuffer: z
      .int()
      .min(1)
      .default(1000)
      .describe('Cycles, of new levels and of replay, after which a buffer is frozen.'),
    atLast: z
      .enum(['stay', 'wrap'])
      .default('stay')
      .describe(
        'After the cycles of the last buffer: it stays open, or the first one is opened again.',
      ),
    overlap: z
      .enum(['history', 'step'])
      .default('history')
      .describe(
        'A step is masked while one and the same frozen level shows all that was seen, or (the published code) while some frozen level shows what is seen now, as at every step before.',
      ),
    ...replayOptions,
    replayProbability: replayOptions.replayProbability.default(0.8),
    ...bufferOptions,
    capacity: bufferOptions.capacity.default(256).describe('Most levels that each buffer holds.'),
    score: bufferOptions.score.default('perfect-regret'),
    temperature: bufferOptions.temperature.default(1),
    ...repeatOptions,
    ...slotOptions,
    ...edgeOptions,
    profile: edgeOptions.profile.default('jaxued'),
  }),
  notes: (options, count) => bufferNotes(options, count),
  repeatsLevels: () => true,
  tasksPerCycle: ({ repeats = 1 }, count) => repeats * count,
  trainShare: ({ replayProbability }) => replayProbability,
  create: (options, context): Adversary<OrderedRecord> => {
    const probe = PROBES[options.overlap]
    const single = createCurator('remidi', options, context)
    const needs = [...new Set([...single.needs, 'trainedSteps' as const])]
    const buffers = orderedBuffers({ ...single, needs, admits: leavesOverlap }, options.buffers)
    return {
      needs,
      probes: [probe],
      init: () => ({ ...initialRecord(buffers.all), open: 0, cycles: 0 }),
      propose(record, request) {
        const curator = buffers.at[record.open]
        const { batches = [] } = proposeRobust(curator, record, request, options.replayProbability)
        // Named from the first cycle on, with no levels: an environment that has no such probe is refused at once.
        const under = (batch: TaskBatch): TaskBatch => ({
          ...batch,
          probes: [levelProbe(probe, frozenLevels(buffers, record, batch.slot))],
        })
        return { record, batches: batches.map(under) }
      },
      observe(record, request) {
        const { metrics, levels } = observeOutcomes(buffers.at[record.open], record, request)
        const told = orderedMetrics(record, metrics ?? {}, request.outcomes)
        countCycle(record, options)
        return { record, metrics: told, levels }
      },
      snapshot: (record) => snapshotOrdered(buffers, record),
      restore: (snapshot) => restoreOrdered(buffers, snapshot),
      gallery: (record, limit) => curatedGallery(buffers.all, record, limit),
    }
  },
})

/** Whether a student has seen, in an episode that counts, what no frozen level shows. */
function leavesOverlap(students: readonly (readonly EpisodeSummary[])[]): boolean {
  return students.some((episodes) =>
    episodes.some((episode) => statistic(episode, 'trainedSteps') > 0),
  )
}
