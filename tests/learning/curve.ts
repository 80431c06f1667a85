/** A learning curve as a self-contained SVG: one line a series, value by index from 1. */
export interface Series {
  readonly label: string
  readonly values: readonly number[]
}

const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT] = [640, 280, 48, 36, 28, 12]
/** Of the bold line; the faint one shows every value. */
const WINDOW = 20
const COLOURS = ['#0b6bcb', '#d1495b', '#2e8b57', '#8a5cc2', '#b8860b', '#444444']
/** Of a character of 11 px, on average and at most. */
const LETTER = 6.5

/** Mean of the last up to `WINDOW` values at each point. */
function smoothed(values: readonly number[]): number[] {
  return values.map((_, i) => {
    const window = values.slice(Math.max(0, i + 1 - WINDOW), i + 1)
    return window.reduce((a, b) => a + b, 0) / window.length
  })
}

export function drawCurve(title: string, unit: string, series: readonly Series[]): string {
  const step = Math.max(70, ...series.map(({ label }) => LETTER * label.length + 8))
  // A legend that does not fit beside the title has a line of its own.
  const beside = LEFT + LETTER * title.length + step * series.length < WIDTH - RIGHT
  const [legend, ceiling] = beside ? [16, TOP] : [32, TOP + 16]
  const all = series.flatMap((line) => line.values)
  const top = Math.max(...all)
  const [low, high] = [Math.min(0, ...all), top + 0.05 * Math.abs(top)]
  const length = Math.max(...series.map((line) => line.values.length))
  const x = (i: number): string => (LEFT + ((WIDTH - LEFT - RIGHT) * i) / (length - 1)).toFixed(1)
  const y = (v: number): string =>
    (HEIGHT - BOTTOM - ((HEIGHT - ceiling - BOTTOM) * (v - low)) / (high - low)).toFixed(1)
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => low + share * (high - low))
  const grid = ticks.map(
    (v) =>
      `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(v)}" y2="${y(v)}" stroke="#ddd"/>` +
      `<text x="${LEFT - 6}" y="${y(v)}" text-anchor="end" dominant-baseline="middle">${v.toFixed(2)}</text>`,
  )
  const path = (values: readonly number[], colour: string, style: string): string => {
    const points = values.map((v, i) => `${x(i)},${y(v)}`).join(' ')
    return `<polyline fill="none" stroke="${colour}" ${style} points="${points}"/>`
  }
  const lines = series.map(({ label, values }, s) => {
    const colour = COLOURS[s % COLOURS.length]
    return (
      path(values, colour, 'stroke-width="0.7" opacity="0.25"') +
      path(smoothed(values), colour, 'stroke-width="2"') +
      `<text x="${WIDTH - RIGHT - step * (series.length - s)}" y="${legend}" fill="${colour}">${label}</text>`
    )
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="11" fill="#444">
<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>
<text x="${LEFT}" y="16" font-weight="bold">${title}</text>
${grid.join('\n')}
<text x="${LEFT}" y="${HEIGHT - 16}">1</text>
<text x="${WIDTH - RIGHT}" y="${HEIGHT - 16}" text-anchor="end">${length}</text>
<text x="${WIDTH / 2}" y="${HEIGHT - 6}" text-anchor="middle">${unit}</text>
${lines.join('\n')}
</svg>
`
}
