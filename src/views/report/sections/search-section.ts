import type { GridFigures } from '../../../adversaries/grid/contract.ts'
import { formatCount, formatNumber, formatShare } from '../format.ts'
import { html, type Markup } from '../html.ts'
import { cellText } from '../search/cell-text.ts'
import type {
  AxisFigures,
  BesideRandom,
  DrawnElite,
  FreshValue,
  SearchData,
  ShownWeaknesses,
} from '../search/contract.ts'

const RANKED = 20

/** What a search over levels found: its map, the best of it, and what random levels found at the same cost. */
export function searchSection(search: SearchData, index: number): Markup {
  const { spec, found, stage, elites, beside, weaknesses } = search
  const title = stage === undefined ? 'Search' : `Search of ${stage}`
  const open = index === 0 ? html`<section id="search">` : html`<section>`
  if (found.attempts === 0)
    return html`${open}<h2>${title}</h2><p class="empty">No level has been attempted yet.</p></section>`
  return html`${open}<h2>${title}</h2>
  <p class="muted">${formatCount(found.attempts)} levels attempted, ${formatCount(found.scored)} of them with an objective (<b>${spec.objective}</b>). A cell holds the best level of its kind; choose one to see it.</p>
  ${tiles(search)}
  ${elites.length === 0 ? html`<p class="empty">No level has come into a cell.</p>` : map(search, index)}
  ${found.parts.map(partTable)}
  ${elites.length === 0 ? null : ranked(search, index)}
  ${beside === null ? null : besideTable(search, beside, index)}
  ${weaknesses === null ? null : weaknessTable(weaknesses)}
</section>`
}

function tiles({ found: { figures, cells }, spec }: SearchData): Markup {
  const { coverage, mean, max, qdScore } = figures
  const tile = (name: string, value: string, below = '') =>
    html`<div><dt>${name}</dt><dd>${value}${below === '' ? null : html` <small>${below}</small>`}</dd></div>`
  return html`<dl class="tiles">
    ${tile('Coverage', formatShare(coverage), `${formatCount(figures.cells)} of ${formatCount(cells)} cells`)}
    ${tile('Mean of the elites', mean === undefined ? '–' : formatNumber(mean))}
    ${tile('Highest', max === undefined ? '–' : formatNumber(max))}
    ${tile('QD score', formatNumber(qdScore), `above ${formatNumber(spec.offset)} each`)}
  </dl>`
}

/** Drawn by the page's script; the reader chooses which axes stand across and up where there are more than two. */
function map({ spec: { axes } }: SearchData, index: number): Markup {
  const choice = (which: string, label: string) =>
    html`<label class="field">${label} <select data-axis="${which}">${axes.map((axis, i) => html`<option value="${i}">${axis.name.replaceAll('_', ' ')}</option>`)}</select></label>`
  return html`<div class="search" data-search="${index}">
    <div class="bar"${axes.length < 2 ? html` hidden` : null}>${choice('x', 'Across')}${choice('y', 'Up')}</div>
    <div class="search-body"><div><div class="maps"></div><p class="scale" aria-hidden="true"></p></div>
    <div class="chosen" aria-live="polite"><p class="muted">Choose a cell of the map or a level of the table.</p></div></div>
  </div>`
}

function partTable({ axis, rows }: AxisFigures): Markup {
  return html`<h3>By ${axis.replaceAll('_', ' ')}</h3>
  <div class="scroll"><table class="numbers"><thead><tr><th>${axis}</th><th>Coverage</th><th>Mean</th><th>Highest</th><th>QD score</th></tr></thead>
  <tbody>${rows.map(({ name, figures }) => html`<tr><th scope="row">${name}</th>${figureCells(figures)}</tr>`)}</tbody></table></div>`
}

const figureCells = ({ coverage, mean, max, qdScore }: GridFigures): Markup =>
  html`<td>${formatShare(coverage)}</td><td>${mean === undefined ? '–' : formatNumber(mean)}</td><td>${max === undefined ? '–' : formatNumber(max)}</td><td>${formatNumber(qdScore)}</td>`

