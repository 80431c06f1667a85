import { COLUMNS, ROWS } from './grids.ts'

const [CELL, LEFT, TOP, GAP] = [15, 12, 26, 14]

/** From white at 0 and below over orange to dark red at 2. */
function colourOf(value: number): string {
  const share = Math.min(1, Math.max(0, value / 2))
  const mix = (from: readonly number[], to: readonly number[], by: number): string =>
    `rgb(${from.map((part, i) => Math.round(part + (to[i] - part) * by)).join()})`
  const [white, orange, red] = [
    [255, 255, 255],
    [244, 150, 60],
    [150, 10, 30],
  ]
  return share < 0.5 ? mix(white, orange, 2 * share) : mix(orange, red, 2 * share - 1)
}

/** Regret over the place of the ball, a pitch for each reference; the reference attacks to the right. */
export function drawHeatMaps(
  maps: readonly { readonly name: string; readonly cells: readonly (number | null)[] }[],
): string {
  const [width, height] = [COLUMNS * CELL, ROWS * CELL]
  const pitch = ({ name, cells }: (typeof maps)[number], at: number): string => {
    const x = LEFT + at * (width + GAP)
    const squares = cells.map((value, i) => {
      const place = `x="${x + CELL * (i % COLUMNS)}" y="${TOP + CELL * Math.floor(i / COLUMNS)}"`
      const fill = value === null ? '#d5d9de' : colourOf(value)
      return `<rect ${place} width="${CELL}" height="${CELL}" fill="${fill}"/>`
    })
    return `<text x="${x}" y="18" font-weight="bold">${name}</text>${squares.join('')}<rect x="${x}" y="${TOP}" width="${width}" height="${height}" fill="none" stroke="#555"/>`
  }
  const [all, below] = [LEFT + maps.length * (width + GAP), TOP + height + 22]
  const key = [0, 0.5, 1, 1.5, 2].map(
    (value, i) =>
      `<rect x="${LEFT + 60 * i}" y="${below - 10}" width="12" height="12" fill="${colourOf(value)}" stroke="#999"/><text x="${LEFT + 60 * i + 17}" y="${below}">${value}</text>`,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${all} ${below + 12}" font-family="sans-serif" font-size="11" fill="#444">
<rect width="${all}" height="${below + 12}" fill="#fff"/>
${maps.map(pitch).join('\n')}
${key.join('')}<text x="${LEFT + 310}" y="${below}">regret; grey: no level of this cell</text>
</svg>
`
}
