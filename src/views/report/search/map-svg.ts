import { formatNumber } from '../format.ts'
import { html, raw } from '../html.ts'
import { edgeOf } from './cell-text.ts'
import type { Axis, AxisBackdrop, FoundElite, SearchData } from './contract.ts'
import { ratioOf } from './page-search.ts'

const WIDTH = 360
const EDGE = { left: 42, right: 8, top: 22, bottom: 32 }
const COLUMNS = 3
const LEGEND = 34
const STEPS = 40
const COLOURS = [
  [68, 1, 84],
  [59, 82, 139],
  [33, 145, 140],
  [94, 201, 98],
  [253, 231, 37],
] as const
const TICKS = 7

/** What a map shows of an elite. */
type MappedElite = Pick<FoundElite, 'id' | 'cell' | 'objective'>

/** What a map is drawn of. */
export interface MappedSearch extends Pick<SearchData, 'spec' | 'backdrops'> {
  readonly found: { readonly elites: readonly MappedElite[] }
}

/** What one map shows: the elites of a category, or all. */
interface Facet {
  readonly name: string
  readonly elites: readonly MappedElite[]
}

/**
 * The maps of a search as a picture of its own, as the page draws them at first: over the first two axes of numbers, one for each
 * category of the first axis of categories. Self-contained, for pages that run no script.
 */
export function mapSvg({ spec, found, backdrops }: MappedSearch): string {
  const { axes } = spec
  const [x = 0, y = x] = axes.flatMap((axis, i) => (axis.kind === 'number' ? [i] : []))
  const backdrop = backdrops.find((one) => one.axes[0] === x && one.axes[1] === y)
  const facets = facetsOf(axes, [x, y], found.elites)
  const inner = WIDTH - EDGE.left - EDGE.right
  const height =
    inner * (backdrop === undefined ? plainRatio(axes, x, y) : ratioOf(backdrop.picture))
  const columns = Math.min(COLUMNS, facets.length)
  const lines = Math.ceil(facets.length / columns)
  const each = height + EDGE.top + EDGE.bottom
  const objectives = found.elites.map(({ objective }) => objective)
  const range = [Math.min(...objectives), Math.max(...objectives)] as const
  const maps = facets.map((facet, i) => {
    const at = `translate(${(i % columns) * WIDTH} ${Math.floor(i / columns) * each})`
    const drawn = mapOf(facet, { axes, x, y, height, backdrop, range })
    return `<g transform="${at}">${drawn}</g>`
  })
  const size = [columns * WIDTH, lines * each + LEGEND]
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.join(' ')}" width="${size[0]}" height="${size[1]}" font-family="system-ui,sans-serif" font-size="10" fill="#3a4149">` +
    `<rect width="${size[0]}" height="${size[1]}" fill="#fff"/>${maps.join('')}` +
    `<g transform="translate(${EDGE.left} ${lines * each + 8})">${legend(range, spec.objective)}</g></svg>\n`
  )
}

function facetsOf(
  axes: readonly Axis[],
  shown: readonly number[],
  elites: readonly MappedElite[],
): readonly Facet[] {
  const split = axes.findIndex((axis, i) => axis.kind === 'category' && !shown.includes(i))
  const axis = axes[split]
  if (axis?.kind !== 'category') return [{ name: '', elites }]
  return axis.values.map((name, value) => ({
    name,
    elites: elites.filter(({ cell }) => cell[split] === value),
  }))
}

const sizeOf = (axis: Axis): number => (axis.kind === 'number' ? axis.bins : axis.values.length)

const plainRatio = (axes: readonly Axis[], x: number, y: number): number =>
  Math.min(0.8, Math.max(0.1, (x === y ? 1 : sizeOf(axes[y])) / sizeOf(axes[x])))

interface Drawing {
  readonly axes: readonly Axis[]
  readonly x: number
  readonly y: number
  readonly height: number
  readonly backdrop: AxisBackdrop | undefined
  readonly range: readonly [number, number]
}

