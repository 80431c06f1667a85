import { AgonError } from '../core/errors.ts'
import { suggestion } from '../core/nearest.ts'

/**
 * Levels as people write them, one `key: value` a line. Lines that begin with `//` are comments, and empty lines stand between
 * the levels of a file; `name` is a key of every level.
 */
export interface KeyedForm<L> {
  /** Beside `name`. */
  readonly keys: readonly string[]
  levelOf(fields: Fields): L
  /** The first reason why the level cannot be attempted, and the field of it that is wrong; or null. */
  findDefect(level: L): { readonly message: string; readonly place: string } | null
  /** The key that a field of the level is written under; itself where this is absent. */
  keyOf?(field: string): string
}

export interface NamedLevel<L> {
  readonly name: string
  readonly level: L
}

export interface Field {
  readonly text: string
  readonly place: string
}

/** What is said of one level. */
export interface Fields {
  get(key: string): Field | undefined
  /** @throws AgonError `level/invalid` */
  needed(key: string): Field
  /** Where a key stands, or would. */
  place(key: string): string
}

/**
 * One level.
 * @throws AgonError `level/invalid` with the line and key in `place`
 */
export function parseKeyedLevel<L>(text: string, form: KeyedForm<L>): L {
  const levels = parseKeyedLevels(text, form)
  if (levels.length === 1) return levels[0].level
  throw invalidText(`the text holds ${levels.length} levels, expected one`, 'line 1')
}

/**
 * A file of levels; one without a name is called `level-<n>`, n from 1.
 * @throws AgonError `level/invalid`, also for a name given twice
 */
export function parseKeyedLevels<L>(text: string, form: KeyedForm<L>): NamedLevel<L>[] {
  const levels: NamedLevel<L>[] = []
  for (const block of blocksOf(text)) {
    const { name = `level-${levels.length + 1}`, level } = parseBlock(block, form)
    if (levels.some((other) => other.name === name))
      throw invalidText(`two levels are called '${name}'`, `line ${block[0].number}, name`)
    levels.push({ name, level })
  }
  if (levels.length === 0) throw invalidText('the text holds no level', 'line 1')
  return levels
}

interface Line {
  readonly number: number
  readonly text: string
}

function blocksOf(text: string): Line[][] {
  const blocks: Line[][] = [[]]
  for (const [i, written] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (written.startsWith('//')) continue
    if (written.trim() === '') blocks.push([])
    else blocks[blocks.length - 1].push({ number: i + 1, text: written.trim() })
  }
  return blocks.filter((block) => block.length > 0)
}

function parseBlock<L>(
  block: readonly Line[],
  form: KeyedForm<L>,
): { readonly name?: string; readonly level: L } {
  const fields = fieldsOf(block, ['name', ...form.keys])
  const name = fields.get('name')
  if (name?.text === '') throw invalidText('the name is empty', name.place)
  const level = form.levelOf(fields)
  const defect = form.findDefect(level)
  if (defect !== null) {
    const key = form.keyOf?.(defect.place) ?? defect.place
    throw invalidText(defect.message, fields.place(key))
  }
  return { ...(name === undefined ? {} : { name: name.text }), level }
}

function fieldsOf(block: readonly Line[], keys: readonly string[]): Fields {
  const found = new Map<string, Field>()
  for (const { number, text } of block) {
    const match = /^([A-Za-z]+)\s*:\s*(.*)$/.exec(text)
    if (match === null) throw invalidText(`'${text}' is no 'key: value'`, `line ${number}`)
    const [, key, value] = match
    const place = `line ${number}, ${key}`
    if (!keys.includes(key)) throw invalidText(`unknown key '${key}'`, place, suggestion(key, keys))
    if (found.has(key)) throw invalidText(`'${key}' is given twice`, place)
    found.set(key, { text: value, place })
  }
  const place = (key: string): string => found.get(key)?.place ?? `line ${block[0].number}, ${key}`
  return {
    get: (key) => found.get(key),
    needed(key) {
      const field = found.get(key)
      if (field !== undefined) return field
      throw invalidText(`there is no ${key}`, place(key), `add a line '${key}: …'`)
    },
    place,
  }
}

/**
 * The numbers of a field, parted by blanks or commas.
 * @throws AgonError `level/invalid` for what is no finite number
 */
export function numbersOf({ text, place }: Field): number[] {
  const words = text === '' ? [] : text.split(/[\s,]+/)
  return words.map((word) => {
    if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(word) || !Number.isFinite(Number(word)))
      throw invalidText(`'${word}' is not a number`, place)
    // The sum with 0 makes a negative zero a zero.
    return Number(word) + 0
  })
}

export const invalidText = (message: string, place: string, remedy?: string): AgonError =>
  new AgonError('level/invalid', message, { place, ...(remedy === undefined ? {} : { remedy }) })
