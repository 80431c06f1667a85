import { AgonError } from '../../core/errors.ts'
import { suggestion } from '../../core/nearest.ts'
import { findDefect, PARAMETERS, TERRAINS, type WalkerLevel } from './level.ts'

/**
 * The form for people's files, one `key: value` a line:
 *
 *     name: Rough steps
 *     terrain: parameters
 *     seed: 7
 *     roughness: 0.6
 *     pit: 0 0.8
 *     stump: 0 0.4
 *     stair: 2 2
 *     steps: 5
 *
 * `terrain` is `parameters` where it is left out; `plain` and `hardcore` have a seed alone. `maxSteps` may be given. Lines that
 * begin with `//` are comments, and empty lines stand between the levels of a file.
 */
const LINES: Readonly<Record<string, readonly number[]>> = {
  roughness: [0],
  pit: [1, 2],
  stump: [3, 4],
  stair: [5, 6],
  steps: [7],
}
const KEYS = ['name', 'terrain', 'seed', 'maxSteps', ...Object.keys(LINES)]

export interface NamedLevel {
  readonly name: string
  readonly level: WalkerLevel
}

export function formatLevel(level: WalkerLevel, name?: string): string {
  const lines: string[] = name === undefined ? [] : [`name: ${name}`]
  lines.push(`terrain: ${level.terrain}`, `seed: ${level.seed}`)
  if (level.maxSteps !== undefined) lines.push(`maxSteps: ${level.maxSteps}`)
  if (level.terrain === 'parameters')
    for (const [key, at] of Object.entries(LINES))
      lines.push(`${key}: ${at.map((i) => level.parameters[i]).join(' ')}`)
  return `${lines.join('\n')}\n`
}

/**
 * One level.
 * @throws AgonError `level/invalid` with the line and key in `place`
 */
export function parseLevel(text: string): WalkerLevel {
  const levels = parseLevels(text)
  if (levels.length === 1) return levels[0].level
  throw invalid(`the text holds ${levels.length} levels, expected one`, 'line 1')
}

/**
 * A file of levels; one without a name is called `level-<n>`, n from 1.
 * @throws AgonError `level/invalid`, also for a name given twice
 */
export function parseLevels(text: string): NamedLevel[] {
  const levels: NamedLevel[] = []
  for (const block of blocksOf(text)) {
    const { name = `level-${levels.length + 1}`, level } = parseBlock(block)
    if (levels.some((other) => other.name === name))
      throw invalid(`two levels are called '${name}'`, `line ${block[0].number}, name`)
    levels.push({ name, level })
  }
  if (levels.length === 0) throw invalid('the text holds no level', 'line 1')
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

interface Field extends Line {
  readonly place: string
}

function parseBlock(block: readonly Line[]): {
  readonly name?: string
  readonly level: WalkerLevel
} {
  const fields = new Map<string, Field>()
  for (const { number, text } of block) {
    const match = /^([A-Za-z]+)\s*:\s*(.*)$/.exec(text)
    if (match === null) throw invalid(`'${text}' is no 'key: value'`, `line ${number}`)
    const [, key, value] = match
    const place = `line ${number}, ${key}`
    if (!KEYS.includes(key)) throw invalid(`unknown key '${key}'`, place, suggestion(key, KEYS))
    if (fields.has(key)) throw invalid(`'${key}' is given twice`, place)
    fields.set(key, { number, text: value, place })
  }
  const first = `line ${block[0].number}`
  const name = fields.get('name')
  if (name?.text === '') throw invalid('the name is empty', name.place)
  const level = levelOf(fields, first)
  const defect = findDefect(level)
  if (defect !== null) throw invalid(defect.message, placeOf(defect.place, fields, first))
  return { ...(name === undefined ? {} : { name: name.text }), level }
}

function placeOf(field: string, fields: ReadonlyMap<string, Field>, first: string): string {
  const parameter = (PARAMETERS as readonly string[]).indexOf(field)
  const key = Object.keys(LINES).find((one) => LINES[one].includes(parameter)) ?? field
  return fields.get(key)?.place ?? `${first}, ${key}`
}

function levelOf(fields: ReadonlyMap<string, Field>, first: string): WalkerLevel {
  const said = fields.get('terrain')
  const terrain = TERRAINS.find((one) => one === (said?.text ?? 'parameters'))
  if (terrain === undefined)
    throw invalid(
      `there is no terrain '${said?.text}'`,
      said?.place ?? first,
      suggestion(said?.text ?? '', TERRAINS),
    )
  const needed = (key: string): Field =>
    fields.get(key) ??
    (() => {
      throw invalid(`there is no ${key}`, `${first}, ${key}`, `add a line '${key}: …'`)
    })()
  const [seed] = readNumbers(needed('seed'), 1)
  const limit = fields.get('maxSteps')
  const base = {
    seed,
    ...(limit === undefined ? {} : { maxSteps: readNumbers(limit, 1)[0] }),
  }
  if (terrain === 'parameters')
    return {
      terrain,
      parameters: Object.entries(LINES).flatMap(([key, at]) => readNumbers(needed(key), at.length)),
      ...base,
    }
  for (const key of Object.keys(LINES))
    if (fields.has(key))
      throw invalid(`terrain '${terrain}' has no ${key}`, needed(key).place, 'leave the line out')
  return { terrain, ...base }
}

function readNumbers({ text, place }: Field, count: number): number[] {
  const words = text === '' ? [] : text.split(/[\s,]+/)
  if (words.length !== count)
    throw invalid(
      `has ${words.length} numbers`,
      place,
      count === 1 ? 'give one' : 'give the low and the high end',
    )
  return words.map((word) => {
    if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(word) || !Number.isFinite(Number(word)))
      throw invalid(`'${word}' is not a number`, place)
    return Number(word) + 0
  })
}

const invalid = (message: string, place: string, remedy?: string): AgonError =>
  new AgonError('level/invalid', message, { place, ...(remedy === undefined ? {} : { remedy }) })
