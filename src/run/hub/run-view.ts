import type { ErrorRecord } from '../../core/errors.ts'
import { type agon, decodeError, encodeError } from '../../wire/index.ts'
import type { Budget, MetricsRow, Spent } from '../contract.ts'
import type { RunListing } from '../listing/run-listing.ts'
import type { ActorState } from './actor-states.ts'

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
  /** 0 … 1 of the budget. */
  readonly done: number
  readonly solvedRate: number | null
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
  /** `of`: `cut`, `evaluation`, `restored`. */
  | { readonly kind: 'note'; readonly of: string; readonly text: string }

export function runView(run: agon.v1.Run): RunView {
  const { id, name, directory: dir, done, epoch, createdMs, error } = run
  const { cycles, gradientUpdates, envSteps } = run
  return {
    id,
    name,
    status: run.status as RunView['status'],
    dir,
    created: createdMs === 0 ? '' : new Date(createdMs).toISOString(),
    spent: { cycles, gradientUpdates, envSteps },
    budget: budgetView(run.budget),
    done,
    solvedRate: run.solvedRate ?? null,
    epoch,
    actors: run.actors.map(actorView),
    error: error === null || error === undefined ? null : decodeError(error),
  }
}

/** Null for an event of a kind that is not known here. */
export function runNews(event: agon.v1.RunEvent): RunNews | null {
  const { run, metrics, actor, warning, note } = event
  if (run) return { kind: 'run', run: runView(run) }
  if (metrics) return { kind: 'cycle', ...rowView(metrics) }
  if (actor) return { kind: 'actor', actor: actorView(actor) }
  if (warning) return { kind: 'warning', warning: decodeError(warning) }
  return note ? { kind: 'note', of: note.kind, text: note.text } : null
}

const actorView = ({ actor, placement, state, name, epoch }: agon.v1.ActorState): ActorState => ({
  actor,
  placement,
  state: state as ActorState['state'],
  name,
  epoch,
})

function rowView(row: agon.v1.MetricsRow): Omit<Extract<RunNews, { kind: 'cycle' }>, 'kind'> {
  const { cycle, gradientUpdates, envSteps, values, done } = row
  return {
    spent: { cycles: cycle, gradientUpdates, envSteps },
    done,
    metrics: { ...values, cycle, gradient_updates: gradientUpdates, env_steps: envSteps },
  }
}

function budgetView(budget: agon.v1.Budget | null | undefined): Budget | null {
  if (budget?.cycles) return { cycles: budget.cycles }
  if (budget?.gradientUpdates) return { gradientUpdates: budget.gradientUpdates }
  return budget?.envSteps ? { envSteps: budget.envSteps } : null
}

/** A run that is known by its files alone. */
export function listedView(listing: RunListing): RunView {
  const { id, name, status, dir, created, spent, budget, done, solvedRate, problem } = listing
  const told = problem === undefined ? null : { code: 'run/failed', message: problem }
  return {
    id,
    name,
    status,
    dir,
    created,
    spent: spent ?? { cycles: 0, gradientUpdates: 0, envSteps: 0 },
    budget,
    done: done ?? 0,
    solvedRate,
    epoch: 0,
    actors: [],
    error: listing.error ?? told,
  }
}

/** The inverse of {@link runView}. */
export function runMessage(run: RunView): agon.v1.Run.$Properties {
  const { dir, created, spent, budget, solvedRate, actors, error, ...same } = run
  return {
    ...same,
    ...spent,
    directory: dir,
    createdMs: created === '' ? 0 : Date.parse(created),
    actors: [...actors],
    ...(budget === null ? {} : { budget }),
    ...(solvedRate === null ? {} : { solvedRate }),
    ...(error === null ? {} : { error: encodeError(error) }),
  }
}
