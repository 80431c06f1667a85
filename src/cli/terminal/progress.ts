import type { Clock } from '../../core/clock.ts'
import type { Budget, MetricsRow, ProgressEvent, Spent } from '../../run/contract.ts'
import { formatUnit, otherCounts } from '../../views/text/counts.ts'
import { eventText } from '../../views/text/event-text.ts'
import type { Line } from '../../views/text/line.ts'
import {
  formatCount,
  formatDuration,
  formatScore,
  formatShare,
  scoreText,
} from '../../views/text/quantities.ts'
import { type Rate, rollingRate } from './rate.ts'
import { SEPARATOR, statusLine } from './status-line.ts'
import { printJson, type Terminal } from './terminal.ts'

/** Timings are not shown, and who watches from elsewhere has none. */
type CycleEvent = Omit<Extract<ProgressEvent, { kind: 'cycle' }>, 'timings'>
export type ShownEvent = Exclude<ProgressEvent, { kind: 'cycle' }> | CycleEvent

/** Shows a run as it goes on. */
export interface Progress {
  on(event: ShownEvent): void
  note(text: string): void
  /** Leaves the terminal clean; called once, whatever happened. */
  close(): void
}

/** On a screen, often enough to look alive; elsewhere, seldom enough to keep a log readable. */
const SCREEN_MS = 100
const PLAIN_MS = 5_000

/** A status line on a screen, plain lines otherwise, all on standard error. */
export function terminalProgress(terminal: Terminal, clock: Clock): Progress {
  const status = statusLine(terminal)
  const rate = rollingRate()
  const attempts = rollingRate()
  const interval = terminal.interactive ? SCREEN_MS : PLAIN_MS
  let last = Number.NEGATIVE_INFINITY
  let budget: Budget | null = null
  let stage: StageEvent | null = null
  const measured = new Map<string, string>()

  const show = (event: CycleEvent): void => {
    const now = clock.now()
    rate.add(now, event.spent.envSteps, event.done)
    attempts.add(now, event.spent.evaluations ?? 0, event.done)
    if (now - last < interval && event.done < 1) return
    last = now
    const parts = cycleParts(event, {
      budget,
      stage,
      rate,
      attempts,
      measured: measuredText(measured),
    })
    if (terminal.interactive) status.update(parts)
    else status.note(parts.join(SEPARATOR))
  }
  return {
    on(event) {
      if (event.kind === 'cycle') return show(event)
      if (event.kind === 'started') budget = event.budget
      if (event.kind === 'stage') {
        // Counters are those of the run, the budget is the stage's: the share tells.
        budget = null
        stage = event
        measured.clear()
        for (const one of [rate, attempts]) one.reset()
      }
      if (event.kind === 'restored') for (const one of [rate, attempts]) one.reset()
      if (event.kind === 'evaluation' && event.when === 'during')
        measured.set(event.slot, scoreText({ ...event, measures: firstMeasure(event.measures) }))
      const text = noteOf(event, terminal)
      if (text !== null) status.note(text)
    },
    note: (text) => status.note(text),
    close: () => status.clear(),
  }
}

/** Every event as it is, one JSON object per line on standard output; notes stay on standard error. */
export function jsonProgress(terminal: Terminal): Progress {
  return {
    on: (event) => printJson(terminal, event),
    note: (text) => terminal.err(text),
    close: () => {},
  }
}

type StageEvent = Extract<ProgressEvent, { kind: 'stage' }>

/** @param event absent for who began to look in the middle of a stage */
function stageText(number: number | undefined, event: StageEvent | null): string[] {
  if (number === undefined) return []
  return [event === null ? `stage ${number}` : `stage ${number}/${event.of} ${event.stage}`]
}

/** What a line tells beside the cycle itself. */
interface Known {
  readonly budget: Budget | null
  readonly stage: StageEvent | null
  /** Of steps of environments, and of attempts where the run counts them. */
  readonly rate: Rate
  readonly attempts: Rate
  readonly measured: string | null
}

/** Most important first, since a narrow screen shows the first ones only. */
function cycleParts(
  { spent, done, metrics }: CycleEvent,
  { budget, stage, rate, attempts, measured }: Known,
): string[] {
  const total = budget !== null && 'cycles' in budget ? `/${budget.cycles}` : ''
  const perSecond = rate.perSecond()
  // Stages are equal parts of the share, and not of the time.
  const left = metrics.stage === undefined ? rate.timeLeft() : Number.NaN
  return [
    ...stageText(metrics.stage, stage),
    `cycle ${spent.cycles}${total}`,
    ...otherCounts(spent).flatMap(({ unit, name, value }) => {
      const limits: Partial<Spent> = budget ?? {}
      const limit = limits[unit]
      return limit === undefined
        ? []
        : [`${name.toLowerCase()} ${value}/${formatUnit(unit, limit)}`]
    }),
    formatShare(done),
    ...rateParts(
      spent.evaluations === undefined ? Number.NaN : attempts.perSecond(),
      'evaluations',
    ),
    ...rateParts(perSecond, 'steps'),
    ...(Number.isFinite(left) && done < 1 ? [`${formatDuration(left)} left`] : []),
    ...gridParts(metrics),
    ...slotScores(metrics, 'solve_rate', 'solved'),
    ...slotScores(metrics, 'return_mean', 'return'),
    ...(measured === null ? [] : [measured]),
  ]
}

const rateParts = (perSecond: number, what: string): string[] =>
  Number.isFinite(perSecond) ? [`${formatCount(perSecond)} ${what}/s`] : []

/** Of a search over a grid of elites. */
function gridParts({
  'adversary/grid_coverage': coverage,
  'adversary/grid_max': best,
  'adversary/grid_mean': mean,
}: Partial<MetricsRow>): string[] {
  if (coverage === undefined) return []
  return [
    `coverage ${formatShare(coverage)}`,
    ...(best === undefined ? [] : [`best ${formatScore(best)}`]),
    ...(mean === undefined ? [] : [`mean ${formatScore(mean)}`]),
  ]
}

/** `solved 0.31`, or with several students `solved antagonist 0.31 protagonist 0.24`. */
function slotScores(metrics: MetricsRow, metric: string, label: string): string[] {
  const found = Object.keys(metrics).filter(
    (key) =>
      key.endsWith(`/${metric}`) && key.split('/').length === 2 && !key.startsWith('adversary/'),
  )
  if (found.length === 0) return []
  if (found.length === 1) return [`${label} ${formatScore(metrics[found[0]])}`]
  const each = found.sort().map((key) => `${key.split('/')[0]} ${formatScore(metrics[key])}`)
  return [`${label} ${each.join(' ')}`]
}

/** As {@link slotScores}. */
function measuredText(measured: ReadonlyMap<string, string>): string | null {
  const each = [...measured].sort(([a], [b]) => (a < b ? -1 : 1))
  if (each.length === 0) return null
  if (each.length === 1) return `evaluated ${each[0][1]}`
  return `evaluated ${each.map(([slot, rate]) => `${slot} ${rate}`).join(' ')}`
}

/** A status line has room for one. */
const firstMeasure = (measures: Readonly<Record<string, number>> = {}): Record<string, number> =>
  Object.fromEntries(Object.entries(measures).slice(0, 1))

/** What stands in the status line anyway, or is of no interest while one looks on, is not told apart. */
function noteOf(event: ShownEvent, terminal: Terminal): Line | null {
  if (event.kind === 'cut') return null
  if (event.kind === 'evaluation' && event.when === 'during' && terminal.interactive) return null
  return eventText(event)
}
