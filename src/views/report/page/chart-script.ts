/** Runs in the reader's browser: draws the learning curves as SVG at the width there is, with hover values. */
export const chartScript = `
const HEIGHT = 190
const MARGIN = { left: 46, right: 10, top: 8, bottom: 24 }
/** Shorter curves are drawn as they are. */
const SMOOTH_FROM = 60
const chartState = { axis: 'cycle', smooth: true }

function compact(value) {
  const size = Math.abs(value)
  if (size >= 1e9) return trim(value / 1e9) + 'G'
  if (size >= 1e6) return trim(value / 1e6) + 'M'
  if (size >= 1e4) return trim(value / 1e3) + 'k'
  if (size !== 0 && size < 1e-3) return value.toExponential(1)
  return trim(value)
}
function trim(value) {
  return String(Number(value.toPrecision(3)))
}

function ticksBetween(low, high, count) {
  const rough = (high - low) / count
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough * 0.999)
  const ticks = []
  for (let i = Math.ceil(low / step - 1e-6); i * step <= high + step * 1e-6; i++) ticks.push(i * step)
  return ticks
}

/** Exponential mean over about a twentieth of the curve, without the bias of its start. */
function smoothed(values) {
  const alpha = 2 / (values.length / 20 + 1)
  let mean = 0
  let weight = 0
  return values.map((value) => {
    mean += alpha * (value - mean)
    weight += alpha * (1 - weight)
    return mean / weight
  })
}

function domainOf(chart) {
  if (chart.rate) return [0, 1]
  let low = Infinity
  let high = -Infinity
  for (const { values } of chart.series)
    for (const value of values) {
      if (value < low) low = value
      if (value > high) high = value
    }
  const pad = (high - low) * 0.06 || Math.abs(high) * 0.1 || 1
  return [low >= 0 && low < pad ? 0 : low - pad, high + pad]
}

function shape(name, attributes, text) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  if (text !== undefined) made.textContent = text
  return made
}

function drawChart(figure) {
  const plot = figure.querySelector('.plot')
  const width = plot.clientWidth
  if (width === 0 || figure.closest('details:not([open])') !== null) return
  const chart = page.charts[figure.dataset.group][figure.dataset.chart]
  const axis = page.axes[chartState.axis]
  const [low, high] = domainOf(chart)
  const first = axis[0]
  const last = axis[axis.length - 1]
  const start = first >= 0 && first < last / 10 ? 0 : last > first ? first : first - 1
  const inner = width - MARGIN.left - MARGIN.right
  const x = (value) => MARGIN.left + ((value - start) / (last - start)) * inner
  const y = (value) => MARGIN.top + (1 - (value - low) / (high - low)) * (HEIGHT - MARGIN.top - MARGIN.bottom)
  const picture = shape('svg', { viewBox: '0 0 ' + width + ' ' + HEIGHT, width, height: HEIGHT, 'aria-hidden': true })
  const add = (name, attributes, text) => picture.append(shape(name, attributes, text))
  for (const tick of ticksBetween(low, high, 4)) {
    add('path', { class: 'grid', d: 'M' + MARGIN.left + ' ' + y(tick).toFixed(1) + 'H' + (width - MARGIN.right) })
    add('text', { class: 'tick', 'text-anchor': 'end', x: MARGIN.left - 6, y: (y(tick) + 4).toFixed(1) }, compact(tick))
  }
  for (const tick of ticksBetween(start, last, Math.max(2, Math.floor(inner / 90))))
    add('text', { class: 'tick', 'text-anchor': 'middle', x: Math.min(x(tick), width - 14).toFixed(1), y: HEIGHT - 6 }, compact(tick))
  for (const { row, name } of page.borders) {
    const at = x(axis[row])
    add('path', { class: 'border', d: 'M' + at.toFixed(1) + ' ' + MARGIN.top + 'V' + (HEIGHT - MARGIN.bottom) })
    add('text', { class: 'tick', x: (at + 3).toFixed(1), y: MARGIN.top + 10 }, name)
  }
  chart.series.forEach((series, index) => {
    const path = (values) => values.map((value, i) => (i === 0 ? 'M' : 'L') + x(axis[series.rows[i]]).toFixed(1) + ' ' + y(value).toFixed(1)).join('')
    const colour = ' s' + (index % 8)
    const soften = chartState.smooth && series.values.length >= SMOOTH_FROM
    add('path', { class: 'curve' + (soften ? ' faint' : '') + colour, 'data-points': series.values.length, d: path(series.values) })
    if (soften) add('path', { class: 'curve' + colour, d: path(smoothed(series.values)) })
    if (series.values.length <= 24)
      series.values.forEach((value, i) => add('circle', { class: 'point' + colour, r: 2.5, cx: x(axis[series.rows[i]]).toFixed(1), cy: y(value).toFixed(1) }))
  })
  add('g', { class: 'cursor' })
  plot.replaceChildren(picture)
  plot.dataset.axis = chartState.axis
  plotState.set(plot, { chart, axis, x, y, width })
  showLegend(figure, chart, null)
}

const plotState = new WeakMap()

/** Index of the point of a series nearest to \`value\` on the axis. */
function nearestPoint(series, axis, value) {
  let low = 0
  let high = series.rows.length - 1
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (axis[series.rows[middle]] < value) low = middle
    else high = middle
  }
  return Math.abs(axis[series.rows[low]] - value) <= Math.abs(axis[series.rows[high]] - value) ? low : high
}

/** Each curve's name with its last value, or with its value at the cursor. */
function showLegend(figure, chart, points) {
  const legend = figure.querySelector('.legend')
  legend.replaceChildren(
    ...chart.series.map((series, index) => {
      const entry = document.createElement('span')
      const swatch = document.createElement('i')
      swatch.style.background = 'var(--s' + (index % 8) + ')'
      const value = document.createElement('b')
      value.textContent = trim(series.values[points === null ? series.values.length - 1 : points[index]])
      entry.append(swatch, series.label + ' ', value)
      return entry
    }),
  )
}

/** \`at\` is a value on the axis, or null to take the cursor away. */
function showCursor(plot, at) {
  const state = plotState.get(plot)
  if (state === undefined) return
  const { chart, axis, x, y, width } = state
  const cursor = plot.querySelector('.cursor')
  const figure = plot.closest('figure')
  plot.cursorAt = at
  if (at === null) {
    cursor.replaceChildren()
    showLegend(figure, chart, null)
    return
  }
  const points = chart.series.map((series) => nearestPoint(series, axis, at))
  const here = axis[chart.series[0].rows[points[0]]]
  const dots = chart.series.map((series, i) => shape('circle', { class: 'point s' + (i % 8), r: 3.5, cx: x(axis[series.rows[points[i]]]), cy: y(series.values[points[i]]) }))
  const left = x(here) > width / 2
  cursor.replaceChildren(
    shape('path', { class: 'rule', d: 'M' + x(here) + ' ' + MARGIN.top + 'V' + (HEIGHT - MARGIN.bottom) }),
    ...dots,
    shape('text', { class: 'at', 'text-anchor': left ? 'end' : 'start', x: x(here) + (left ? -6 : 6), y: MARGIN.top + 10 }, here.toLocaleString('en')),
  )
  showLegend(figure, chart, points)
}

/** The point \`by\` places from the cursor, for the arrow keys. */
function moveCursor(plot, by) {
  const state = plotState.get(plot)
  if (state === undefined) return
  const series = state.chart.series[0]
  const from = plot.cursorAt == null ? series.rows.length - 1 - by : nearestPoint(series, state.axis, plot.cursorAt)
  const to = Math.min(Math.max(from + by, 0), series.rows.length - 1)
  showCursor(plot, state.axis[series.rows[to]])
}

const figures = [...document.querySelectorAll('figure.chart')]
for (const figure of figures) {
  const plot = figure.querySelector('.plot')
  plot.addEventListener('pointermove', (event) => {
    const state = plotState.get(plot)
    if (state === undefined) return
    const box = plot.getBoundingClientRect()
    const [start, end] = [state.x(0), state.x(1)]
    showCursor(plot, (event.clientX - box.left - start) / (end - start))
  })
  plot.addEventListener('pointerleave', () => showCursor(plot, null))
  plot.addEventListener('blur', () => showCursor(plot, null))
  plot.addEventListener('keydown', (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (by === undefined) return
    event.preventDefault()
    moveCursor(plot, by)
  })
  new ResizeObserver(() => drawChart(figure)).observe(plot)
}
document.getElementById('all-metrics')?.addEventListener('toggle', () => figures.forEach(drawChart))
for (const choice of document.querySelectorAll('#x-axis input'))
  choice.addEventListener('change', () => {
    chartState.axis = choice.value
    figures.forEach(drawChart)
  })
document.getElementById('smooth')?.addEventListener('change', (event) => {
  chartState.smooth = event.target.checked
  figures.forEach(drawChart)
})
`
