import { suggestion } from '../../core/nearest.ts'
import {
  type Fields,
  invalidText,
  type KeyedForm,
  type NamedLevel,
  numbersOf,
  parseKeyedLevel,
  parseKeyedLevels,
} from '../keyed-text.ts'
import { findDefect, type RacingLevel, TRACKS } from './level.ts'

/**
 * The form for people's files, one `key: value` a line:
 *
 *     name: Triangle
 *     points: 0.1 0.1, 0.9 0.1, 0.5 0.9
 *     maxSteps: 250
 *
 * `track` is `bezier` where it is left out; `gymnasium` has a `seed` instead of points. Lines that begin with `//` are
 * comments, and empty lines stand between the levels of a file.
 */
const FORM: KeyedForm<RacingLevel> = {
  keys: ['track', 'seed', 'maxSteps', 'points'],
  levelOf,
  findDefect,
}

export function formatLevel(level: RacingLevel, name?: string): string {
  const lines: string[] = name === undefined ? [] : [`name: ${name}`]
  lines.push(`track: ${level.track}`)
  if (level.track === 'gymnasium') lines.push(`seed: ${level.seed}`)
  if (level.maxSteps !== undefined) lines.push(`maxSteps: ${level.maxSteps}`)
  if (level.track === 'bezier') {
    const { points } = level
    const pairs = Array.from({ length: points.length / 2 }, (_, i) => {
      return `${points[2 * i]} ${points[2 * i + 1]}`
    })
    lines.push(`points: ${pairs.join(', ')}`)
  }
  return `${lines.join('\n')}\n`
}

/**
 * One level.
 * @throws AgonError `level/invalid` with the line and key in `place`
 */
export const parseLevel = (text: string): RacingLevel => parseKeyedLevel(text, FORM)

/**
 * A file of levels; one without a name is called `level-<n>`, n from 1.
 * @throws AgonError `level/invalid`, also for a name given twice
 */
export const parseLevels = (text: string): NamedLevel<RacingLevel>[] => parseKeyedLevels(text, FORM)

function levelOf(fields: Fields): RacingLevel {
  const said = fields.get('track')?.text ?? 'bezier'
  const track = TRACKS.find((one) => one === said)
  if (track === undefined)
    throw invalidText(
      `there is no track '${said}'`,
      fields.place('track'),
      suggestion(said, TRACKS),
    )
  const other = track === 'bezier' ? 'seed' : 'points'
  if (fields.get(other) !== undefined)
    throw invalidText(`track '${track}' has no ${other}`, fields.place(other), 'leave the line out')
  const limit = fields.get('maxSteps') === undefined ? {} : { maxSteps: one(fields, 'maxSteps') }
  if (track === 'gymnasium') return { track, seed: one(fields, 'seed'), ...limit }
  return { track, points: numbersOf(fields.needed('points')), ...limit }
}

function one(fields: Fields, key: string): number {
  const field = fields.needed(key)
  const numbers = numbersOf(field)
  if (numbers.length === 1) return numbers[0]
  throw invalidText(`has ${numbers.length} numbers`, field.place, 'give one')
}
