import { AgonError, defineAdversary, z } from 'agon'
import type { Adversary, AdversaryContext, ProposeRequest } from 'agon/adversaries'
import { taskId } from 'agon/core'

// Best of several: draws more levels than there are tasks, asks a service what each is worth, and gives the best. It never
// looks inside a level; what counts is what the service says of it.

const options = z.strictObject({
  service: z.string().default('scorer').describe('Whom it asks what a level is worth.'),
  draws: z.int().min(1).default(4).describe('Levels drawn for each task; the best are given.'),
})
type Options = z.output<typeof options>
/** Levels that were drawn and are being scored, as bytes. */
type Drawn = { readonly request: ProposeRequest; readonly levels: readonly Uint8Array[] } | null

function bestOf<L>(
  { service, draws }: Options,
  { levels, slots }: AdversaryContext<L>,
): Adversary<Drawn> {
  return {
    needs: ['return'],
    init: () => null,
    // No batches yet: the phase goes on until the answer is there.
    propose(_, request) {
      const most = Math.max(...slots.map((slot) => request.counts[slot]))
      const draw = request.random('levels')
      const drawn = Array.from({ length: draws * most }, () => levels.sample(draw))
      const payload = { levels: drawn.map((level) => levels.format(level)) }
      const record = { request, levels: drawn.map((level) => levels.encode(level)) }
      return { record, requests: [{ key: 'scores', service, payload }] }
    },
    reply(record, key, { payload }) {
      const { scores } = payload as { readonly scores?: readonly number[] }
      if (record === null || scores?.length !== record.levels.length)
        throw new AgonError('best-of/scores', `no score for each level in the answer to '${key}'`)
      const { cycle, counts, random } = record.request
      const order = scores.map((_, i) => i).sort((a, b) => scores[b] - scores[a] || a - b)
      const batches = slots.map((slot) => ({
        ...{ cycle, slot, autoReset: 'same-level' as const, probes: [] },
        tasks: order.slice(0, counts[slot]).map((choice, i) => ({
          ...{ id: taskId(cycle, slot, i), level: record.levels[choice], train: true, repeat: 0 },
          seed: random('seed', slot, i).uint32(),
          lineage: { parents: [], operator: 'generate', generation: 0 },
        })),
      }))
      const mean = (of: readonly number[]) => of.reduce((sum, i) => sum + scores[i], 0) / of.length
      const kept = mean(order.slice(0, batches[0].tasks.length))
      return { record: null, batches, metrics: { score_kept: kept, score_drawn: mean(order) } }
    },
    observe: (record) => ({ record }),
    snapshot: () => ({ kind: 'best-of', version: 1, state: null, tensors: {} }),
    restore: () => null,
    gallery: () => [],
  }
}

const oneEach = { tasksPerCycle: (_: Options, count: number) => count, trainShare: () => 1 }
const create = <L>(given: Options, context: AdversaryContext<L>) => bestOf(given, context)
export const adversary = defineAdversary({ id: 'best-of', options, ...oneEach, create })
