import { AgonError } from '../../core/errors.ts'
import type { LevelId, SlotId } from '../../core/ids.ts'
import { stream } from '../../core/random.ts'
import type { AutoReset, LevelFeatures } from '../../envs/contract.ts'
import type { AdversaryContext } from '../contract.ts'
import { type AnyEmitter, makeEmitter } from '../emitters/emitters.ts'
import { REFERENCE } from '../grid/axes.ts'
import type { EliteGrid, GridSpec } from '../grid/contract.ts'
import { createGrid } from '../grid/elite-grid.ts'
import { followedBy, gridSpec, type SearchOptions, tasksPerCandidate, trains } from './options.ts'
import type { Signal } from './signal.ts'
import { signalOf } from './signals.ts'

/** A search as its config has it: what does not change. */
export interface Search<L> {
  /** The adversary's id: of its snapshots. */
  readonly kind: string
  readonly context: AdversaryContext<L>
  readonly options: SearchOptions
  readonly spec: GridSpec
  readonly signal: Signal
  readonly emitters: readonly BoundEmitter<L>[]
  /** Tasks of one candidate. */
  readonly each: number
  readonly train: boolean
  readonly autoReset: AutoReset
}

export interface BoundEmitter<L> {
  readonly emitter: AnyEmitter<L>
  /** The one that its candidates meet, and whose elites are their parents; null: all of them. */
  readonly reference: string | null
}

/** What changes. */
export interface SearchRecord {
  nextSerial: number
  /** Candidates so far: of them, the first come from the generator. */
  candidates: number
  /** Attempts with an objective so far, and its sum. */
  scored: number
  sum: number
  /** Which emitter is next. */
  turn: number
  readonly grid: EliteGrid
  /** One record for each emitter. */
  readonly emitters: unknown[]
  /** Of the elites, and of whatever emitters name as parents: edits since a generated ancestor. */
  readonly generations: Map<LevelId, number>
  /** Between `propose` and `observe`. */
  pending: PendingCycle | null
}

export interface PendingCycle {
  readonly cycle: number
  readonly slots: readonly SlotCandidates[]
}

export interface SlotCandidates {
  readonly slot: SlotId
  readonly candidates: readonly Candidate[]
}

export interface Candidate {
  readonly level: Uint8Array
  readonly features: LevelFeatures
  /** Index of its emitter; −1: it is one of the initial levels. */
  readonly emitter: number
  readonly operator: string
  readonly parents: readonly LevelId[]
  readonly generation: number
  /** One for each attempt that comes of it. */
  readonly meetings: readonly Meeting[]
  /** Of each repeat. */
  readonly seeds: readonly number[]
}

export interface Meeting {
  readonly serial: number
  /** Null where there are no references. */
  readonly reference: string | null
  readonly descriptor: Readonly<Record<string, number | string>>
  readonly cell: readonly number[] | null
}

/** @throws AgonError `adversary/axis`, `adversary/signal`, `adversary/score`, `adversary/genome`, `adversary/operator` */
export const createSearch = <L>(
  kind: string,
  options: SearchOptions,
  context: AdversaryContext<L>,
): Search<L> =>
  searchOver(kind, options, context, (signal) => bindEmitters(options, signal, context))

/**
 * A search whose candidates come from these emitters.
 * @throws AgonError `adversary/axis`, `adversary/signal`, `adversary/score`
 */
export function searchOver<L>(
  kind: string,
  options: SearchOptions,
  context: AdversaryContext<L>,
  emitters: (signal: Signal) => readonly BoundEmitter<L>[],
): Search<L> {
  const spec = gridSpec(options)
  const signal = signalOf(options, context)
  checkAxes(spec, signal, context)
  return {
    ...{ kind, context, options, spec, signal, emitters: emitters(signal) },
    ...{ each: tasksPerCandidate(options), train: trains(options), autoReset: followedBy(options) },
  }
}

export const initialRecord = <L>({ spec, emitters }: Search<L>): SearchRecord => ({
  ...{ nextSerial: 1, candidates: 0, scored: 0, sum: 0, turn: 0, pending: null },
  grid: createGrid(spec.axes),
  emitters: emitters.map(({ emitter }) => emitter.init()),
  generations: new Map(),
})

function bindEmitters<L>(
  { emitters, against }: SearchOptions,
  { references }: Signal,
  { levels }: AdversaryContext<L>,
): BoundEmitter<L>[] {
  const bound = against === 'one' && references.length > 0 ? references : [null]
  const asked = emitters.flatMap((option) =>
    bound.flatMap((reference) =>
      Array.from({ length: option.count }, () => ({ option, reference })),
    ),
  )
  const seen = new Map<string, number>()
  return asked.map(({ option, reference }) => {
    const { kind } = option
    const several = asked.filter((other) => other.option.kind === kind).length > 1
    const number = (seen.get(kind) ?? 0) + 1
    seen.set(kind, number)
    return { reference, emitter: makeEmitter(several ? `${kind}/${number}` : kind, option, levels) }
  })
}

/** Levels of the generator that are asked for the names of their features. */
const LOOKED_AT = 32

/** @throws AgonError `adversary/axis` for a name that neither features nor genome have */
function checkAxes<L>(
  { axes }: GridSpec,
  { references }: Signal,
  { levels }: AdversaryContext<L>,
): void {
  const names = axes.map(({ name }) => name)
  const twice = names.find((name, i) => names.indexOf(name) < i)
  if (twice !== undefined)
    throw axisError(`the axis '${twice}' stands there twice`, 'name each axis once')
  const known = new Set(levels.genome?.bounds.names)
  if (references.length > 0) known.add(REFERENCE)
  const random = stream(0, 'axes')
  for (let i = 0; i < LOOKED_AT && names.some((name) => !known.has(name)); i++)
    for (const name of Object.keys(levels.features(levels.sample(random)))) known.add(name)
  const missing = names.find((name) => !known.has(name))
  if (missing === undefined) return
  throw axisError(
    `these levels say nothing of '${missing}'`,
    `an axis is a feature of the levels or a number of their genome: ${[...known].sort().join(', ')}`,
  )
}

const axisError = (message: string, remedy: string): AgonError =>
  new AgonError('adversary/axis', message, { place: 'adversary.axes', remedy })
