import { suggestion } from '../../core/nearest.ts'
import {
  type Field,
  type Fields,
  invalidText,
  type KeyedForm,
  numbersOf,
  parseKeyedLevel,
  parseKeyedLevels,
} from '../keyed-text.ts'
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

const FORM: KeyedForm<WalkerLevel> = {
  keys: ['terrain', 'seed', 'maxSteps', ...Object.keys(LINES)],
  levelOf,
  findDefect,
  keyOf(field) {
    const parameter = (PARAMETERS as readonly string[]).indexOf(field)
    return Object.keys(LINES).find((one) => LINES[one].includes(parameter)) ?? field
  },
}

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
export const parseLevel = (text: string): WalkerLevel => parseKeyedLevel(text, FORM)

/**
 * A file of levels; one without a name is called `level-<n>`, n from 1.
 * @throws AgonError `level/invalid`, also for a name given twice
 */
export const parseLevels = (text: string): NamedLevel[] => parseKeyedLevels(text, FORM)

function levelOf(fields: Fields): WalkerLevel {
  const said = fields.get('terrain')
  const terrain = TERRAINS.find((one) => one === (said?.text ?? 'parameters'))
  if (terrain === undefined)
    throw invalidText(
      `there is no terrain '${said?.text}'`,
      fields.place('terrain'),
      suggestion(said?.text ?? '', TERRAINS),
    )
  const [seed] = readNumbers(fields.needed('seed'), 1)
  const limit = fields.get('maxSteps')
  const base = {
    seed,
    ...(limit === undefined ? {} : { maxSteps: readNumbers(limit, 1)[0] }),
  }
  if (terrain === 'parameters')
    return {
      terrain,
      parameters: Object.entries(LINES).flatMap(([key, at]) =>
        readNumbers(fields.needed(key), at.length),
      ),
      ...base,
    }
  for (const key of Object.keys(LINES))
    if (fields.get(key) !== undefined)
      throw invalidText(
        `terrain '${terrain}' has no ${key}`,
        fields.place(key),
        'leave the line out',
      )
  return { terrain, ...base }
}

function readNumbers(field: Field, count: number): number[] {
  const numbers = numbersOf(field)
  if (numbers.length === count) return numbers
  throw invalidText(
    `has ${numbers.length} numbers`,
    field.place,
    count === 1 ? 'give one' : 'give the low and the high end',
  )
}