function mapOf({ name, elites }: Facet, drawing: Drawing): string {
  const { axes, x, y, height, backdrop, range } = drawing
  const inner = WIDTH - EDGE.left - EDGE.right
  const across = along(axes[x], backdrop?.x)
  const up = x === y ? (index: number) => index : along(axes[y], backdrop?.y)
  const left = (index: number): number => EDGE.left + inner * across(index)
  const top = (index: number): number => EDGE.top + height * (1 - up(index))
  const best = new Map<string, MappedElite>()
  for (const elite of elites) {
    const key = `${elite.cell[x]},${x === y ? 0 : elite.cell[y]}`
    if (!best.has(key)) best.set(key, elite)
  }
  const cells = [...best].map(([key, { objective, id }]) => {
    const [column, line] = key.split(',').map(Number)
    const [x0, x1] = ordered(left(column), left(column + 1))
    const [y0, y1] = ordered(top(line), top(line + 1))
    const fill = colourAt(range[1] > range[0] ? (objective - range[0]) / (range[1] - range[0]) : 1)
    return html`<rect x="${short(x0 + 0.4)}" y="${short(y0 + 0.4)}" width="${short(x1 - x0 - 0.8)}" height="${short(y1 - y0 - 0.8)}" fill="${fill}" fill-opacity=".88"><title>${`${id}: ${formatNumber(objective)}`}</title></rect>`
  })
  const mean = elites.reduce((sum, { objective }) => sum + objective, 0) / elites.length
  const told = `${name === '' ? '' : `${name}: `}${elites.length} levels${elites.length === 0 ? '' : `, mean ${formatNumber(mean)}`}`
  const ground =
    backdrop === undefined
      ? `<rect x="${EDGE.left}" y="${EDGE.top}" width="${inner}" height="${height}" fill="#eef0f2"/>`
      : placed(backdrop.picture, inner, height)
  return html`<text x="${EDGE.left}" y="14" font-size="12">${told}</text>${raw(ground)}${cells}${ticks(
    axes[x],
    (index) => [(left(index) + left(index + half(axes[x]))) / 2, EDGE.top + height + 13],
    'middle',
  )}<text x="${EDGE.left + inner / 2}" y="${EDGE.top + height + 26}" text-anchor="middle">${shown(axes[x])}</text>${
    x === y
      ? null
      : html`${ticks(axes[y], (index) => [EDGE.left - 5, (top(index) + top(index + half(axes[y]))) / 2 + 3], 'end')}<text transform="translate(9 ${short(EDGE.top + height / 2)}) rotate(-90)" text-anchor="middle">${shown(axes[y])}</text>`
  }`.markup
}

/** Where a bin's lower edge, or a category, lies: 0 … 1 from the left or from the bottom. */
const along =
  (axis: Axis, edges: readonly [number, number] | undefined) =>
  (index: number): number =>
    edges === undefined || axis.kind !== 'number'
      ? index / sizeOf(axis)
      : (edgeOf(axis, index) - edges[0]) / (edges[1] - edges[0])

/** Categories stand in the middle of their cell, edges of bins at them. */
const half = (axis: Axis): number => (axis.kind === 'number' ? 0 : 1)

function ticks(
  axis: Axis,
  at: (index: number) => readonly [number, number],
  anchor: string,
): { readonly markup: string } {
  const size = sizeOf(axis)
  const every = Math.max(1, Math.ceil(size / TICKS))
  const count = size + (axis.kind === 'number' ? 1 : 0)
  const marks = Array.from({ length: Math.ceil(count / every) }, (_, i) => i * every)
  return html`${marks.map((index) => {
    const [x, y] = at(index)
    const said = axis.kind === 'number' ? formatNumber(edgeOf(axis, index)) : axis.values[index]
    return html`<text x="${short(x)}" y="${short(y)}" text-anchor="${anchor}">${said}</text>`
  })}`
}

/** A drawing within this one, stretched into the map. */
const placed = (picture: string, width: number, height: number): string =>
  picture.replace(
    /^\s*<svg(?=[\s>])/,
    `<svg x="${EDGE.left}" y="${EDGE.top}" width="${width}" height="${short(height)}" preserveAspectRatio="none"`,
  )

function legend([least, most]: readonly [number, number], objective: string): string {
  const steps = Array.from(
    { length: STEPS },
    (_, i) =>
      `<rect x="${40 + 3 * i}" width="3.2" height="9" fill="${colourAt(i / (STEPS - 1))}"/>`,
  )
  return html`<text x="34" y="8" text-anchor="end">${formatNumber(least)}</text>${raw(steps.join(''))}<text x="${46 + 3 * STEPS}" y="8">${`${formatNumber(most)} ${objective}`}</text>`
    .markup
}

function colourAt(share: number): string {
  const at = Math.min(Math.max(share, 0), 1) * (COLOURS.length - 1)
  const from = Math.min(Math.floor(at), COLOURS.length - 2)
  const mixed = COLOURS[from].map((value, i) =>
    Math.round(value + (COLOURS[from + 1][i] - value) * (at - from)),
  )
  return `rgb(${mixed.join(',')})`
}

const ordered = (a: number, b: number): readonly [number, number] => (a < b ? [a, b] : [b, a])
const short = (value: number): string => String(Math.round(value * 10) / 10)
const shown = ({ name }: Axis): string => name.replaceAll('_', ' ')
