import { AgonError, defineAdversary, z } from 'agon'
import type { Adversary, AdversaryContext, ProposeRequest } from 'agon/adversaries'
import { taskId } from 'agon/core'

/** Levels that were drawn for each slot and are being scored, as bytes. */
interface Drawn {
  readonly request: ProposeRequest
  readonly levels: readonly Uint8Array[]
}
interface Search {
  drawn: Drawn | null
}

const options = z.strictObject({
  draws: z
    .int()
    .min(1)
    .default(4)
    .describe('Levels drawn for each task; the best scored are kept.'),
})
const KIND = 'scored'

/** Draws more levels than it needs, asks the service `scorer` what they are worth, and proposes the best. */
export const adversary = defineAdversary({
  id: KIND,
  options,
  tasksPerCycle: (_, count) => count,
  trainShare: () => 1,
  create: ({ draws }, context) => scored(draws, context),
})

function scored<L>(draws: number, { levels, slots }: AdversaryContext<L>): Adversary<Search> {
  return {
    needs: ['return'],
    init: () => ({ drawn: null }),
    propose(record, request) {
      const most = Math.max(...slots.map((slot) => request.counts[slot]))
      const space = Array.from({ length: draws * most }, (_, i) =>
        levels.sample(request.random('level', i)),
      )
      record.drawn = { request, levels: space.map((level) => levels.encode(level)) }
      const payload = { levels: space.map((level) => levels.format(level)) }
      return { record, requests: [{ key: 'scores', service: 'scorer', payload }] }
    },
    reply(record, key, { payload }) {
      const scores = (payload as { scores?: number[] }).scores
      if (record.drawn === null || scores?.length !== record.drawn.levels.length)
        throw new AgonError('scored/scores', `the scorer gave no score for each level of '${key}'`)
      const { request, levels: drawn } = record.drawn
      const best = drawn.map((_, i) => i).sort((a, b) => scores[b] - scores[a] || a - b)
      const batches = slots.map((slot) => ({
        cycle: request.cycle,
        slot,
        autoReset: 'same-level' as const,
        probes: [],
        tasks: best.slice(0, request.counts[slot]).map((choice, i) => ({
          id: taskId(request.cycle, slot, i),
          level: drawn[choice],
          seed: request.random('seed', i).uint32(),
          train: true,
          repeat: 0,
          lineage: { parents: [], operator: 'generate', generation: 0 },
        })),
      }))
      record.drawn = null
      const mean = (of: readonly number[]) => of.reduce((sum, i) => sum + scores[i], 0) / of.length
      const kept = mean(best.slice(0, batches[0].tasks.length))
      return { record, batches, metrics: { score_kept: kept, score_drawn: mean(best) } }
    },
    observe: (record) => ({ record }),
    snapshot: () => ({ kind: KIND, version: 1, state: null, tensors: {} }),
    restore: () => ({ drawn: null }),
    gallery: () => [],
  }
}
