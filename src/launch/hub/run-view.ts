import type { ErrorRecord } from '../../core/errors.ts'
import type { ActorState } from '../../run/actor-states.ts'
import type { Budget, MetricsRow, Spent } from '../../run/contract.ts'
import type { RunListing } from '../../views/listing/run-listing.ts'
import type { SlotScore } from '../../views/text/quantities.ts'

/** A run as a server tells of it, as plain data. */
export interface RunView {
  readonly id: string
  readonly name: string
  readonly status: RunListing['status']
  /** As the server names it. */
  readonly dir: string
  /** ISO 8601; empty where it is not known. */
  readonly created: string
  readonly spent: Spent
  readonly budget: Budget | null
  /** Of a run with stages: the one at hand. */
  readonly stage?: string
  /** 0 … 1 of the budget. */
  readonly done: number
  readonly solvedRate: number | null
  /** Of the same measurement; absent where the environment has none. */
  readonly measures?: Readonly<Record<string, number>>
  /** Each that was measured, where there are several; the two above are then of the first. */
  readonly slots?: Readonly<Record<string, SlotScore>>
  /** 0 where it is not known. */
  readonly epoch: number
  readonly actors: readonly ActorState[]
  readonly error: ErrorRecord | null
}

/** What a watcher hears. */
export type RunNews =
  | { readonly kind: 'run'; readonly run: RunView }
  | {
      readonly kind: 'cycle'
      readonly spent: Spent
      readonly done: number
      readonly metrics: MetricsRow
    }
  | { readonly kind: 'actor'; readonly actor: ActorState }
  | { readonly kind: 'warning'; readonly warning: ErrorRecord }
  /** `of`: `cut`, `evaluation`, `restored`, `stage`. */
  | { readonly kind: 'note'; readonly of: string; readonly text: string }

/** A run that is known by its files alone. */
export function listedView(listing: RunListing): RunView {
  const {
    id,
    name,
    status,
    dir,
    created,
    spent,
    budget,
    stage,
    done,
    solvedRate,
    measures,
    slots,
    problem,
  } = listing
  const told = problem === undefined ? null : { code: 'run/failed', message: problem }
  return {
    id,
    name,
    status,
    dir,
    created,
    spent: spent ?? { cycles: 0, gradientUpdates: 0, envSteps: 0 },
    budget,
    ...(stage === undefined ? {} : { stage: stage.name }),
    done: done ?? 0,
    solvedRate,
    ...(measures === undefined ? {} : { measures }),
    ...(slots === undefined ? {} : { slots }),
    epoch: 0,
    actors: [],
    error: listing.error ?? told,
  }
}
