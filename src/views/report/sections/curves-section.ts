import type { Chart, Charts } from '../charts.ts'
import { html, type Markup } from '../html.ts'

/**
 * Frames for the curves; the page's script draws into them, so that they fit any width.
 * @param frozen whether no student learned: then they are of the levels alone
 */
export function curvesSection(charts: Charts, frozen = false): Markup {
  const title = frozen ? 'Curves' : 'Learning curves'
  if (charts.axes.cycle.length === 0)
    return html`<section id="curves"><h2>${title}</h2><p class="empty">No cycle has been recorded.</p></section>`
  const dense =
    charts.stride > 1 ? ` Each point of a dense curve is the mean of ${charts.stride} cycles.` : ''
  return html`<section id="curves">
  <div class="bar">
    <h2>${title}</h2>
    <fieldset class="switch" id="x-axis">
      <legend>Over</legend>
      ${axisChoice('cycle', 'cycles', true)}
      ${axisChoice('gradient_updates', 'gradient updates', false)}
      ${axisChoice('env_steps', 'env steps', false)}
    </fieldset>
    <label class="check"><input type="checkbox" id="smooth" checked> smooth long curves</label>
  </div>
  <p class="muted">Point at a curve for its values, or focus a chart and use the arrow keys.${dense}${frozen ? ' The students are frozen: what changes is which levels they were given.' : ''}</p>
  <div class="charts">${charts.main.map((chart, index) => chartFrame(chart, 'main', index))}</div>
  ${
    charts.rest.length === 0
      ? null
      : html`<details id="all-metrics"><summary>All other metrics (${charts.rest.length})</summary>
  <div class="charts small">${charts.rest.map((chart, index) => chartFrame(chart, 'rest', index))}</div></details>`
  }
</section>`
}

const axisChoice = (value: string, label: string, checked: boolean): Markup =>
  html`<label><input type="radio" name="x" value="${value}"${checked ? ' checked' : ''}><span>${label}</span></label>`

function chartFrame(chart: Chart, group: string, index: number): Markup {
  return html`<figure class="chart" data-group="${group}" data-chart="${index}">
    <figcaption><strong>${chart.title}</strong>${chart.about === '' ? null : html` <span class="muted">${chart.about}</span>`}</figcaption>
    <div class="legend"></div>
    <div class="plot" tabindex="0" role="img" aria-label="${chart.title}"></div>
  </figure>`
}
