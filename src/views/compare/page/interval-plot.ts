import { formatNumber } from '../../report/format.ts'
import { html, type Markup } from '../../report/html.ts'
import type { Estimate } from '../comparison.ts'
import { colour } from './line-plot.ts'
import { scaleOf, ticksOf } from './scale.ts'

export interface IntervalRow {
  readonly name: string
  /** Which colour: the place of its group. */
  readonly group: number
  readonly estimate: Estimate
}

const [WIDTH, LEFT, RIGHT, ROW, FOOT] = [560, 170, 150, 26, 24]
const MOST_NAME = 26

/** Estimates one below another, each a mark in its interval. @param at a line to read them against */
export function intervalPlot(
  rows: readonly IntervalRow[],
  label: string,
  range?: readonly [number, number],
  at?: number,
): Markup {
  const values = rows.flatMap(({ estimate: { value, interval } }) => interval ?? [value])
  const [low, high] = range ?? [Math.min(...values), Math.max(...values)]
  const x = scaleOf(low, high, LEFT, WIDTH - RIGHT)
  const height = rows.length * ROW + FOOT
  return html`<svg viewBox="0 0 ${WIDTH} ${height}" class="plot" role="img" aria-label="${label}">
${ticksOf(low, high).map(
  (
    tick,
  ) => html`<line class="grid" x1="${x.at(tick)}" x2="${x.at(tick)}" y1="0" y2="${height - FOOT}"/>
<text x="${x.at(tick)}" y="${height - 6}" text-anchor="middle">${formatNumber(tick)}</text>`,
)}
${at === undefined ? null : html`<line class="against" x1="${x.at(at)}" x2="${x.at(at)}" y1="0" y2="${height - FOOT}"/>`}
${rows.map(({ name, group, estimate }, index) => {
  const y = (index + 0.5) * ROW
  const [from, to] = estimate.interval ?? [estimate.value, estimate.value]
  return html`<text x="${LEFT - 10}" y="${y}" dy=".32em" text-anchor="end">${shortened(name)}<title>${name}</title></text>
<rect class="${colour(group)} band" x="${x.at(from)}" y="${y - 6}" height="12" width="${(Number(x.at(to)) - Number(x.at(from))).toFixed(1)}"/>
<line class="${colour(group)} curve" x1="${x.at(estimate.value)}" x2="${x.at(estimate.value)}" y1="${y - 8}" y2="${y + 8}"/>
<text x="${WIDTH - RIGHT + 10}" y="${y}" dy=".32em">${told(estimate)}</text>`
})}
</svg>`
}

const shortened = (name: string): string =>
  name.length <= MOST_NAME ? name : `${name.slice(0, MOST_NAME - 1)}…`

const told = ({ value, interval }: Estimate): string =>
  interval === null
    ? formatNumber(value)
    : `${formatNumber(value)} [${interval.map(formatNumber).join(', ')}]`
