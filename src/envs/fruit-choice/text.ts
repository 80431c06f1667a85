import { AgonError } from '../../core/errors.ts'
import {
  boardWidth,
  FRUITS,
  type Fruit,
  type FruitLevel,
  findDefect,
  isOpen,
  onBoard,
} from './level.ts'

const OBJECTS: Readonly<Record<string, 'agent' | Fruit>> = { '@': 'agent', a: 'apple', b: 'banana' }

/**
 * The form for people's files: which fruit is right, then the board, `#` wall, `.` free, `@` agent, `a` apple, `b` banana.
 *
 *     right: banana
 *     @..#..a
 *     .......
 *     ...#b..
 */
export function formatLevel(level: FruitLevel): string {
  const { side, doors, right } = level
  const rows = Array.from({ length: side }, (_, y) =>
    Array.from({ length: boardWidth(level) }, (_, x): string => (isOpen(level, x, y) ? '.' : '#')),
  )
  for (const [sign, name] of Object.entries(OBJECTS)) {
    const { x, y } = onBoard(side, name === 'agent' ? 0 : doors.length, level[name])
    rows[y][x] = sign
  }
  return `right: ${right}\n${rows.map((row) => row.join('')).join('\n')}\n`
}

/** @throws AgonError `level/invalid` with the line in `place` */
export function parseLevel(text: string): FruitLevel {
  const [first, ...rows] = text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.trim())
  const right = FRUITS.find((fruit) => fruit === /^right:\s*(\w+)$/.exec(first)?.[1])
  if (right === undefined)
    throw invalid(
      `'${first}' does not say which fruit is right`,
      'line 1',
      "begin with 'right: apple'",
    )
  const side = rows.length
  const width = rows[0]?.length ?? 0
  if ((width + 1) % (side + 1) !== 0)
    throw invalid(`a board of ${side} × ${width} is no row of square rooms`, 'line 2')
  const found: Partial<Record<'agent' | Fruit, number>> = {}
  const last = (width + 1) / (side + 1) - 1
  const doors: number[] = []
  for (const [y, row] of rows.entries()) {
    const place = `line ${y + 2}`
    if (row.length !== width)
      throw invalid(`has ${row.length} cells, the first row ${width}`, place)
    for (const [x, sign] of [...row].entries()) {
      const [room, column] = [Math.floor(x / (side + 1)), x % (side + 1)]
      const name = OBJECTS[sign]
      if (column === side && sign === '.') {
        if (doors[room] !== undefined) throw invalid(`wall ${room + 1} has two doors`, place)
        doors[room] = y
      } else if (name !== undefined) {
        if (found[name] !== undefined) throw invalid(`there are two signs '${sign}'`, place)
        if (column === side || room !== (name === 'agent' ? 0 : last))
          throw invalid(
            `'${sign}' stands in the ${name === 'agent' ? 'first' : 'last'} room`,
            place,
          )
        found[name] = y * side + column
      } else if (sign !== (column === side ? '#' : '.'))
        throw invalid(`'${sign}' cannot stand in column ${x + 1}`, place)
    }
  }
  const { agent, apple, banana } = found
  if (agent === undefined || apple === undefined || banana === undefined)
    throw invalid("'@', 'a' and 'b' stand on the board once each", 'line 2')
  for (let wall = 0; wall < last; wall++)
    if (doors[wall] === undefined) throw invalid(`wall ${wall + 1} has no door`, 'line 2')
  const level = { side, doors, agent, apple, banana, right }
  const defect = findDefect(level)
  if (defect !== null) throw invalid(defect, 'line 2')
  return level
}

const invalid = (message: string, place: string, remedy?: string): AgonError =>
  new AgonError('level/invalid', message, { place, ...(remedy === undefined ? {} : { remedy }) })
