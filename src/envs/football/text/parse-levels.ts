import { suggestion } from '../../../core/nearest.ts'
import type { FootballLevel, LevelPlayer } from '../level.ts'
import { ROLES } from '../level.ts'
import {
  type Defect,
  defectPlace,
  findDefect,
  MOST_PLAYERS,
  type Side,
} from '../level-space/defect.ts'
import { LEVEL_DEFAULTS } from '../level-space/level-defaults.ts'
import { FIELDS, type Field } from './fields.ts'
import { invalid, readNumber, type Word, wordAt } from './words.ts'

export interface NamedLevel {
  readonly name: string
  readonly level: FootballLevel
}

interface Line {
  readonly number: number
  readonly text: string
}

/**
 * A file of levels, which empty lines part; `//` begins a comment anywhere in a line. A level is header lines
 * `key: words`, all but the teams optional, and two teams of lines `role x y`, each in its own frame (its goal at x = −1):
 *
 *     name: One on one
 *     ball: 0.62 0
 *     endEpisodeOn: score outOfPlay
 *     left:
 *       GK -1 0
 *       CF 0.6 0
 *     right:
 *       GK -1 0 fixed   // played by the built-in AI, whatever agents there are
 *       CB -0.75 0 lazy
 *
 * One without a name is called `level-<n>`, n from 1.
 * @throws AgonError `level/invalid` with line and field in `place`, also for a name given twice
 */
export function parseLevels(text: string): readonly NamedLevel[] {
  const levels: NamedLevel[] = []
  for (const lines of blocksOf(text)) {
    const { name = `level-${levels.length + 1}`, level } = parseBlock(lines)
    if (levels.some((other) => other.name === name))
      throw invalid(`two levels are called '${name}'`, `line ${lines[0].number}, name`)
    levels.push({ name, level })
  }
  if (levels.length === 0) throw invalid('the text holds no level', 'line 1')
  return levels
}

/**
 * One level.
 * @throws AgonError `level/invalid` as {@link parseLevels}
 */
export function parseLevel(text: string): FootballLevel {
  const levels = parseLevels(text)
  if (levels.length === 1) return levels[0].level
  throw invalid(`the text holds ${levels.length} levels, expected one`, 'line 1')
}

/** A line that holds nothing but a comment parts nothing. */
function blocksOf(text: string): readonly (readonly Line[])[] {
  const blocks: Line[][] = []
  let open: Line[] | undefined
  for (const [index, written] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const said = written.replace(/\/\/.*$/, '').trim()
    if (written.trim() === '') open = undefined
    if (said === '') continue
    if (open === undefined) {
      open = []
      blocks.push(open)
    }
    open.push({ number: index + 1, text: said })
  }
  return blocks
}

type Header = Partial<Omit<FootballLevel, Side>>

/** What was read, and on which lines. */
interface Draft {
  name: string | undefined
  header: Header
  readonly teams: Partial<Record<Side, LevelPlayer[]>>
  /** By key, and by `left 2` for players. */
  readonly lines: Map<string, number>
}

function parseBlock(lines: readonly Line[]) {
  const draft: Draft = { name: undefined, header: {}, teams: {}, lines: new Map() }
  let side: Side | undefined
  for (const line of lines) {
    const match = /^([A-Za-z]+)\s*:\s*(.*)$/.exec(line.text)
    if (match !== null) side = readKey(draft, line.number, match[1], match[2])
    else if (side !== undefined) readPlayerLine(draft, side, line)
    else
      throw invalid(
        `'${line.text}' is neither 'key: …' nor a player of a team`,
        `line ${line.number}`,
        "players stand below 'left:' or 'right:'",
      )
  }
  const first = lines[0].number
  const level = {
    ...LEVEL_DEFAULTS,
    ...draft.header,
    left: draft.teams.left ?? missing('left', first),
    right: draft.teams.right ?? missing('right', first),
  }
  const defect = findDefect(level)
  if (defect === null) return { name: draft.name, level }
  throw invalid(defect.message, `line ${lineOf(defect, draft) ?? first}, ${defectPlace(defect)}`)
}

function missing(side: Side, line: number): never {
  throw invalid(`there is no ${side} team`, `line ${line}, ${side}`, `add '${side}:' and players`)
}

const lineOf = ({ player, field }: Defect, { lines }: Draft): number | undefined =>
  lines.get(player === undefined ? field : `${player.side} ${player.index}`)

const KEYS = ['name', ...Object.keys(FIELDS), 'left', 'right']

/** Reads a header line; the team whose players follow, if any. */
function readKey(draft: Draft, line: number, key: string, rest: string): Side | undefined {
  const place = `line ${line}, ${key}`
  if (!KEYS.includes(key)) throw invalid(`unknown key '${key}'`, place, suggestion(key, KEYS))
  if (draft.lines.has(key)) throw invalid(`'${key}' is given twice`, place)
  draft.lines.set(key, line)
  if (key === 'name') {
    if (rest === '') throw invalid('the name is empty', place)
    draft.name = rest
    return undefined
  }
  if (key === 'left' || key === 'right') {
    if (rest !== '') throw invalid(`'${rest}' behind '${key}:'`, place, 'give each player a line')
    draft.teams[key] = []
    return key
  }
  const field: Field = FIELDS[key as keyof typeof FIELDS]
  const words = rest === '' ? [] : rest.split(/[\s,]+/).map((text) => wordAt(text, line, key))
  draft.header = { ...draft.header, ...field.read(words, wordAt(key, line, key)) }
  return undefined
}

function readPlayerLine({ teams, lines }: Draft, side: Side, { number, text }: Line): void {
  const team = teams[side]!
  const at = `${side} player ${team.length}`
  if (team.length === MOST_PLAYERS)
    throw invalid(`a team has at most ${MOST_PLAYERS} players`, `line ${number}, ${at}`)
  const words = text.split(/\s+/)
  if (words.length < 3)
    throw invalid(
      `'${text}' is no player`,
      `line ${number}, ${at}`,
      "write 'role x y', such as CF 0.6 -0.1",
    )
  const [role, x, y, ...marks] = words.map((word, i) =>
    wordAt(word, number, `${at}, ${['role', 'x', 'y'][i] ?? 'mark'}`),
  )
  lines.set(`${side} ${team.length}`, number)
  team.push({
    role: role.among(ROLES),
    x: readNumber(x),
    y: readNumber(y),
    ...readMarks(marks),
  })
}

function readMarks(marks: readonly Word[]): Pick<LevelPlayer, 'lazy' | 'controllable'> {
  const said = new Set<string>()
  for (const mark of marks) {
    const name = mark.among(['lazy', 'fixed'])
    if (said.has(name)) throw mark.invalid(`'${name}' is given twice`)
    said.add(name)
  }
  return { lazy: said.has('lazy'), controllable: !said.has('fixed') }
}
