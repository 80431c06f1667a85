import type { Backdrop } from '../../contract.ts'
import { HALF_LENGTH, HALF_WIDTH, METRES_X, METRES_Y } from '../metres.ts'

/** Metres around the lines: room for goals, and above for the arrows of attack. */
const MARGIN = 4
const TOP = 9

const STRIPES = 10
const GRASS = ['#5a9e5c', '#549757'] as const
const LINE = '#f4f7f2'

/** One decimal: a decimetre on the pitch. */
export const rounded = (metres: number): string => String(Math.round(metres * 10) / 10 + 0)

const text = (x: number, y: number, anchor: string, size: number, said: string): string =>
  `<text x="${x}" y="${y}" font-size="${size}" text-anchor="${anchor}" fill="#26332a">${said}</text>`

export interface Caption {
  /** What stands beside the arrow of each team. */
  readonly left: string
  readonly right: string
  /** Between them. */
  readonly middle: string
}

/**
 * A self-contained `<svg>` of the pitch, one unit a metre, the centre spot at 0, 0; the left team attacks to the right.
 * `figures` stand on it. Everything that does not change in the course of a game comes first.
 */
export function pitchSvg(label: string, caption: Caption, figures: string): string {
  const width = 2 * (HALF_LENGTH + MARGIN)
  const height = 2 * HALF_WIDTH + MARGIN + TOP
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${-HALF_LENGTH - MARGIN} ${-HALF_WIDTH - TOP} ${width} ${height}" role="img" aria-label="${label}" font-family="system-ui,sans-serif">` +
    `<rect x="${-HALF_LENGTH - MARGIN}" y="${-HALF_WIDTH - TOP}" width="${width}" height="${height}" fill="#eef2ec"/>${grass()}` +
    `<g fill="none" stroke="${LINE}" stroke-width="0.35">${lines()}</g>${arrows()}${figures}` +
    `${text(-HALF_LENGTH + 10.5, -HALF_WIDTH - 3.3, 'start', 3, caption.left)}` +
    `${text(HALF_LENGTH - 10.5, -HALF_WIDTH - 3.3, 'end', 3, caption.right)}` +
    `${text(0, -HALF_WIDTH - 3.3, 'middle', 3, caption.middle)}</svg>`
  )
}

/** The pitch alone with its margin, by field units of the ball: y is upwards on maps and downwards in football. */
export function emptyPitch(): Backdrop {
  const [length, width] = [HALF_LENGTH + 3, HALF_WIDTH + 2]
  return {
    picture:
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${-length} ${-width} ${2 * length} ${2 * width}">` +
      `${grass()}<g fill="none" stroke="${LINE}" stroke-width="0.35">${lines()}</g></svg>`,
    x: [-length / METRES_X, length / METRES_X],
    y: [width / METRES_Y, -width / METRES_Y],
  }
}

function grass(): string {
  const length = (2 * HALF_LENGTH) / STRIPES
  const outer = `<rect x="${-HALF_LENGTH - 3}" y="${-HALF_WIDTH - 2}" width="${2 * HALF_LENGTH + 6}" height="${2 * HALF_WIDTH + 4}" fill="${GRASS[1]}"/>`
  let stripes = ''
  for (let i = 0; i < STRIPES; i += 2)
    stripes += `M${-HALF_LENGTH + i * length} ${-HALF_WIDTH}h${length}v${2 * HALF_WIDTH}h${-length}z`
  return `${outer}<path d="${stripes}" fill="${GRASS[0]}"/>`
}

function lines(): string {
  const whole = `M${-HALF_LENGTH} ${-HALF_WIDTH}h${2 * HALF_LENGTH}v${2 * HALF_WIDTH}h${-2 * HALF_LENGTH}zM0 ${-HALF_WIDTH}v${2 * HALF_WIDTH}`
  const circle = '<circle r="9.15"/><circle r="0.4" fill="#f4f7f2" stroke="none"/>'
  return `<path d="${whole}${half(-1)}${half(1)}"/>${circle}${spot(-1)}${spot(1)}`
}

/** Penalty area, goal area, the arc before them, corner arcs and the goal of one end. */
function half(side: 1 | -1): string {
  const line = side * HALF_LENGTH
  const box = (depth: number, wide: number): string =>
    `M${line} ${-wide}h${-side * depth}v${2 * wide}h${side * depth}`
  // The arc of 9.15 m around the spot at 11 m leaves the area where 16.5 − 11 = 5.5 m are passed.
  const arc = `M${line - side * 16.5} -7.31A9.15 9.15 0 0 ${side === 1 ? 0 : 1} ${line - side * 16.5} 7.31`
  const corner = (end: 1 | -1): string =>
    `M${line - side} ${end * HALF_WIDTH}A1 1 0 0 ${side * end === 1 ? 1 : 0} ${line} ${end * (HALF_WIDTH - 1)}`
  const goal = `M${line} -3.7h${side * 2.4}v7.4h${-side * 2.4}`
  return box(16.5, 20.1) + box(5.5, 9.16) + arc + corner(1) + corner(-1) + goal
}

const spot = (side: 1 | -1): string =>
  `<circle cx="${side * (HALF_LENGTH - 11)}" r="0.4" fill="${LINE}" stroke="none"/>`

export const TEAM_COLOURS = { left: '#1f5fbf', right: '#c2362f' } as const
/** Of those who do nothing of their own accord. */
export const LAZY_COLOURS = { left: '#86a9d8', right: '#dc928d' } as const

/** Above the pitch: where each team attacks. */
function arrows(): string {
  const y = -HALF_WIDTH - 4.4
  const arrow = (from: number, ahead: 1 | -1, colour: string): string =>
    `<path d="M${from} ${y}h${ahead * 6.5}" stroke="${colour}" stroke-width="1"/>` +
    `<path d="M${from + ahead * 9} ${y}l${-ahead * 3} 1.7v-3.4z" fill="${colour}"/>`
  return arrow(-HALF_LENGTH, 1, TEAM_COLOURS.left) + arrow(HALF_LENGTH, -1, TEAM_COLOURS.right)
}
