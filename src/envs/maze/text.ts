import { AgonError } from '../../core/errors.ts'
import { suggestion } from '../../core/nearest.ts'
import { type Direction, findDefect, isStepLimit, MAX_SIDE, type MazeLevel } from './level.ts'

/**
 * The form for people's files. Header lines `key: value`, then the rows of the map:
 *
 *     name: Corner
 *     maxSteps: 450
 *     >.#.
 *     ..#G
 *
 * `#` wall, `.` free, `G` goal, `>` `v` `<` `^` the agent by its direction; in a memory maze `g` the wrong goal and
 * `c` the cue. A file holds several levels with empty lines between them; lines that begin with `//` are comments.
 */
const ARROWS = '>v<^'
const KEYS = ['name', 'size', 'maxSteps', 'occlusion']

export interface NamedLevel {
  readonly name: string
  readonly level: MazeLevel
}

export function formatLevel(level: MazeLevel, name?: string): string {
  const lines: string[] = []
  if (name !== undefined) lines.push(`name: ${name}`)
  if (level.maxSteps !== undefined) lines.push(`maxSteps: ${level.maxSteps}`)
  if (level.occlusion === true) lines.push('occlusion: on')
  for (let row = 0; row < level.height; row++) {
    let line = ''
    for (let column = 0; column < level.width; column++)
      line += cellText(level, row * level.width + column)
    lines.push(line)
  }
  return `${lines.join('\n')}\n`
}

function cellText(level: MazeLevel, cell: number): string {
  if (cell === level.agent) return ARROWS[level.direction]
  if (cell === level.goal) return 'G'
  if (cell === level.memory?.distractor) return 'g'
  if (cell === level.memory?.cue) return 'c'
  return level.walls[cell] === 0 ? '.' : '#'
}

/**
 * One level.
 * @throws AgonError `level/invalid`: `place` names row and column of the map (from 1) or the header key
 */
export function parseLevel(text: string): MazeLevel {
  const levels = parseLevels(text)
  if (levels.length !== 1)
    throw invalid(`the text holds ${levels.length} levels, expected one`, 'text')
  return levels[0].level
}

/**
 * A file of levels; one without a name is called `level-<n>`, n from 1.
 * @throws AgonError `level/invalid`, also for a name given twice
 */
export function parseLevels(text: string): NamedLevel[] {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => !line.startsWith('//'))
  const blocks: string[][] = [[]]
  for (const line of lines) {
    if (line.trim() === '') blocks.push([])
    else blocks[blocks.length - 1].push(line.trimEnd())
  }
  const levels: NamedLevel[] = []
  const seen = new Set<string>()
  for (const block of blocks) {
    if (block.length === 0) continue
    const level = parseBlock(block, `level-${levels.length + 1}`)
    if (seen.has(level.name)) throw invalid(`two levels are called '${level.name}'`, 'name')
    seen.add(level.name)
    levels.push(level)
  }
  if (levels.length === 0) throw invalid('the text holds no level', 'text')
  return levels
}

const invalid = (message: string, place: string, remedy?: string): AgonError =>
  new AgonError('level/invalid', message, { place, ...(remedy === undefined ? {} : { remedy }) })

function parseBlock(block: readonly string[], fallback: string): NamedLevel {
  const header = new Map<string, string>()
  let line = 0
  for (; line < block.length; line++) {
    const match = /^([A-Za-z]+):\s*(.*)$/.exec(block[line])
    if (match === null) break
    if (!KEYS.includes(match[1]))
      throw invalid(`unknown key '${match[1]}'`, match[1], suggestion(match[1], KEYS))
    if (header.has(match[1])) throw invalid(`'${match[1]}' is given twice`, match[1])
    header.set(match[1], match[2])
  }
  const name = header.get('name') ?? fallback
  if (name === '') throw invalid('the name is empty', 'name')
  try {
    return { name, level: parseMap(block.slice(line), header) }
  } catch (error) {
    if (!(error instanceof AgonError) || !header.has('name')) throw error
    const { remedy, place, fields } = error
    throw new AgonError(error.code, error.message, { remedy, place: `${name}: ${place}`, fields })
  }
}

