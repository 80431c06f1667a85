// An adversary in a process of its own: npx jiti examples/attach/adversary.ts <run directory>/hub.json
import { AgonError } from 'agon'
import type { Adversary } from 'agon/adversaries'
import { type AdversaryPlace, attachAdversary, resolveTarget } from 'agon/attach'
import { levelId, taskId, tensor } from 'agon/core'
import { createRemote, remoteOptions } from 'agon/envs/remote'

const [hub] = process.argv.slice(2)
if (hub === undefined) throw new Error('which hub? give its rendezvous file, or host:port')

/** Levels on which the student failed, as bytes, worst first. */
interface Failures {
  kept: Uint8Array[]
  /** What is out for attempt, by task id. */
  readonly pending: Map<string, Uint8Array>
}

const MOST_KEPT = 16
const KIND = 'failure-search'

/** Random search for failures: half of every batch edits levels that the student failed on, the rest is new. */
function failureSearch({ slots, environment }: AdversaryPlace): Adversary<Failures> {
  // The level space as the hub serves it: drawn and edited there, seen here as bytes.
  const { levels } = createRemote(
    remoteOptions.parse({ address: hub, environment: environment.name ?? '' }),
  )
  return {
    needs: ['return'],
    init: () => ({ kept: [], pending: new Map() }),
    propose(record, { cycle, counts, random }) {
      record.pending.clear()
      const batches = slots.map((slot) => ({
        cycle,
        slot,
        autoReset: 'same-level' as const,
        probes: [],
        tasks: Array.from({ length: counts[slot] }, (_, i) => {
          const draw = random('level', slot, i)
          const edited = i % 2 === 1 && record.kept.length > 0
          const parent = edited ? record.kept[draw.integer(record.kept.length)] : null
          const level =
            parent === null
              ? levels.encode(levels.sample(draw))
              : levels.encode(levels.mutate(levels.decode(parent), draw).level)
          const id = taskId(cycle, slot, i)
          record.pending.set(id, level)
          return {
            id,
            level,
            seed: draw.uint32(),
            train: true,
            repeat: 0,
            lineage: {
              level: levelId(cycle * 100_000 + record.pending.size),
              parents: [],
              operator: parent === null ? 'generate' : 'edit',
              generation: parent === null ? 0 : 1,
            },
          }
        }),
      }))
      return { record, batches }
    },
    observe(record, { outcomes }) {
      const failed = outcomes.flatMap(({ task, episodes }) => {
        const level = record.pending.get(task)
        const best = Math.max(0, ...episodes.filter((one) => one.finished).map((one) => one.return))
        return level === undefined || best > 0 ? [] : [level]
      })
      record.kept = [...failed, ...record.kept].slice(0, MOST_KEPT)
      record.pending.clear()
      return { record, metrics: { failures: failed.length } }
    },
    snapshot: ({ kept }) => ({
      kind: KIND,
      version: 1,
      state: { kept: kept.length },
      tensors: Object.fromEntries(
        kept.map((level, i) => [`level/${i}`, tensor('uint8', [level.length], level)]),
      ),
    }),
    restore({ kind, state, tensors }) {
      if (kind !== KIND) throw new AgonError('snapshot/foreign', `this is a snapshot of '${kind}'`)
      const { kept } = state as { kept: number }
      return {
        kept: Array.from({ length: kept }, (_, i) =>
          Uint8Array.from(tensors[`level/${i}`].data, Number),
        ),
        pending: new Map(),
      }
    },
    gallery: ({ kept }, limit) =>
      kept.slice(0, limit).map((level, i) => ({
        reason: 'recent',
        level,
        score: 1,
        id: `failure-${i}`,
        generation: 0,
        ancestry: [{ id: `failure-${i}`, operator: 'keep' }],
      })),
  }
}

await attachAdversary({
  endpoint: () => resolveTarget(hub, { env: process.env }),
  name: KIND,
  platform: { engine: 'javascript', arch: process.arch },
  create: async (place) => failureSearch(place),
})
