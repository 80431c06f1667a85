import { AgonError, defineAdversary, z } from 'agon'
import type { Adversary, AdversaryContext, ProposeRequest } from 'agon/adversaries'
import { type SlotId, taskId } from 'agon/core'

const options = z.strictObject({
  service: z.string().default('scorer').describe('Whom it asks what a level is worth.'),
  draws: z.int().min(1).default(4).describe('Levels drawn for each task; the best is given.'),
})

/** What it drew and waits for; the sum of the scores of all that it gave. */
interface Search {
  readonly drawn: readonly Uint8Array[]
  readonly counts: ProposeRequest['counts'] | null
  readonly total: number
}

/**
 * Best of several: draws more levels than there are tasks, asks a service what each is worth, and gives the best. It never looks inside
 * a level; what counts is what the service says of it.
 */
export const adversary = defineAdversary({
  id: 'best-of',
  options,
  tasksPerCycle: (_, count) => count,
  trainShare: () => 1,
  create: (given, context) => bestOf(given, context),
})

function bestOf<L>(
  { service, draws }: z.output<typeof options>,
  { levels, slots }: AdversaryContext<L>,
): Adversary<Search> {
  const give = (slot: SlotId, cycle: number, best: readonly Uint8Array[], seed: () => number) => ({
    ...{ cycle, slot, autoReset: 'same-level' as const, probes: [] },
    tasks: best.map((level, index) => ({
      ...{ id: taskId(cycle, slot, index), level, seed: seed(), train: true, repeat: 0 },
      lineage: { parents: [], operator: 'generate', generation: 0 },
    })),
  })
  return {
    needs: ['return'],
    init: () => ({ drawn: [], counts: null, total: 0 }),
    // No batches yet: the phase goes on until the answer is there.
    propose(record, { counts, random }) {
      const most = Math.max(...Object.values<number>(counts))
      const draw = random('levels')
      const drawn = Array.from({ length: most * draws }, () => levels.sample(draw))
      const payload = { levels: drawn.map((level) => levels.format(level)) }
      return {
        record: { ...record, counts, drawn: drawn.map((level) => levels.encode(level)) },
        requests: [{ key: 'scores', service, payload }],
      }
    },
    reply({ drawn, counts, total }, key, { payload }, { cycle, random }) {
      const scores = (payload as { readonly scores?: readonly number[] }).scores ?? []
      if (counts === null || scores.length !== drawn.length)
        throw new AgonError(
          'best-of/scores',
          `'${key}': ${scores.length} scores of ${drawn.length}`,
        )
      const order = drawn.map((_, index) => index).sort((a, b) => scores[b] - scores[a] || a - b)
      const batches = slots.map((slot) => {
        const best = order.slice(0, counts[slot]).map((index) => drawn[index])
        const draw = random('seeds', slot)
        return give(slot, cycle, best, () => draw.uint32())
      })
      const given = order.slice(0, Math.max(...Object.values<number>(counts)))
      const score = given.reduce((sum, index) => sum + scores[index], 0) / given.length
      const next = { drawn: [], counts: null, total: total + score }
      return { record: next, batches, metrics: { score, mean_score: next.total / cycle } }
    },
    observe: (record) => ({ record }),
    snapshot: ({ total }) => ({ kind: 'best-of', version: 1, state: { total }, tensors: {} }),
    restore: ({ kind, state }) => {
      if (kind !== 'best-of') throw new AgonError('snapshot/foreign', `'${kind}' is no best-of`)
      return { drawn: [], counts: null, total: (state as { readonly total: number }).total }
    },
    gallery: () => [],
  }
}
