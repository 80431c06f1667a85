import { html, type Markup } from '../report/html.ts'
import { style as reportStyle } from '../report/page/style.ts'
import { pageDocument } from '../report/page-document.ts'
import { formatCount, formatDuration } from '../text/quantities.ts'
import type { Comparison, Estimate, Group } from './comparison.ts'
import { comparisonToJson } from './comparison-json.ts'
import { type IntervalRow, intervalPlot } from './page/interval-plot.ts'
import { colour, type Line, linePlot } from './page/line-plot.ts'

const style = `${reportStyle}
.plot { width: 100%; max-width: 640px; height: auto; font-size: 11px; }
.plot text { fill: var(--muted); stroke: none; }
.plot .grid { stroke: var(--line); } .plot .against { stroke: var(--ink); stroke-dasharray: 4 3; }
.plot .curve { fill: none; stroke: currentColor; stroke-width: 2; } .plot .band { fill: currentColor; opacity: .2; stroke: none; }
.key .swatch { background: currentColor; }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 460px), 1fr)); gap: 1rem; }
.wide { overflow-x: auto; } table { border-collapse: collapse; }
th, td { padding: .2rem .7rem; border-bottom: 1px solid var(--line); text-align: right; } th:first-child { text-align: left; }`

/** A page of a comparison: one HTML file that loads nothing; the numbers behind it stand in it as JSON. */
export function comparisonPage(comparison: Comparison): string {
  const { groups, notes } = comparison
  const body = html`<main>
<h1>${groups.map(({ name }) => name).join(', ')}</h1>
<p class="muted">${comparison.of} of final evaluations over ${comparison.levels.length} levels that all runs were measured on. Intervals: 95 %, stratified
bootstrap over seeds (Agarwal et al. 2021).</p>
${notes.map((note) => html`<p class="note">${note}.</p>`)}
<div class="key">${groups.map(({ name, runs }, index) => html`<span><i class="swatch ${colour(index)}"></i>${name} (${runs.length} ${runs.length === 1 ? 'seed' : 'seeds'})</span>`)}</div>
${aggregates(comparison)}
${profiles(comparison)}
${improvements(comparison)}
${curves(groups)}
${tables(comparison)}
</main>`
  return pageDocument({
    title: groups.map(({ name }) => name).join(', '),
    style,
    body,
    data: comparisonToJson(comparison),
    scripts: [],
  })
}

const section = (title: string, about: string, inside: Markup): Markup =>
  html`<section><h2>${title}</h2>${about === '' ? null : html`<p class="muted">${about}</p>`}${inside}</section>`

function aggregates({ of, groups }: Comparison): Markup {
  const range: readonly [number, number] | undefined = of === 'solved rate' ? [0, 1] : undefined
  const plot = (title: string, pick: (group: Group) => Estimate | null): Markup[] => {
    const rows = groups.flatMap((group, index): IntervalRow[] => {
      const estimate = pick(group)
      return estimate === null ? [] : [{ name: group.name, group: index, estimate }]
    })
    if (rows.length === 0) return []
    return [html`<div><h3>${title}</h3>${intervalPlot(rows, `${title} by group`, range)}</div>`]
  }
  const plots = [
    ...plot('Mean', ({ mean }) => mean),
    ...plot('Interquartile mean', ({ iqm }) => iqm),
    ...plot('Optimality gap (lower is better)', ({ optimalityGap }) => optimalityGap),
    ...plot('Worst tenth of random levels', ({ worstTenth }) => worstTenth),
  ]
  return section('Over levels × seeds', '', html`<div class="plots">${plots}</div>`)
}

function profiles({ groups }: Comparison): Markup | null {
  const lines = groups.flatMap(({ profile }, group): Line[] =>
    profile === null
      ? []
      : [{ group, x: profile.thresholds, y: profile.shares, low: profile.low, high: profile.high }],
  )
  if (lines.length === 0) return null
  const about =
    'Share of runs × levels with a solved rate above τ. A curve that lies higher everywhere is better.'
  const plot = linePlot({
    xLabel: 'τ',
    yLabel: 'share above τ',
    lines,
    rate: true,
    label: 'performance profiles',
  })
  return section('Performance profiles', about, plot)
}

function improvements({ improvements, groups }: Comparison): Markup | null {
  if (improvements.length === 0) return null
  const rows = improvements.map(({ better, than, probability }) => ({
    name: `${better} > ${than}`,
    group: groups.findIndex(({ name }) => name === better),
    estimate: probability,
  }))
  const about =
    'That a run of the first beats one of the second on a level drawn at random; equal ones count half.'
  return section(
    'Probability of improvement',
    about,
    intervalPlot(rows, 'probability of improvement', [0, 1], 0.5),
  )
}

function curves(groups: readonly Group[]): Markup | null {
  const keys = [...new Set(groups.flatMap(({ curves }) => curves.map(({ key }) => key)))]
  if (keys.length === 0) return null
  const plots = keys.map((key) => {
    const lines = groups.flatMap(({ curves }, group): Line[] =>
      curves
        .filter((curve) => curve.key === key)
        .map(({ envSteps, mean, low, high }) => ({ group, x: envSteps, y: mean, low, high })),
    )
    const rate = /solved?_rate$/.test(key)
    return html`<div><h3>${key}</h3>${linePlot({ xLabel: 'env steps', yLabel: '', lines, rate, label: key })}</div>`
  })
  const about =
    'Mean over the seeds by environment steps; the band reaches from the lowest to the highest seed.'
  return section('On the way', about, html`<div class="plots">${plots}</div>`)
}

function tables({ of, levels, groups }: Comparison): Markup {
  const head = html`<tr><th></th>${groups.map(({ name }) => html`<th>${name}</th>`)}</tr>`
  const row = (name: string, cells: readonly string[]): Markup =>
    html`<tr><th>${name}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`
  const spent = [
    row(
      'env steps',
      groups.map((group) => formatCount(group.spent.envSteps)),
    ),
    row(
      'gradient updates',
      groups.map((group) => formatCount(group.spent.gradientUpdates)),
    ),
    row(
      'wall time',
      groups.map(({ spent: { seconds } }) =>
        seconds === null ? '–' : formatDuration(seconds * 1000),
      ),
    ),
  ]
  const perLevel = levels.map((level, index) =>
    row(
      level,
      groups.map(({ scores }) => scores[index].toFixed(3)),
    ),
  )
  return html`${section('What a run took', 'Means over the runs.', html`<div class="wide"><table>${head}${spent}</table></div>`)}
${section('Levels', `Mean ${of} over the seeds.`, html`<details><summary>${levels.length} levels</summary><div class="wide"><table>${head}${perLevel}</table></div></details>`)}`
}
