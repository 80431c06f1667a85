import { boardWidth, FRUITS, type FruitLevel, isOpen, onBoard } from './level.ts'

const FLOOR = '#f7f5f0'
const WALL = '#3b4252'
const AGENT = '#d9480f'
const COLOURS = { apple: '#c8453b', banana: '#e0b000' } as const

/** A self-contained `<svg>` of the board, 10 units a cell, the fruit that is right with a ring; `agent` where it stands now. */
export function drawLevel(level: FruitLevel, agent?: { x: number; y: number }): string {
  const { side, doors } = level
  const width = boardWidth(level)
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-5 -5 ${width * 10 + 10} ${side * 10 + 10}" role="img" aria-label="choice of fruit in ${doors.length + 1} rooms">`,
    `<rect x="-5" y="-5" width="${width * 10 + 10}" height="${side * 10 + 10}" fill="${WALL}"/>`,
  ]
  for (let y = 0; y < side; y++)
    for (let x = 0; x < width; x++)
      if (isOpen(level, x, y))
        parts.push(`<rect x="${x * 10}" y="${y * 10}" width="10" height="10" fill="${FLOOR}"/>`)
  for (const fruit of FRUITS) {
    const { x, y } = onBoard(side, doors.length, level[fruit])
    const ring = level.right === fruit ? ' stroke="#3a9d5d" stroke-width="1.5"' : ''
    parts.push(
      `<circle cx="${x * 10 + 5}" cy="${y * 10 + 5}" r="3.5" fill="${COLOURS[fruit]}"${ring}/>`,
    )
  }
  const { x, y } = agent ?? onBoard(side, 0, level.agent)
  parts.push(
    `<rect x="${x * 10 + 2.5}" y="${y * 10 + 2.5}" width="5" height="5" fill="${AGENT}" fill-opacity="0.85"/>`,
    '</svg>',
  )
  return parts.join('')
}
