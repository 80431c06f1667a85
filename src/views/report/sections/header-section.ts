import type { Budget, Spent } from '../../../run/contract.ts'
import { spentOfRow } from '../../../run/spent-of-row.ts'
import { formatUnit, otherCounts } from '../../text/counts.ts'
import { suiteTables } from '../evaluation-table.ts'
import {
  formatCount,
  formatDuration,
  formatMeanInterval,
  formatNumber,
  formatShare,
} from '../format.ts'
import { html, type Markup } from '../html.ts'
import { FROZEN, type ReportData } from '../report-data.ts'

const STATUS: Readonly<Record<string, string>> = {
  running: 'Still running',
  stopped: 'Stopped early',
  failed: 'Failed',
  finished: 'Finished',
  unknown: 'Status unknown',
}

/** What was run, how it ended, and the one result that matters. */
export function headerSection(data: ReportData): Markup {
  const { manifest } = data
  const status = manifest?.status ?? 'unknown'
  const error = manifest?.error
  return html`<header>
  <div class="title">
    <h1>${runName(data)}</h1>
    <span class="status ${status}" data-status="${status}">${STATUS[status]}</span>
  </div>
  <p class="muted">${subtitle(data)}</p>
  ${error === undefined ? null : html`<p class="note error"><strong>${error.message}</strong> ${error.origin === undefined ? '' : `at ${error.origin} `}${error.remedy ?? ''} <code>${error.code}</code></p>`}
  ${data.notes.map((note) => html`<p class="note">${note}</p>`)}
  ${headline(data)}
  ${tiles(data)}
</header>`
}

/** The manifest knows the name also where the config cannot be read. */
export const runName = ({ manifest, config, run }: ReportData): string =>
  manifest?.name ?? config?.name ?? run

function subtitle({ run, config, manifest }: ReportData): string {
  const parts = [`Run ${run}`]
  if (config !== null) {
    const students = Object.values(config.students).map(({ id, options }) =>
      id === FROZEN ? `${id} ${options.policy}` : id,
    )
    parts.push(
      config.stages === undefined
        ? `${students.join(', ')} under ${config.adversary.id} in ${config.env.id}`
        : `stages ${config.stages.map(({ name }) => name).join(', ')}`,
    )
  }
  if (manifest !== null) parts.push(`started ${minute(manifest.created)}`, `Agon ${manifest.agon}`)
  return parts.join(' · ')
}

/** The final solved rate, or mean return, of each slot on each suite, beside the untrained one. */
function headline({ evaluation }: ReportData): Markup[] {
  const slots = Object.entries(evaluation?.slots ?? {})
  return slots.flatMap(([slot, stored]) =>
    suiteTables(stored).flatMap(({ suite, solvable, final, baseline, measures }) => {
      if (final === null) return []
      const value = solvable ? formatShare : formatNumber
      const who = slots.length > 1 ? `${slot} on ${suite}` : suite
      const before =
        baseline === null
          ? null
          : html`, untrained <strong>${value(baseline.value)}</strong> <span class="muted">(${formatMeanInterval(baseline.interval, solvable)})</span>`
      const measured = measures
        .flatMap(({ name, above, final }) =>
          final === null
            ? []
            : `, ${name} ${(above === undefined ? formatNumber : formatShare)(final.value)}`,
        )
        .join('')
      return html`<p class="headline">${who}: ${solvable ? null : 'mean return '}<strong class="final">${value(final.value)}</strong> ${solvable ? 'solved ' : null}<span class="muted">(${intervalOf(final.interval, solvable)})</span>${before}${measured}</p>`
    }),
  )
}

const intervalOf = (interval: readonly [number, number], shares: boolean): string =>
  interval[0] === interval[1]
    ? formatMeanInterval(interval, shares)
    : `95 % interval ${formatMeanInterval(interval, shares)}`

/** `2025-11-23 13:30 UTC` of an ISO time; anything else as it stands. */
function minute(time: string): string {
  const match = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)[:.\d]*Z$/.exec(time)
  return match === null ? time : `${match[1]} ${match[2]} UTC`
}

function tiles(data: ReportData): Markup {
  const { config, evaluation } = data
  const spent = spentOf(data)
  const budget = config?.stages === undefined ? config?.budget : undefined
  const wall = data.timings.reduce((sum, { cycle_ms }) => sum + cycle_ms, 0)
  const [measured] = Object.values(evaluation?.slots ?? {}).flatMap(
    ({ baseline, final }) => final ?? baseline ?? [],
  )
  const evaluationSeed = measured === undefined ? '' : `of the evaluation: ${measured.seed}`
  return html`<dl class="tiles">
    ${tile('Cycles', formatCount(spent.cycles), limit(budget, 'cycles'))}
    ${tile('Gradient updates', formatCount(spent.gradientUpdates), limit(budget, 'gradientUpdates'))}
    ${tile('Environment steps', formatCount(spent.envSteps), limit(budget, 'envSteps'))}
    ${otherCounts(spent).map(({ unit, name, value }) => tile(name, value, limit(budget, unit)))}
    ${wall > 0 ? tile('Time in cycles', formatDuration(wall), '') : null}
    ${config === null ? null : tile('Seed', String(config.seed), evaluationSeed)}
  </dl>`
}

const tile = (name: string, value: string, below: string): Markup =>
  html`<div><dt>${name}</dt><dd>${value}${below === '' ? null : html` <small>${below}</small>`}</dd></div>`

function limit(budget: Budget | undefined, key: keyof Spent): string {
  const limits: Partial<Spent> = budget ?? {}
  return limits[key] === undefined ? '' : `of ${formatUnit(key, limits[key])} budgeted`
}

/** The last metrics row is newer than the manifest of a run that was killed. */
function spentOf({ manifest, metrics }: ReportData): Spent {
  const last = metrics[metrics.length - 1]
  if (last === undefined) return manifest?.spent ?? { cycles: 0, gradientUpdates: 0, envSteps: 0 }
  if (manifest !== null && manifest.spent.cycles >= last.cycle) return manifest.spent
  return spentOfRow(last)
}