function parseMap(rows: readonly string[], header: ReadonlyMap<string, string>): MazeLevel {
  if (rows.length === 0) throw invalid('there is no map below the header', 'row 1')
  const width = rows[0].length
  if (rows.length > MAX_SIDE || width > MAX_SIDE)
    throw invalid(`a maze has at most ${MAX_SIDE} rows and columns`, 'size')
  const marks = readMarks(rows, width)
  checkSize(header.get('size'), rows.length, width)
  const arrow = marks.arrow ?? missing('agent', '>, v, < or ^')
  const goal = marks.cells.get('G') ?? missing('goal', 'G')
  const distractor = marks.cells.get('g')
  const cue = marks.cells.get('c')
  if ((distractor === undefined) !== (cue === undefined))
    throw invalid(
      'a memory maze needs both a wrong goal and a cue',
      'map',
      'add the missing g or c',
    )
  const maxSteps = readLimit(header.get('maxSteps'))
  const level: MazeLevel = {
    height: rows.length,
    width,
    walls: marks.walls,
    agent: arrow.cell,
    direction: arrow.direction,
    goal,
    ...(maxSteps === undefined ? {} : { maxSteps }),
    ...(readSwitch(header.get('occlusion')) ? { occlusion: true } : {}),
    ...(distractor === undefined || cue === undefined ? {} : { memory: { distractor, cue } }),
  }
  const defect = findDefect(level)
  if (defect !== null) throw invalid(defect.message, defect.place)
  return level
}

interface Marks {
  readonly walls: Uint8Array
  readonly cells: ReadonlyMap<string, number>
  readonly arrow: { readonly cell: number; readonly direction: Direction } | undefined
}

function readMarks(rows: readonly string[], width: number): Marks {
  const walls = new Uint8Array(rows.length * width)
  const cells = new Map<string, number>()
  let arrow: Marks['arrow']
  for (let row = 0; row < rows.length; row++) {
    if (rows[row].length !== width)
      throw invalid(
        `the row has ${rows[row].length} cells, the first has ${width}`,
        `row ${row + 1}, column ${Math.min(rows[row].length, width) + 1}`,
        'give every row the same length',
      )
    for (let column = 0; column < width; column++) {
      const mark = rows[row][column]
      const cell = row * width + column
      const place = `row ${row + 1}, column ${column + 1}`
      const direction = ARROWS.indexOf(mark)
      if (mark === '#') walls[cell] = 1
      else if (direction >= 0) {
        if (arrow !== undefined) throw invalid('a second agent', place, 'keep one of > v < ^')
        arrow = { cell, direction: direction as Direction }
      } else if (mark === 'G' || mark === 'g' || mark === 'c') {
        if (cells.has(mark)) throw invalid(`a second '${mark}'`, place, 'write one level per goal')
        cells.set(mark, cell)
      } else if (mark !== '.')
        throw invalid(`unknown cell '${mark}'`, place, "use '#', '.', 'G' and one of '> v < ^'")
    }
  }
  return { walls, cells, arrow }
}

function missing(what: string, mark: string): never {
  throw invalid(`there is no ${what}`, 'map', `mark its cell with ${mark}`)
}

/** `size: <rows>x<columns>` is optional; where it stands it must be true. */
function checkSize(size: string | undefined, height: number, width: number): void {
  if (size === undefined) return
  const match = /^(\d+)\s*[x×]\s*(\d+)$/.exec(size)
  if (match === null) throw invalid(`size '${size}' is not <rows>x<columns>`, 'size')
  if (Number(match[1]) !== height)
    throw invalid(
      `the map has ${height} rows, its size says ${match[1]}`,
      `row ${Math.min(height, Number(match[1])) + 1}, column 1`,
    )
  if (Number(match[2]) !== width)
    throw invalid(
      `the rows have ${width} cells, the size says ${match[2]}`,
      `row 1, column ${Math.min(width, Number(match[2])) + 1}`,
    )
}

function readLimit(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d+$/.test(text) || !isStepLimit(Number(text)))
    throw invalid(`maxSteps '${text}' is not a positive integer`, 'maxSteps')
  return Number(text)
}

function readSwitch(text: string | undefined): boolean {
  if (text === undefined || text === 'off') return false
  if (text === 'on') return true
  throw invalid(`occlusion '${text}' is neither on nor off`, 'occlusion')
}
