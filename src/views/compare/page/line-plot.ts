import { formatNumber } from '../../report/format.ts'
import { html, type Markup } from '../../report/html.ts'
import { formatCount } from '../../text/quantities.ts'
import { scaleOf, ticksOf } from './scale.ts'

/** A curve with a band around it; all of one length, `x` ascending. */
export interface Line {
  /** Which colour: the place of its group. */
  readonly group: number
  readonly x: readonly number[]
  readonly y: readonly number[]
  readonly low: readonly number[]
  readonly high: readonly number[]
}

export interface LinePlot {
  readonly xLabel: string
  readonly yLabel: string
  readonly lines: readonly Line[]
  /** 0 … 1 whatever the data. */
  readonly rate: boolean
  /** For those who cannot see it. */
  readonly label: string
}

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [560, 300, 56, 12, 12, 40]

/** Eight colours; more groups take them again. */
export const colour = (group: number): string => `s${group % 8}`

/** Curves over common axes as an `<svg>`. */
export function linePlot({ xLabel, yLabel, lines, rate, label }: LinePlot): Markup {
  const xs = lines.flatMap((line) => [line.x[0], line.x[line.x.length - 1]])
  const ys = rate ? [0, 1] : lines.flatMap(({ low, high }) => [...low, ...high])
  const x = scaleOf(Math.min(...xs), Math.max(...xs), LEFT, WIDTH - RIGHT)
  const y = scaleOf(Math.min(...ys), Math.max(...ys), HEIGHT - BOTTOM, TOP)
  const path = (line: Line, of: readonly number[]): string =>
    of.map((value, i) => `${x.at(line.x[i])},${y.at(value)}`).join(' ')
  const band = (line: Line): string => {
    const back = line.low.map((value, i) => `${x.at(line.x[i])},${y.at(value)}`).reverse()
    return `${path(line, line.high)} ${back.join(' ')}`
  }
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" class="plot" role="img" aria-label="${label}">
${ticksOf(y.low, y.high).map(
  (
    tick,
  ) => html`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y.at(tick)}" y2="${y.at(tick)}"/>
<text x="${LEFT - 6}" y="${y.at(tick)}" dy=".32em" text-anchor="end">${formatNumber(tick)}</text>`,
)}
${ticksOf(x.low, x.high).map(
  (tick) =>
    html`<text x="${x.at(tick)}" y="${HEIGHT - BOTTOM + 16}" text-anchor="middle">${Math.abs(tick) < 1e4 ? formatNumber(tick) : formatCount(tick)}</text>`,
)}
${lines.map(
  (line) => html`<polygon class="band ${colour(line.group)}" points="${band(line)}"/>
<polyline class="curve ${colour(line.group)}" points="${path(line, line.y)}"/>`,
)}
<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 6}" text-anchor="middle">${xLabel}</text>
<text x="12" y="${(TOP + HEIGHT - BOTTOM) / 2}" text-anchor="middle" transform="rotate(-90 12 ${(TOP + HEIGHT - BOTTOM) / 2})">${yLabel}</text>
</svg>`
}
