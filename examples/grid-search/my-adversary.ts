import { AgonError, defineAdversary } from 'agon'
import type { Adversary, AdversaryContext, ProposeRequest } from 'agon/adversaries'
import { type LevelId, levelId, type RandomStream, type SlotId, taskId, tensor } from 'agon/core'
import { z } from 'zod'

/** The level of one cell of the archive: the one on which the student did worst. */
interface Elite {
  readonly level: Uint8Array
  readonly failure: number
  /** The level itself first, its generated ancestor last. */
  readonly ancestry: readonly Ancestor[]
}
type Candidate = Omit<Elite, 'failure'>
type Saved = {
  readonly nextSerial: number
  readonly elites: readonly (Omit<Elite, 'level'> & { readonly cell: number })[]
}
type Ancestor = { readonly id: LevelId; readonly operator: string }

interface Archive {
  nextSerial: number
  /** Cell of the descriptor → elite. */
  readonly elites: Map<number, Elite>
  /** What is out for attempt, by task id. */
  readonly pending: Map<string, Candidate>
}

const options = z.strictObject({
  descriptor: z
    .string()
    .default('distance')
    .describe('Level feature that the archive spreads over.'),
  cellWidth: z.number().positive().default(2).describe('Width of a cell, in units of the feature.'),
  edits: z.number().min(0).max(1).default(0.5).describe('Share of tasks that edit an elite.'),
})
type Options = z.output<typeof options>

/**
 * MAP-Elites for failures (after Mouret and Clune 2015): one elite per cell of a level feature, new tasks are random
 * levels and edits of elites, and the level with the lower return keeps the cell.
 */
export const adversary = defineAdversary({
  id: 'grid-search',
  options,
  tasksPerCycle: (_, count) => count,
  trainShare: () => 1,
  create: (given, context) => gridSearch(given, context),
})

function gridSearch<L>(given: Options, context: AdversaryContext<L>): Adversary<Archive> {
  const { levels, slots } = context
  const cellOf = (bytes: Uint8Array): number => {
    const value = levels.features(levels.decode(bytes))[given.descriptor]
    if (value === undefined)
      throw new AgonError('adversary/feature-missing', `levels have no '${given.descriptor}'`)
    return Math.floor(value / given.cellWidth)
  }
  const candidate = (archive: Archive, draw: RandomStream): Candidate => {
    const id = levelId(archive.nextSerial++)
    const elites = [...archive.elites.values()]
    if (elites.length === 0 || draw.uniform() >= given.edits)
      return {
        level: levels.encode(levels.sample(draw)),
        ancestry: [{ id, operator: 'generate' }],
      }
    const parent = elites[draw.integer(elites.length)]
    const { level, operator } = levels.mutate(levels.decode(parent.level), draw)
    return { level: levels.encode(level), ancestry: [{ id, operator }, ...parent.ancestry] }
  }
  const batchOf = (archive: Archive, request: ProposeRequest, slot: SlotId) => ({
    cycle: request.cycle,
    slot,
    autoReset: 'same-level' as const,
    probes: [],
    tasks: Array.from({ length: request.counts[slot] }, (_, index) => {
      const id = taskId(request.cycle, slot, index)
      const made = candidate(archive, request.random('level', slot, index))
      archive.pending.set(id, made)
      const [self, ...ancestors] = made.ancestry
      return {
        id,
        level: made.level,
        seed: request.random('seed', slot, index).uint32(),
        train: true,
        repeat: 0,
        lineage: {
          level: self.id,
          parents: ancestors.slice(0, 1).map((parent) => parent.id),
          operator: self.operator,
          generation: ancestors.length,
        },
      }
    }),
  })

  return {
    needs: ['return'],
    init: () => ({ nextSerial: 0, elites: new Map(), pending: new Map() }),
    propose: (archive, request) => ({
      record: archive,
      batches: slots.map((slot) => batchOf(archive, request, slot)),
    }),
    observe(archive, { outcomes }) {
      for (const { task, episodes } of outcomes) {
        const made = archive.pending.get(task)
        const finished = episodes.filter((episode) => episode.finished)
        if (made === undefined || finished.length === 0) continue
        const total = finished.reduce((sum, episode) => sum + episode.return, 0)
        const failure = 1 - total / finished.length
        const cell = cellOf(made.level)
        const elite = archive.elites.get(cell)
        // An elite's failure fades, because the student has learnt since it was measured.
        if (elite === undefined || failure >= 0.95 * elite.failure)
          archive.elites.set(cell, { ...made, failure })
      }
      archive.pending.clear()
      const failures = [...archive.elites.values()].map((elite) => elite.failure)
      const worst = Math.max(0, ...failures)
      return { record: archive, metrics: { cells: failures.length, worst_failure: worst } }
    },
    snapshot: ({ nextSerial, elites }) => ({
      kind: 'grid-search',
      version: 1,
      state: {
        nextSerial,
        elites: [...elites].map(([cell, { level: _, ...elite }]) => ({ cell, ...elite })),
      },
      tensors: Object.fromEntries(
        [...elites].map(([cell, { level }]) => [
          `level/${cell}`,
          tensor('uint8', [level.length], level),
        ]),
      ),
    }),
    restore({ kind, state, tensors }) {
      if (kind !== 'grid-search')
        throw new AgonError('snapshot/foreign', `this is a snapshot of '${kind}'`)
      const saved = state as unknown as Saved
      const elites = new Map<number, Elite>()
      for (const { cell, ...elite } of saved.elites)
        elites.set(cell, {
          ...elite,
          level: Uint8Array.from(tensors[`level/${cell}`].data, Number),
        })
      return { nextSerial: saved.nextSerial, elites, pending: new Map() }
    },
    gallery: ({ elites }, limit) =>
      [...elites.values()]
        .sort((a, b) => b.failure - a.failure)
        .slice(0, limit)
        .map(({ level, failure, ancestry }) => ({
          reason: 'high-score',
          level,
          score: failure,
          id: ancestry[0].id,
          generation: ancestry.length - 1,
          ancestry,
        })),
  }
}
