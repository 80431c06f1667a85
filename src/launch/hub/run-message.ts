import { addSpending, COUNTERS } from '../../actors/roles/spending.ts'
import type { ActorState } from '../../run/actor-states.ts'
import type { Budget, Spent } from '../../run/contract.ts'
import { spentOfRow } from '../../run/spent-of-row.ts'
import { isMeasured } from '../../views/text/quantities.ts'
import { type agon, decodeError, encodeFault } from '../../wire/index.ts'
import type { RunNews, RunView } from './run-view.ts'

/** A run as a message tells of it. */
export function runView(run: agon.v1.Run): RunView {
  const { id, name, directory: dir, done, epoch, createdMs, error } = run
  return {
    id,
    name,
    status: run.status as RunView['status'],
    dir,
    created: createdMs === 0 ? '' : new Date(createdMs).toISOString(),
    spent: spentView(run),
    budget: budgetView(run.budget),
    ...(run.stage === '' ? {} : { stage: run.stage }),
    done,
    solvedRate: run.solvedRate ?? null,
    ...(Object.keys(run.measures).length === 0 ? {} : { measures: { ...run.measures } }),
    ...slotsView(run.slots),
    epoch,
    actors: run.actors.map(actorView),
    error: error === null || error === undefined ? null : decodeError(error),
  }
}

const slotsView = (slots: agon.v1.Run['slots']): Pick<RunView, 'slots'> =>
  Object.keys(slots).length === 0
    ? {}
    : {
        slots: Object.fromEntries(
          Object.entries(slots)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([slot, { solvedRate, measures }]) => [
              slot,
              {
                solvedRate: solvedRate ?? null,
                ...(isEmpty(measures) ? {} : { measures: { ...measures } }),
              },
            ]),
        ),
      }

const isEmpty = (by: object | null | undefined): boolean => Object.keys(by ?? {}).length === 0

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
  const metrics = { ...values, cycle, gradient_updates: gradientUpdates, env_steps: envSteps }
  return { spent: spentOfRow(metrics), done, metrics }
}

function budgetView(budget: agon.v1.Budget | null | undefined): Budget | null {
  const units: Partial<Record<keyof Spent, number | null>> = budget ?? {}
  const unit = COUNTERS.find((counter) => units[counter])
  return unit === undefined ? null : ({ [unit]: units[unit] } as unknown as Budget)
}

function spentView(run: agon.v1.Run): Spent {
  const { cycles, gradientUpdates, envSteps } = run
  return addSpending({ cycles, gradientUpdates, envSteps }, counted(run))
}

const counted = ({ evaluations, calls, tokens, money, seconds }: agon.v1.Run): Partial<Spent> =>
  Object.fromEntries(
    Object.entries({ evaluations, calls, tokens, money, seconds }).filter(
      ([, amount]) => amount !== null && amount !== undefined,
    ),
  )

/** The inverse of {@link runView}. */
export function runMessage(run: RunView): agon.v1.Run.$Properties {
  const { dir, created, spent, budget, solvedRate, slots = {}, actors, error, ...same } = run
  return {
    ...same,
    ...spent,
    directory: dir,
    createdMs: created === '' ? 0 : Date.parse(created),
    actors: [...actors],
    ...(budget === null ? {} : { budget }),
    ...(solvedRate === null ? {} : { solvedRate }),
    slots: Object.fromEntries(
      Object.entries(slots)
        .filter(([, score]) => isMeasured(score))
        .map(([slot, { solvedRate: rate, ...score }]) => [
          slot,
          { ...score, ...(rate === null ? {} : { solvedRate: rate }) },
        ]),
    ),
    ...(error === null ? {} : { error: encodeFault(error) }),
  }
}
