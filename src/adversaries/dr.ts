import { z } from 'zod'
import { levelId, taskId } from '../core/ids.ts'
import type { AutoReset } from '../envs/contract.ts'
import type { Adversary, AdversaryContext, Step } from './contract.ts'
import { type Candidate, generated } from './curator/candidates.ts'
import { groupCount, type SlotGroup, slotGroups } from './curator/groups.ts'
import { featureMeans } from './curator/level-metrics.ts'
import { taskBatches } from './curator/task-batches.ts'
import { defineAdversary } from './define-adversary.ts'

import { slotOptions } from './options.ts'
import {
  type RecentLevel,
  type RecentRecord,
  restoreRecent,
  snapshotRecent,
} from './recent-levels.ts'

/**
 * Domain randomisation (Tobin et al. 2017): new random levels every cycle, by default also after every episode inside it, and the
 * student learns from all of them. Nothing is remembered but the last batch, for the gallery.
 */
export const adversary = defineAdversary({
  id: 'dr',
  options: z.strictObject({
    ...slotOptions,
    autoReset: z
      .enum(['next-level', 'same-level'])
      .optional()
      .describe(
        'What follows an episode inside a rollout: another new level, or the same again. Default next-level.',
      ),
  }),
  tasksPerCycle: (_, count) => count,
  trainShare: () => 1,
  repeatsLevels: ({ autoReset }) => autoReset === 'same-level',
  create: ({ shareLevels, autoReset = 'next-level' }, context) =>
    randomiser(context, slotGroups(context.slots, shareLevels), autoReset),
})

function randomiser<L>(
  { levels }: AdversaryContext<L>,
  groups: readonly SlotGroup[],
  autoReset: AutoReset,
): Adversary<RecentRecord> {
  return {
    needs: ['return'],
    init: () => ({ nextSerial: 0, pending: {}, recent: [] }),
    propose(record, request) {
      const pending: Record<string, readonly Candidate[]> = {}
      const batches = groups.flatMap((group) => {
        const count = groupCount(group, request.counts)
        const stream = request.random('generate', group.name)
        const block = generated(levels, count, true, stream, () => record.nextSerial++)
        pending[group.name] = block
        return taskBatches(group, [block], request, { autoReset, tracked: false })
      })
      record.pending = pending
      return { record, batches }
    },
    observe(record, request): Step<RecentRecord> {
      const returns = new Map<string, number>()
      const unplayed = new Set<string>()
      // A task's level is that of episode 0; others are the student's own draws, or go on from an earlier cycle.
      for (const { task, episodes } of request.outcomes) {
        const [first] = episodes
        if (first !== undefined && first.episode > 0) unplayed.add(task)
        else if (first?.finished && !returns.has(task)) returns.set(task, first.return)
      }
      const metrics: Record<string, number> = {}
      record.recent = groups.flatMap((group) => {
        const block = record.pending[group.name] ?? []
        const prefix = groups.length > 1 ? `${group.name}_level_` : 'level_'
        const idOf = (index: number): string => taskId(request.cycle, group.slots[0], index)
        const features = block.flatMap(({ features }, index) =>
          unplayed.has(idOf(index)) ? [] : [features],
        )
        Object.assign(metrics, featureMeans(prefix, features))
        return block.flatMap(({ serial, level }, index): RecentLevel[] => {
          const score = returns.get(idOf(index))
          return score === undefined ? [] : [{ serial, level, score }]
        })
      })
      record.pending = {}
      return { record, metrics }
    },
    snapshot: (record) => snapshotRecent('dr', record),
    restore: (snapshot) => restoreRecent('dr', snapshot),
    gallery: ({ recent }, limit) =>
      recent.slice(0, limit).map(({ serial, level, score }) => ({
        reason: 'recent',
        level,
        score,
        id: levelId(serial),
        ancestry: [{ id: levelId(serial), operator: 'generate', level }],
        generation: 0,
      })),
  }
}
