import type { EvaluationFile } from '../../../run/contract.ts'
import {
  type Measured,
  type MeasureRow,
  type SuiteTable,
  suiteTables,
} from '../evaluation-table.ts'
import { formatInterval, formatMeanInterval, formatNumber, formatShare } from '../format.ts'
import { html, type Markup } from '../html.ts'

/** More levels than this are told by their mean; each one stands in the table. */
const MOST_BARS = 24

/** @param id of the section; others than the first of a page have none */
export function evaluationSection(
  evaluation: EvaluationFile | null,
  id: string | null = 'evaluation',
): Markup {
  const open = id === null ? html`<section>` : html`<section id="${id}">`
  const slots = Object.entries(evaluation?.slots ?? {})
  const measured = slots.filter(([, { baseline, final }]) => baseline ?? final)
  if (measured.length === 0)
    return html`${open}<h2>Evaluation</h2><p class="empty">Nothing was measured yet. A run is measured when it ends, its untrained student too; <code>agon eval</code> measures its policy at any time.</p></section>`
  const unfinished = measured.some(([, { final }]) => final === undefined)
  return html`${open}
  <h2>Evaluation</h2>
  <p class="muted">${measured.some(([, stored]) => suiteTables(stored).some(({ solvable }) => solvable)) ? 'Share of episodes solved on sealed levels, 95 % intervals: per level over its episodes (Wilson), per suite over its levels (bootstrap).' : 'Mean return on sealed levels, 95 % intervals (bootstrap): per level over its episodes, per suite over its levels. Nothing says above which return a level is solved.'}</p>
  ${
    measured.some(([, { baseline }]) => baseline !== undefined)
      ? html`<p class="key"><span><i class="swatch"></i>trained</span><span><i class="swatch baseline"></i>untrained: the same student before its first update</span></p>`
      : html`<p class="key"><span><i class="swatch"></i>as the policy is</span></p>`
  }
  ${unfinished ? html`<p class="note">The run ended before its final measurement: only the untrained student is shown.</p>` : null}
  ${measured.map(([slot, stored]) => html`${measured.length > 1 ? html`<h3>${slot}</h3>` : null}${suiteTables(stored).map(suiteBlock)}`)}
</section>`
}

function suiteBlock(table: SuiteTable): Markup {
  const { suite, rows } = table
  const bars =
    rows.length <= MOST_BARS
      ? rows.map(({ name, final, baseline }) => bar(table, { name, kind: 'one', final, baseline }))
      : []
  const { final, baseline } = table
  const episodes = table.episodes === 1 ? '1 episode' : `${table.episodes} episodes`
  return html`<div class="suite" data-suite="${suite}">
    <h4>${suite} <span class="muted">${rows.length} ${rows.length === 1 ? 'level' : 'levels'}, ${episodes} each</span></h4>
    <div class="bars">
      ${bar(table, { name: 'All levels', kind: 'mean', final, baseline })}
      ${bars}
    </div>
    ${table.measures.length === 0 ? null : measureTable(table.measures)}
    <details><summary>Table of ${suite}</summary>${levelTable(table)}</details>
  </div>`
}

interface Bar {
  readonly name: string
  readonly kind: 'mean' | 'one'
  readonly final: Measured | null
  readonly baseline: Measured | null
}

function bar(table: SuiteTable, { name, kind, final, baseline }: Bar): Markup {
  const { solvable, axis } = table
  const value = solvable ? formatShare : formatNumber
  const interval = kind === 'mean' ? formatMeanInterval : formatInterval
  const told = ({ interval: bounds }: Measured) => interval(bounds, solvable)
  return html`<div class="bar-row ${kind}" data-level="${name}">
    <span class="name">${name}</span>
    <span class="track">${stripe('final', final, axis)}${stripe('baseline', baseline, axis)}</span>
    <span class="value">${final === null ? '–' : html`<b>${value(final.value)}</b> <small>${told(final)}</small>`}
      ${baseline === null ? null : html`<small class="before">was ${value(baseline.value)}, ${told(baseline)}</small>`}</span>
  </div>`
}

const percent = (share: number): string => `${(share * 100).toFixed(2)}%`

function stripe(kind: string, measured: Measured | null, axis: SuiteTable['axis']): Markup | null {
  if (measured === null) return null
  const along = (value: number) => (value - axis[0]) / (axis[1] - axis[0])
  const [low, high] = measured.interval.map(along)
  const width =
    high > low
      ? html`<u data-left="${percent(low)}" data-width="${percent(high - low)}"></u>`
      : null
  return html`<span class="stripe ${kind}"><i data-width="${percent(along(measured.value))}"></i>${width}</span>`
}

function measureTable(measures: readonly MeasureRow[]): Markup {
  const shown = (measured: MeasureRow['final'], { above }: MeasureRow) =>
    measured === null
      ? '–'
      : html`<b>${formatMeasured(measured.value, above)}</b> <small>${measured.interval.map((bound) => formatMeasured(bound, above)).join(' to ')}</small>`
  return html`<div class="scroll"><table class="numbers measures">
    <thead><tr><th>All levels</th><th>Trained</th><th>Untrained</th><th>Better</th></tr></thead>
    <tbody>${measures.map((measure) => html`<tr><th scope="row" title="${measure.about}">${measure.name}</th><td>${shown(measure.final, measure)}</td><td>${shown(measure.baseline, measure)}</td><td>${measure.better}</td></tr>`)}</tbody></table></div>`
}

/** A share, or a mean. */
const formatMeasured = (value: number, above: number | undefined): string =>
  above === undefined ? formatNumber(value) : formatShare(value)

function levelTable({ rows, measures, solvable }: SuiteTable): Markup {
  const told = solvable ? formatShare : formatNumber
  const cell = (text: string) => html`<td>${text}</td>`
  const body = rows.map(({ name, final, baseline }) => {
    const change =
      final === null || baseline === null ? '–' : signed(final.value - baseline.value, told)
    const shown = final ?? baseline
    const cells = [
      final === null ? '–' : told(final.value),
      final === null ? '–' : formatInterval(final.interval, solvable),
      baseline === null ? '–' : told(baseline.value),
      change,
      ...measures.map(({ name, above }) => {
        const measured = shown?.measures[name]
        return measured === undefined ? '–' : formatMeasured(measured.value, above)
      }),
      ...(solvable ? [shown === null ? '–' : formatNumber(shown.meanReturn)] : []),
      shown === null ? '–' : formatNumber(shown.meanLength),
      shown === null ? '–' : String(shown.episodes),
    ]
    return html`<tr><th scope="row">${name}</th>${cells.map(cell)}</tr>`
  })
  return html`<div class="scroll"><table class="numbers">
    <thead><tr><th>Level</th><th>${solvable ? 'Solved' : 'Return'}</th><th>95 %</th><th>Untrained</th><th>Change</th>${measures.map(({ name, about }) => html`<th title="${about}">${name}</th>`)}${solvable ? html`<th>Return</th>` : null}<th>Length</th><th>Episodes</th></tr></thead>
    <tbody>${body}</tbody></table></div>`
}

const signed = (change: number, told: (value: number) => string): string =>
  `${change > 0 ? '+' : change < 0 ? '−' : '±'}${told(Math.abs(change))}`
