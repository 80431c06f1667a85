import type { FootballLevel } from '../level.ts'
import { numberOf, shown, type Value } from './evaluate-expression.ts'
import { type Place, scenarioError } from './place.ts'

/** What a scenario has set so far. */
export interface Draft {
  header: Partial<Omit<FootballLevel, 'left' | 'right'>>
  difficulty: [number, number]
  /** What the level does not hold, for people. */
  readonly notes: Set<string>
}

type Setting = (draft: Draft, value: Value, place: Place) => void
type Flag =
  | 'useMagnet'
  | 'offsides'
  | 'endEpisodeOnScore'
  | 'endEpisodeOnPossessionChange'
  | 'endEpisodeOnOutOfPlay'
  | 'controlAllPlayers'
  | 'reverseTeamProcessing'

const flag =
  (name: Flag): Setting =>
  (draft, value, place) => {
    draft.header = { ...draft.header, [name]: flagOf(value, place) }
  }

const difficulty =
  (team: 0 | 1): Setting =>
  (draft, value, place) => {
    draft.difficulty[team] = Math.fround(numberOf(value, place))
  }

/** Options of the environment rather than of the level. */
const elsewhere =
  (note: (value: Value) => string | null): Setting =>
  (draft, value) => {
    const told = note(value)
    if (told !== null) draft.notes.add(told)
  }

/** The fields of the reference's config, by name. */
export const CONFIG_FIELDS: Readonly<Record<string, Setting>> = {
  game_duration: (draft, value, place) => {
    draft.header = { ...draft.header, gameDuration: numberOf(value, place) }
  },
  second_half: (draft, value, place) => {
    draft.header = { ...draft.header, secondHalf: numberOf(value, place) }
  },
  left_team_difficulty: difficulty(0),
  right_team_difficulty: difficulty(1),
  use_magnet: flag('useMagnet'),
  offsides: flag('offsides'),
  end_episode_on_score: flag('endEpisodeOnScore'),
  end_episode_on_possession_change: flag('endEpisodeOnPossessionChange'),
  end_episode_on_out_of_play: flag('endEpisodeOnOutOfPlay'),
  control_all_players: flag('controlAllPlayers'),
  reverse_team_processing: flag('reverseTeamProcessing'),
  deterministic: elsewhere((value) =>
    value === true ? 'deterministic is an option of the environment, not of a level' : null,
  ),
  game_engine_random_seed: elsewhere(
    (value) => `the seed ${shown(value)} is left out: the seed of a game is not of its level`,
  ),
  left_agents: elsewhere(() => 'how many players agents play is an option of the environment'),
  right_agents: elsewhere(() => 'how many players agents play is an option of the environment'),
  real_time: elsewhere((value) => (value === true ? 'real_time is left out' : null)),
}

export function flagOf(value: Value, place: Place): boolean {
  if (typeof value === 'boolean') return value
  if (value === 0 || value === 1) return value === 1
  throw scenarioError(`${shown(value)} is neither True nor False`, place)
}
