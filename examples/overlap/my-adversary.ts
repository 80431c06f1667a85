import { defineAdversary, z } from 'agon'
import type { Adversary, AdversaryContext, ProposeRequest } from 'agon/adversaries'
import { levelProbe, levelsOfTensors, levelTensors } from 'agon/adversaries'
import { type SlotId, taskId } from 'agon/core'

// Random levels under a probe: whatever a student could have seen in the first levels of the run trains it no more, so it
// learns from what is new to it (the idea of ReMiDi, without its buffers).

const options = z.strictObject({
  frozen: z.int().min(1).default(8).describe('Levels of the first cycle that the probe knows.'),
})
type Options = z.output<typeof options>
/** The levels that the probe knows; none in the first cycle. */
type Known = readonly Uint8Array[]

function overlap<L>({ frozen }: Options, { levels, slots }: AdversaryContext<L>): Adversary<Known> {
  const batchOf = (known: Known, { cycle, counts, random }: ProposeRequest, slot: SlotId) => ({
    ...{ cycle, slot, autoReset: 'same-level' as const },
    probes: known.length === 0 ? [] : [levelProbe('overlap', known)],
    tasks: Array.from({ length: counts[slot] }, (_, i) => ({
      ...{ id: taskId(cycle, slot, i), train: true, repeat: 0 },
      level: levels.encode(levels.sample(random('level', slot, i))),
      seed: random('seed', slot, i).uint32(),
      lineage: { parents: [], operator: 'generate', generation: 0 },
    })),
  })
  return {
    needs: [],
    probes: ['overlap'],
    init: () => [],
    propose(known, request) {
      const batches = slots.map((slot) => batchOf(known, request, slot))
      const first = batches[0].tasks.slice(0, frozen).map(({ level }) => level)
      return { record: known.length === 0 ? first : known, batches }
    },
    observe(known, { outcomes }) {
      const episodes = outcomes.flatMap((outcome) => outcome.episodes)
      const masked = episodes.map(({ extras }) => extras['overlap/overlap_steps'] ?? 0)
      const steps = masked.reduce((sum, count) => sum + count, 0)
      return { record: known, metrics: { overlap_steps: steps / Math.max(1, masked.length) } }
    },
    snapshot: (known) => ({
      ...{ kind: 'overlap', version: 2, state: null },
      tensors: levelTensors(known),
    }),
    restore: ({ tensors }) => levelsOfTensors(tensors),
    gallery: () => [],
  }
}

export const adversary = defineAdversary({
  id: 'overlap',
  options,
  tasksPerCycle: (_, count) => count,
  trainShare: () => 1,
  create: (given, context) => overlap(given, context),
})
