import type { FootballLevel } from '../level.ts'
import { encodeLevel } from '../level-space/codec.ts'
import { defectPlace, findDefect } from '../level-space/defect.ts'
import { FIRST_EPISODE } from '../suites/suites.ts'
import type { NamedLevel } from '../text/parse-levels.ts'
import { parseScenario } from './parse-scenario.ts'
import { scenarioError } from './place.ts'
import { type BuiltScenario, buildScenario } from './scenario-builder.ts'

/** Episodes that are looked at: enough for whatever a scenario does with the remainder of their number. */
const EPISODES = 12

export interface ReadScenario {
  /** One, or as many as the scenario tells apart by the number of the episode, the first episode's first. */
  readonly levels: readonly NamedLevel[]
  /** What it says that is no part of a level. */
  readonly notes: readonly string[]
}

/**
 * The levels of a scenario file of Google Research Football. The file is Python, and is read without being run.
 * @param name of the first level; those of other episodes are `<name>-episode-<number>`
 * @throws AgonError `level/scenario` with `line:column` for what is not read, and for what cannot be played
 */
export function readScenario(source: string, name: string): ReadScenario {
  const file = parseScenario(source)
  const levels = new Map<string, NamedLevel>()
  const notes = new Set<string>()
  for (let episode = FIRST_EPISODE; episode < FIRST_EPISODE + EPISODES; episode++) {
    const built = buildScenario(file, episode)
    for (const note of built.notes) notes.add(note)
    const level = playable(built)
    const key = Buffer.from(encodeLevel(level)).toString('base64')
    if (levels.has(key)) continue
    levels.set(key, { name: levels.size === 0 ? name : `${name}-episode-${episode}`, level })
  }
  return { levels: [...levels.values()], notes: [...notes] }
}

/** Two players on one spot are nothing that the reference minds. */
function playable({ level, places }: BuiltScenario): FootballLevel {
  if (findDefect(level) === null) return level
  const close = { ...level, mayOverlap: true }
  const defect = findDefect(close)
  if (defect === null) return close
  const { player, message } = defect
  const place = player === undefined ? undefined : places.get(`${player.side} ${player.index}`)
  throw scenarioError(
    `${defectPlace(defect)}: ${message}`,
    place ?? { line: 1, column: 1 },
    'docs/environments/football.md#levels says what can be played',
  )
}