function ranked({ elites, spec, retests }: SearchData, index: number): Markup {
  const values = [...new Set(elites.slice(0, RANKED).flatMap((one) => Object.keys(one.values)))]
  const row = (elite: DrawnElite, i: number) =>
    html`<tr><th scope="row">${i + 1}</th><td class="told">${levelButton(elite.id, index)}</td><td><b>${formatNumber(elite.objective)}</b></td>${retests.map(({ levels }) => html`<td>${freshValue(levels[elite.id])}</td>`)}${values.map((name) => html`<td>${elite.values[name] === undefined ? '–' : formatNumber(elite.values[name])}</td>`)}<td class="told">${cellText(spec.axes, elite.cell)}</td><td class="told">${elite.emitter}</td></tr>`
  return html`<h3>Weakest points <span class="muted">The highest ${spec.objective} of ${formatCount(elites.length)} cells. The best of several noisy values is too high as a rule: measure it again before you rely on it.</span></h3>
  ${retests.map(({ policy, repeats, archived, fresh, interval }) => html`<p><b>${policy}</b> played the best levels again, ${repeats} fresh attempts each: mean ${freshValue({ fresh, interval })}${archived === null ? null : `, where the grid has ${formatNumber(archived)}`}.</p>`)}
  <div class="scroll"><table class="numbers ranked"><thead><tr><th></th><th class="told">Level</th><th>${spec.objective}</th>${retests.map(({ policy }) => html`<th>again: ${policy}</th>`)}${values.map((name) => html`<th>${name.replaceAll('_', ' ')}</th>`)}<th class="told">Cell</th><th class="told">Found by</th></tr></thead>
  <tbody>${elites.slice(0, RANKED).map(row)}</tbody></table></div>`
}

const freshValue = (value: FreshValue | undefined): Markup =>
  value === undefined || value.fresh === null
    ? html`–`
    : html`<b>${formatNumber(value.fresh)}</b>${value.interval === null ? null : html` <small>${value.interval.map(formatNumber).join(' to ')}</small>`}`

const levelButton = (id: string, search: number): Markup =>
  html`<button type="button" class="pick" data-pick="${search}" data-id="${id}">${id}</button>`

function besideTable({ spec }: SearchData, beside: BesideRandom, index: number): Markup {
  const { attempts, searched, randomly, only, better, worse, ahead } = beside
  return html`<h3>Beyond random levels <span class="muted">After ${formatCount(attempts)} attempts each, beside ${beside.random}.</span></h3>
  <div class="scroll"><table class="numbers"><thead><tr><th></th><th>Coverage</th><th>Mean</th><th>Highest</th><th>QD score</th></tr></thead><tbody>
  <tr><th scope="row">Search</th>${figureCells(searched)}</tr><tr><th scope="row">Random levels</th>${figureCells(randomly)}</tr></tbody></table></div>
  <p>${formatCount(only.searched)} cells were reached by the search alone, ${formatCount(only.randomly)} by random levels alone; where both are, the search is ahead in ${formatCount(better)} and behind in ${formatCount(worse)}.</p>
  ${
    ahead.length === 0
      ? null
      : html`<div class="scroll"><table class="numbers"><thead><tr><th>Furthest ahead</th><th>Search</th><th>Random levels</th><th class="told">Cell</th></tr></thead>
  <tbody>${ahead.map((cell) => html`<tr><td class="told">${levelButton(cell.id, index)}</td><td>${formatNumber(cell.searched)}</td><td>${cell.randomly === null ? 'nothing' : formatNumber(cell.randomly)}</td><td class="told">${cellText(spec.axes, cell.cell)}</td></tr>`)}</tbody></table></div>`
  }`
}

function weaknessTable({ games, teams, rows }: ShownWeaknesses): Markup {
  const share = (sightings: number, seen: number) =>
    sightings === 0 ? '–' : html`<b>${sightings}</b> <small>in ${seen} games</small>`
  return html`<h3>Classes of weakness <span class="muted">Moments in ${formatCount(games)} games on its levels.</span></h3>
  <div class="scroll"><table class="numbers weaknesses"><thead><tr><th>Class</th><th>${teams[0]}</th><th>${teams[1]}</th><th class="told">Seen in</th></tr></thead>
  <tbody>${rows.map((row) => html`<tr><th scope="row" title="${row.threshold}">${row.sentence}</th><td>${share(row.sightings[0], row.games[0])}</td><td>${share(row.sightings[1], row.games[1])}</td><td class="told">${row.where.join(', ')}</td></tr>`)}</tbody></table></div>`
}
