import type { FootballLevel, LevelPlayer } from '../level.ts'
import { LEVEL_DEFAULTS } from '../level-space/level-defaults.ts'
import { float32Text } from '../text/float32-text.ts'

type Flag =
  | 'offsides'
  | 'useMagnet'
  | 'endEpisodeOnScore'
  | 'endEpisodeOnPossessionChange'
  | 'endEpisodeOnOutOfPlay'
  | 'controlAllPlayers'

const FLAGS: readonly (readonly [flag: Flag, field: string])[] = [
  ['offsides', 'offsides'],
  ['useMagnet', 'use_magnet'],
  ['endEpisodeOnScore', 'end_episode_on_score'],
  ['endEpisodeOnPossessionChange', 'end_episode_on_possession_change'],
  ['endEpisodeOnOutOfPlay', 'end_episode_on_out_of_play'],
  ['controlAllPlayers', 'control_all_players'],
]

/**
 * A level as a scenario file of Google Research Football: put into its `scenarios` folder, it is played under its file's
 * name. Reading it back gives the same level, but for who kicks off first where that is not the nearer team: the
 * reference knows no other.
 */
export function formatScenario(level: FootballLevel): string {
  const config = [
    `builder.config().game_duration = ${level.gameDuration}`,
    ...(level.secondHalf === null ? [] : [`builder.config().second_half = ${level.secondHalf}`]),
    `builder.config().left_team_difficulty = ${decimal(level.difficulty[0])}`,
    `builder.config().right_team_difficulty = ${decimal(level.difficulty[1])}`,
    'builder.config().deterministic = False',
    ...FLAGS.filter(([flag]) => level[flag] !== LEVEL_DEFAULTS[flag]).map(
      ([flag, field]) => `builder.config().${field} = ${truth(level[flag])}`,
    ),
    ...(level.reverseTeamProcessing === 'by-seed'
      ? []
      : [`builder.config().reverse_team_processing = ${truth(level.reverseTeamProcessing)}`]),
  ]
  const body = [
    ...config,
    `builder.SetBallPosition(${decimal(level.ball[0])}, ${decimal(level.ball[1])})`,
    '',
    'builder.SetTeam(Team.e_Left)',
    ...level.left.map(addPlayer),
    '',
    'builder.SetTeam(Team.e_Right)',
    ...level.right.map(addPlayer),
  ]
  return [
    '# A level of Agon. Copy it into gfootball/scenarios, or see docs/environments/football-original.md.',
    ...(level.kickOff === 'nearest' ? [] : [`# First kick-off: ${level.kickOff}.`]),
    'from . import *',
    '',
    '',
    'def build_scenario(builder):',
    ...body.map((line) => (line === '' ? '' : `  ${line}`)),
    '',
  ].join('\n')
}

function addPlayer({ x, y, role, lazy, controllable }: LevelPlayer): string {
  const marks = `${lazy ? ', lazy=True' : ''}${controllable ? '' : ', controllable=False'}`
  return `builder.AddPlayer(${decimal(x)}, ${decimal(y)}, e_PlayerRole_${role}${marks})`
}

const truth = (on: boolean): string => (on ? 'True' : 'False')

/** As a float of Python: the engine's binding takes no whole number where it wants one. */
function decimal(value: number): string {
  const text = float32Text(value)
  return /^-?\d+$/.test(text) ? `${text}.0` : text
}

/** What can be the name of a module: `01-L123` is `01_L123`. */
export const scenarioFileName = (name: string): string =>
  `${name.replaceAll(/[^A-Za-z0-9_]+/g, '_')}.py`
