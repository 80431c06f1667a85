import { z } from 'zod'
import { ancestorOf } from './buffer/lineage.ts'
import { edited, generated, replayed } from './curator/candidates.ts'
import { curatedAdversary } from './curator/curated-adversary.ts'
import {
  ageByNewBatch,
  createCurator,
  proposeBlocks,
  replaysNow,
  serialsOf,
} from './curator/curator.ts'
import { levelsUnderReplay, selectParents } from './curator/edit-selection.ts'
import { observeOutcomes } from './curator/observe-outcomes.ts'
import { defineAdversary } from './define-adversary.ts'
import {
  bufferOptions,
  edgeOptions,
  editOptions,
  repeatOptions,
  replayOptions,
  slotOptions,
} from './options.ts'
import { bufferNotes } from './setting-notes.ts'

/**
 * ACCEL (Parker-Holder et al. 2022): robust PLR, and after a replay cycle a cycle that attempts edits of the replayed
 * levels without learning from them. An edit cycle counts as a cycle of its own, with its own environment steps.
 */
export const adversary = defineAdversary({
  id: 'accel',
  options: z.strictObject({
    ...replayOptions,
    ...editOptions,
    ...bufferOptions,
    ...repeatOptions,
    ...slotOptions,
    ...edgeOptions,
    replayProbability: replayOptions.replayProbability.default(0.8),
    stalenessCoefficient: bufferOptions.stalenessCoefficient.default(0.5),
  }),
  notes: (options, count) => bufferNotes(options, count),
  repeatsLevels: () => true,
  tasksPerCycle: ({ repeats = 1 }, count) => repeats * count,
  trainShare: ({ replayProbability: p, editProbability: q }) => p / (1 + p * q),
  create: (options, context) => {
    const curator = createCurator('accel', options, context)
    const { levels } = context
    return curatedAdversary(curator, {
      propose(record, request) {
        const { toEdit } = record
        record.toEdit = null
        const replay =
          toEdit === null && replaysNow(curator, record, request, options.replayProbability)
        return proposeBlocks(curator, record, request, (buffer, count, { name }) => {
          if (toEdit !== null) {
            const parents = toEdit[name].map((serial) => ancestorOf(buffer.lineage, serial))
            const stream = request.random('edit', name)
            return [edited(levels, parents, count, stream, serialsOf(record))]
          }
          if (replay) return [replayed(levels, buffer, count, true, request.random('replay', name))]
          ageByNewBatch(buffer, count)
          const stream = request.random('generate', name)
          return [generated(levels, count, false, stream, serialsOf(record))]
        })
      },
      observe(record, request) {
        const played = levelsUnderReplay(record)
        const step = observeOutcomes(curator, record, request)
        const u = request.random('edit-decision').uniform()
        if (played !== null && u < options.editProbability)
          record.toEdit = selectParents(record, played, options)
        return step
      },
    })
  },
})
