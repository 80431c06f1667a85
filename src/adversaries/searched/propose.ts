import { type LevelId, levelId, type SlotId, taskId } from '../../core/ids.ts'
import type { LevelSpace } from '../../envs/contract.ts'
import type { Task, TaskBatch } from '../../learners/contract.ts'
import type { ProposeRequest, Step } from '../contract.ts'
import type { Emission, EmitterContext } from '../emitters/contract.ts'
import { generatedLevel } from '../emitters/points.ts'
import { cellOf, descriptorOf, REFERENCE } from '../grid/axes.ts'
import type { EliteGrid } from '../grid/contract.ts'
import { indicesOf } from '../grid/elite-grid.ts'
import { candidateCount } from './options.ts'
import type { Candidate, Meeting, Search, SearchRecord, SlotCandidates } from './search.ts'

/** Asks emitters for as many candidates as all slots attempt together, and deals these out in the order of the slots. */
export function proposeCandidates<L>(
  search: Search<L>,
  record: SearchRecord,
  request: ProposeRequest,
): Step<SearchRecord> {
  const { cycle, counts, random } = request
  const shares = Object.keys(counts)
    .sort()
    .map((slot) => ({
      slot: slot as SlotId,
      count: candidateCount(counts[slot as SlotId], search.each),
    }))
  const total = shares.reduce((sum, { count }) => sum + count, 0)
  const seeds = random('seed')
  const candidates = emitAll(search, record, total, request).map(({ emission, emitter }) => ({
    ...described(search, record, emission, emitter),
    seeds: Array.from({ length: search.options.repeats }, () => seeds.uint32()),
  }))
  record.candidates += total
  let first = 0
  const slots = shares.map(({ slot, count }): SlotCandidates => {
    first += count
    return { slot, candidates: candidates.slice(first - count, first) }
  })
  record.pending = { cycle, slots }
  return { record, batches: slots.map((share) => batchOf(search, cycle, share)) }
}

interface Emitted<L> {
  readonly emission: Emission<L>
  readonly emitter: number
}

/** In turn: each emitter gives the next candidate that is not one of the initial levels. */
function emitAll<L>(
  search: Search<L>,
  record: SearchRecord,
  total: number,
  { random }: ProposeRequest,
): Emitted<L>[] {
  const { emitters, options, context } = search
  const initial = Math.min(Math.max(options.initial - record.candidates, 0), total)
  const generator = random('initial')
  const first = Array.from({ length: initial }, () => ({
    ...{ emission: generatedLevel(context.levels, generator), emitter: -1 },
  }))
  const turns = Array.from(
    { length: total - initial },
    (_, i) => (record.turn + i) % emitters.length,
  )
  record.turn = (record.turn + turns.length) % emitters.length
  const asked = emitters.map(({ emitter, reference }, i) => {
    const count = turns.filter((turn) => turn === i).length
    if (count === 0) return []
    const stream = random('emit', emitter.id)
    return [
      ...emitter.ask(record.emitters[i], count, emitterContext(search, record, reference, stream)),
    ]
  })
  return [...first, ...turns.map((turn) => ({ emission: asked[turn].shift()!, emitter: turn }))]
}

/** An emitter of one reference sees the elites found against it. */
export function emitterContext<L>(
  { context }: Search<L>,
  { grid }: SearchRecord,
  reference: string | null,
  random: EmitterContext<L>['random'],
): EmitterContext<L> {
  return { levels: context.levels, grid, cells: cellsAgainst(grid, reference), random }
}

function cellsAgainst(grid: EliteGrid, reference: string | null): readonly number[] {
  const axis = grid.axes.findIndex(({ name }) => name === REFERENCE)
  const found = grid.axes[axis]
  if (reference === null || found?.kind !== 'category') return grid.filled
  const index = found.values.indexOf(reference)
  return grid.filled.filter((cell) => indicesOf(grid, cell)[axis] === index)
}

function described<L>(
  { context, signal, spec, emitters, options }: Search<L>,
  record: SearchRecord,
  emission: Emission<L>,
  emitter: number,
): Omit<Candidate, 'seeds'> {
  const { levels } = context
  const level = 'level' in emission ? emission.level : levels.genome!.fromVector(emission.vector)
  const features = levels.features(level)
  const point = pointOf(levels, level)
  const meeting = (reference: string | null): Meeting => {
    const descriptor = descriptorOf(spec.axes, features, point, reference)
    return {
      ...{ serial: record.nextSerial++, reference, descriptor },
      cell: cellOf(spec.axes, descriptor),
    }
  }
  const { references } = signal
  const own = emitters[emitter]?.reference ?? null
  const met =
    references.length === 0
      ? [null]
      : options.against === 'all'
        ? references
        : [own ?? references[record.nextSerial % references.length]]
  return {
    ...{ level: levels.encode(level), features, emitter },
    operator: emission.operator,
    parents: emission.parents,
    generation: generationOf(record, emission.parents),
    meetings: met.map(meeting),
  }
}

/** Numbers of the genome by name, asked for only where an axis needs them. */
function pointOf<L>({ genome }: LevelSpace<L>, level: L): (name: string) => number | undefined {
  let vector: Float64Array | undefined
  return (name) => {
    const at = genome?.bounds.names.indexOf(name) ?? -1
    if (genome === undefined || at < 0) return undefined
    vector ??= genome.toVector(level)
    return vector[at]
  }
}

const generationOf = ({ generations }: SearchRecord, parents: readonly LevelId[]): number =>
  parents.length === 0 ? 0 : 1 + Math.max(...parents.map((id) => generations.get(id) ?? 0))

/**
 * The games of a slot's candidates, one after the other: a task for each game and repeat, whose index counts games. All games of
 * a candidate have the same seeds.
 */
function batchOf<L>(
  { signal, train, autoReset }: Search<L>,
  cycle: number,
  { slot, candidates }: SlotCandidates,
): TaskBatch {
  let index = 0
  const tasks = candidates.flatMap(({ level, meetings, seeds, operator, parents, generation }) =>
    signal.plays(referencesOf(meetings)).flatMap((play): Task[] => {
      const id = taskId(cycle, slot, index++)
      const { serial } =
        meetings.find(({ reference }) => reference === play.reference) ?? meetings[0]
      const lineage = { level: levelId(serial), parents, operator, generation }
      const { seating } = play
      return seeds.map((seed, repeat) => ({
        ...{ id, level, seed, train, repeat, lineage },
        ...(seating === undefined ? {} : { seating }),
      }))
    }),
  )
  return { cycle, slot, tasks, autoReset, probes: [] }
}

export const referencesOf = (meetings: readonly Meeting[]): readonly string[] =>
  meetings.flatMap(({ reference }) => reference ?? [])
