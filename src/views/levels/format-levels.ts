import { formatCsv } from '../text/csv.ts'
import { formatScore } from '../text/quantities.ts'
import { formatTable } from '../text/table.ts'
import type { LevelSelection, SelectedLevel } from './contract.ts'
import { isPicture, pictureRows } from './pictures.ts'

const NOT_KNOWN = '–'
/** Ancestors in a cell of the table. */
const LONGEST_LINE = 4
const TITLES = {
  kept: 'kept after',
  attempted: 'attempted in',
  trained: 'trained on in',
} as const

/** For a terminal: what they are, a table, and pictures where the text of a level is one. */
export function selectionLines(
  selection: LevelSelection,
  texts: readonly (string | null)[],
  columns: number,
): string[] {
  const { levels, notes } = selection
  const pictures = levels.flatMap((level, i) => {
    const text = texts[i] ?? ''
    return isPicture(text) ? [{ title: `${i + 1} ${level.name}`, text }] : []
  })
  return [
    headline(selection),
    ...(levels.length === 0 ? [] : table(levels)),
    ...pictureRows(pictures, columns),
    ...(notes.length === 0 ? [] : ['', ...notes]),
  ]
}

function headline({ cycle, updates, stage, view, top, of, levels }: LevelSelection): string {
  const some = levels.length < of ? `${levels.length} of ${of} levels` : count(of, 'level')
  const where = stage === undefined ? '' : ` of ${stage}`
  const by = top === undefined || of === 0 ? '' : `, by ${top}`
  return `${some} ${TITLES[view]} cycle ${cycle}${where} (${count(updates, 'update')})${by}`
}

const count = (number: number, unit: string): string =>
  `${number} ${unit}${number === 1 ? '' : 's'}`

function table(levels: readonly SelectedLevel[]): string[] {
  const several = new Set(levels.flatMap(({ slots }) => slots)).size > 1
  const scored = [...new Set(levels.flatMap(({ scored }) => scored ?? []))].join('/')
  const slot = several ? ['slot'] : []
  const head = ['', 'level', ...slot, 'kind', 'operator', 'from', 'edits', 'trained', 'since']
  const numbers = [scored === '' ? 'score' : scored, 'return', 'solved', 'episodes']
  const rows = levels.map((level, i) => {
    const { attempt } = level
    return [
      String(i + 1),
      level.name,
      ...(several ? [level.slots.join(' ')] : []),
      level.kind,
      level.operator,
      from(level),
      String(level.generation),
      level.trained ? 'yes' : 'no',
      String(level.since),
      number(level.score),
      number(attempt?.return),
      number(attempt?.solved),
      attempt === undefined ? NOT_KNOWN : String(attempt.episodes),
    ]
  })
  const left = Array<'left'>(head.length - 4).fill('left')
  return formatTable(
    [[...head, ...numbers], ...rows],
    ['right', ...left, 'right', 'left', 'right', 'right', 'right', 'right', 'right'],
  )
}

/** Both parents of a crossover, or the line back to the generated level. */
const from = ({ parents, ancestry }: SelectedLevel): string => {
  const line = parents.length > 1 ? parents : ancestry.map(({ name }) => name)
  const shown = line.length > LONGEST_LINE ? [...line.slice(0, LONGEST_LINE), '…'] : line
  return (shown.length === 0 ? parents : shown).join(' ') || NOT_KNOWN
}

const number = (value: number | null | undefined): string =>
  value === null || value === undefined ? NOT_KNOWN : formatScore(value)

/** A level as plain data. */
export function levelRecord(
  level: SelectedLevel,
  index: number,
  text: string | null | undefined,
): Readonly<Record<string, unknown>> {
  const { name, attempt, level: bytes, ancestry, ...rest } = level
  return {
    rank: index + 1,
    level: name,
    ...rest,
    ...(attempt === undefined ? {} : attempt),
    ...(typeof text === 'string' ? { text } : {}),
    ancestry: ancestry.map(({ level, ...ancestor }) => ({ ...ancestor, bytes: base64(level) })),
    bytes: base64(bytes),
  }
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

const COLUMNS = [
  ...['rank', 'level', 'slots', 'kind', 'operator', 'parents', 'generation', 'trained', 'since'],
  ...['scored', 'score', 'return', 'solved', 'length', 'episodes', 'seed', 'digest'],
]

/** One line for each level, after `cycle` and `updates`. */
export function selectionCsv({ cycle, updates, levels }: LevelSelection): string {
  const rows = levels.map((level, i) => {
    const record = levelRecord(level, i, null)
    return [String(cycle), String(updates), ...COLUMNS.map((name) => cellOf(record[name]))]
  })
  return formatCsv([['cycle', 'updates', ...COLUMNS], ...rows])
}

const cellOf = (value: unknown): string =>
  value === null || value === undefined
    ? ''
    : Array.isArray(value)
      ? value.join(' ')
      : String(value)
