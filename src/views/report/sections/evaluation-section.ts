import type { EvaluationFile } from '../../../run/contract.ts'
import {
  type LevelRow,
  type Measured,
  type MeasureRow,
  type SuiteTable,
  suiteTables,
} from '../evaluation-table.ts'
import { formatMeanInterval, formatNumber, formatShare, formatShares } from '../format.ts'
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
  <p class="muted">Share of episodes solved on sealed levels, 95 % intervals: per level over its episodes (Wilson), per suite over its levels (bootstrap).</p>
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
  const bars = rows.length <= MOST_BARS ? rows.map(levelBar) : []
  const episodes = table.episodes === 1 ? '1 episode' : `${table.episodes} episodes`
  return html`<div class="suite" data-suite="${suite}">
    <h4>${suite} <span class="muted">${rows.length} ${rows.length === 1 ? 'level' : 'levels'}, ${episodes} each</span></h4>
    <div class="bars">
      ${bar('All levels', 'mean', table.final, table.baseline)}
      ${bars}
    </div>
    ${table.measures.length === 0 ? null : measureTable(table.measures)}
    <details><summary>Table of ${suite}</summary>${levelTable(table)}</details>
  </div>`
}

const levelBar = (row: LevelRow): Markup => bar(row.name, 'one', row.final, row.baseline)

function bar(
  name: string,
  kind: 'mean' | 'one',
  final: Measured | null,
  baseline: Measured | null,
): Markup {
  const interval = kind === 'mean' ? formatMeanInterval : formatShares
  return html`<div class="bar-row ${kind}" data-level="${name}">
    <span class="name">${name}</span>
    <span class="track">${stripe('final', final)}${stripe('baseline', baseline)}</span>
    <span class="value">${final === null ? '–' : html`<b>${formatShare(final.solvedRate)}</b> <small>${interval(final.interval)}</small>`}
      ${baseline === null ? null : html`<small class="before">was ${formatShare(baseline.solvedRate)}, ${interval(baseline.interval)}</small>`}</span>
  </div>`
}

const percent = (share: number): string => `${(share * 100).toFixed(2)}%`

function stripe(kind: string, measured: Measured | null): Markup | null {
  if (measured === null) return null
  const [low, high] = measured.interval
  const width =
    high > low
      ? html`<u data-left="${percent(low)}" data-width="${percent(high - low)}"></u>`
      : null
  return html`<span class="stripe ${kind}"><i data-width="${percent(measured.solvedRate)}"></i>${width}</span>`
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

function levelTable({ rows, measures }: SuiteTable): Markup {
  const cell = (text: string) => html`<td>${text}</td>`
  const body = rows.map(({ name, final, baseline }) => {
    const change =
      final === null || baseline === null ? '–' : signed(final.solvedRate - baseline.solvedRate)
    const shown = final ?? baseline
    const cells = [
      final === null ? '–' : formatShare(final.solvedRate),
      final === null ? '–' : formatShares(final.interval),
      baseline === null ? '–' : formatShare(baseline.solvedRate),
      change,
      ...measures.map(({ name, above }) => {
        const measured = shown?.measures[name]
        return measured === undefined ? '–' : formatMeasured(measured.value, above)
      }),
      shown === null ? '–' : formatNumber(shown.meanReturn),
      shown === null ? '–' : formatNumber(shown.meanLength),
      shown === null ? '–' : String(shown.episodes),
    ]
    return html`<tr><th scope="row">${name}</th>${cells.map(cell)}</tr>`
  })
  return html`<div class="scroll"><table class="numbers">
    <thead><tr><th>Level</th><th>Solved</th><th>95 %</th><th>Untrained</th><th>Change</th>${measures.map(({ name, about }) => html`<th title="${about}">${name}</th>`)}<th>Return</th><th>Length</th><th>Episodes</th></tr></thead>
    <tbody>${body}</tbody></table></div>`
}

const signed = (share: number): string =>
  `${share > 0 ? '+' : share < 0 ? '−' : '±'}${formatShare(Math.abs(share))}`
