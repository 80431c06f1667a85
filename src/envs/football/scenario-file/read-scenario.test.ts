import { describe, expect, it } from 'vitest'
import type { AgonError } from '../../../core/errors.ts'
import { type FootballLevel, ROLES } from '../level.ts'
import { decodeLevel, encodeLevel } from '../level-space/codec.ts'
import { nativeHere } from '../native/testing/native-here.ts'
import { formatLevel } from '../text/format-level.ts'
import { parseLevels } from '../text/parse-levels.ts'
import { formatScenario, scenarioFileName } from './format-scenario.ts'
import { readScenario } from './read-scenario.ts'

const native = nativeHere()

const flag = (on: boolean): string => (on ? 'True' : 'False')

/** A team as the reference's files write it: six decimals, marks by name or by place. */
const team = (players: FootballLevel['left']): string[] =>
  players.map(({ x, y, role, lazy, controllable }) => {
    const marks = `${lazy ? ', True' : ''}${controllable ? '' : ', controllable=False'}`
    return `  builder.AddPlayer(${x.toFixed(6)}, ${y.toFixed(6)}, e_PlayerRole_${role}${marks})`
  })

/** The text of a scenario in the form of the reference's files, from its even and its odd episodes. */
function textOf(even: FootballLevel, odd: FootballLevel): string {
  const swaps = JSON.stringify(even.left) !== JSON.stringify(odd.left)
  const mirrored = even.ball[0] !== odd.ball[0]
  const ball = ({ ball: [x, y] }: FootballLevel): string => `builder.SetBallPosition(${x}, ${y})`
  return [
    '# coding=utf-8',
    '"""A scenario."""',
    'from . import *',
    '',
    'def build_scenario(builder):',
    `  builder.config().game_duration = ${even.gameDuration}`,
    ...(even.secondHalf === null ? [] : [`  builder.config().second_half = ${even.secondHalf}`]),
    `  builder.config().left_team_difficulty = ${even.difficulty[0]}`,
    `  builder.config().right_team_difficulty = ${even.difficulty[1]}`,
    '  builder.config().deterministic = False',
    `  builder.config().offsides = ${flag(even.offsides)}`,
    `  builder.config().end_episode_on_score = ${flag(even.endEpisodeOnScore)}`,
    `  builder.config().end_episode_on_out_of_play = ${flag(even.endEpisodeOnOutOfPlay)}`,
    `  builder.config().end_episode_on_possession_change = ${flag(even.endEpisodeOnPossessionChange)}`,
    ...(even.controlAllPlayers ? ['  builder.config().control_all_players = True'] : []),
    ...(mirrored
      ? [
          '  if builder.EpisodeNumber() % 2 == 0:',
          `    ${ball(even)}`,
          '  else:',
          `    ${ball(odd)}`,
        ]
      : [`  ${ball(even)}`]),
    ...(swaps
      ? [
          '  if builder.EpisodeNumber() % 2 == 0:',
          '    first_team = Team.e_Left',
          '    second_team = Team.e_Right',
          '  else:',
          '    first_team = Team.e_Right',
          '    second_team = Team.e_Left',
          '  builder.SetTeam(first_team)',
        ]
      : ['', '  builder.SetTeam(Team.e_Left)']),
    ...team(even.left),
    `  builder.SetTeam(${swaps ? 'second_team' : 'Team.e_Right'})`,
    ...team(even.right),
    '',
  ].join('\n')
}

const PLAYERS =
  '  builder.SetTeam(Team.e_Left)\n  builder.AddPlayer(-1.0, 0.0, e_PlayerRole_GK)\n' +
  '  builder.SetTeam(Team.e_Right)\n  builder.AddPlayer(-1.0, 0.0, e_PlayerRole_GK)\n'
const scenario = (body: string): string => `def build_scenario(builder):\n${body}${PLAYERS}`
const only = (body: string): FootballLevel => readScenario(scenario(body), 'it').levels[0].level

describe('a level as a scenario file', () => {
  const everything = parseLevels(`
ball: -0.25, 0.1
difficulty: 0.3 0.95
gameDuration: 128
secondHalf: 64
endEpisodeOn: score possessionChange
offsides: off
useMagnet: off
reverseTeamProcessing: on
left:
  GK -1 0 fixed
  CF -0.25 .05 lazy
  AM 0.00001 -4e-1
right:
  GK -1 0
  RB -0.0 0.42 lazy fixed
`)[0].level

  it('is read back as it was', () => {
    const { levels, notes } = readScenario(formatScenario(everything), 'it')
    expect(levels).toEqual([{ name: 'it', level: everything }])
    expect(notes).toEqual([])
  })

  it('says in words who else kicks off, and has the name of a module', () => {
    const { left, right } = everything
    const farther: FootballLevel = { ...everything, left, right, kickOff: 'right' }
    const text = formatScenario(farther)
    expect(text).toContain('# First kick-off: right.')
    expect(readScenario(text, 'it').levels[0].level).toEqual(everything)
    expect(scenarioFileName('01-L12.3')).toBe('01_L12_3.py')
  })

  it.skipIf(native === null)('is read back for each built-in scenario', () => {
    for (const name of native!.scenarios) {
      const level = decodeLevel(encodeLevel(native!.scenario(name, 2)))
      const { levels } = readScenario(formatScenario(level), name)
      expect({ ...levels[0].level, kickOff: level.kickOff }, name).toEqual(level)
    }
  })
})

describe.skipIf(native === null)('scenario files of the reference', () => {
  it.each(native?.scenarios ?? [])('give the levels of the built-in scenario %s', (name) => {
    const [even, odd] = [2, 3].map((episode) => native!.scenario(name, episode))
    const { levels } = readScenario(textOf(even, odd), name)
    const same = JSON.stringify(even) === JSON.stringify(odd)
    const kept = (same ? [even] : [even, odd]).map((level) => decodeLevel(encodeLevel(level)))
    expect(levels.map(({ level }) => level)).toEqual(kept)
    expect(levels.map((one) => one.name)).toEqual(same ? [name] : [name, `${name}-episode-3`])
    // Through the text form, too.
    const text = levels.map(({ name: called, level }) => formatLevel(level, called)).join('\n')
    expect(parseLevels(text)).toEqual(levels)
  })
})

describe('readScenario', () => {
  it('reads a file as people write it', () => {
    const source = [
      '"""Two lines',
      'of words."""',
      'import random  # never run',
      'from gfootball.scenarios import (Team,',
      '                                 e_PlayerRole_GK)',
      'HALF = 0.42',
      'def build_scenario(builder):',
      '\t"""Says what it does."""',
      '\tbuilder.config().game_duration = 4 * 100; builder.config().offsides = not True',
      '\tnear = -1 + 3 / 4  # -0.25',
      '\tif builder.EpisodeNumber() > 1000 or (near >= 0 and True):',
      '\t\tpass',
      '\telif near == -0.25: builder.config().use_magnet = False',
      '\telse:',
      '\t\tbuilder.config().nothing = 1',
      '',
      '\tbuilder.SetBallPosition(',
      '\t\tball_y=near / 2,  # named, over lines',
      '\t\tball_x=\\',
      '\t\t\t7 % 4 // 2,',
      '\t)',
      '\tbuilder.SetTeam(e_Team.e_Right)',
      '\tbuilder.AddPlayer(-1, 0, e_PlayerRole.e_PlayerRole_GK, lazy=True, controllable=False)',
      '\tbuilder.AddPlayer(x=-HALF if near < 0 else 0, y=0, role=e_PlayerRole_CB)',
    ].join('\r\n')
    const { levels, notes } = readScenario(source, 'mine')
    expect(notes).toEqual([])
    expect(levels).toHaveLength(1)
    expect(levels[0].level).toMatchObject({
      ball: [1, -0.125],
      gameDuration: 400,
      offsides: false,
      useMagnet: false,
      // The reference's stand-in for a team without players.
      left: [{ role: 'GK', x: -1, y: Math.fround(0.42), lazy: true, controllable: true }],
      right: [
        { role: 'GK', x: -1, y: 0, lazy: true, controllable: false },
        { role: 'CB', x: Math.fround(-0.42), y: 0, lazy: false, controllable: true },
      ],
    })
  })

  it('takes what the reference allows: keepers and lazy players off the pitch, two on one spot', () => {
    const level = only('')
    expect(level.mayOverlap).toBe(false)
    const { levels } = readScenario(
      'def build_scenario(b):\n  b.SetTeam(Team.e_Left)\n  b.AddPlayer(-1.2, 0.5, e_PlayerRole_GK, True)\n' +
        '  b.AddPlayer(0.1, 0.1, e_PlayerRole_CM)\n  b.AddPlayer(0.1, 0.1, e_PlayerRole_CF)\n' +
        '  b.AddPlayer(0.0, -0.6, e_PlayerRole_CB, lazy=True)\n',
      'aside',
    )
    expect(levels[0].level).toMatchObject({
      mayOverlap: true,
      left: [{ x: Math.fround(-1.2), y: 0.5 }, {}, {}, { y: Math.fround(-0.6), lazy: true }],
    })
  })

  it('tells episodes apart by whatever the file makes of their number', () => {
    const three = scenario('  builder.SetBallPosition(builder.EpisodeNumber() % 3 / 10, 0)\n')
    expect(
      readScenario(three, 'it').levels.map(({ name, level }) => [name, level.ball[0]]),
    ).toEqual([
      ['it', Math.fround(0.2)],
      ['it-episode-3', 0],
      ['it-episode-4', Math.fround(0.1)],
    ])
  })

  it('says what is no part of a level', () => {
    const { notes } = readScenario(
      scenario(
        '  builder.config().deterministic = True\n  builder.config().game_engine_random_seed = 7\n',
      ),
      'it',
    )
    expect(notes).toEqual([
      expect.stringContaining('deterministic'),
      expect.stringContaining('seed 7'),
    ])
  })

  it('ends a game before a half that would begin behind it', () => {
    expect(only('  builder.config().second_half = 99999999999\n').secondHalf).toBeNull()
    expect(only('  builder.config().second_half = 1500\n').secondHalf).toBe(1500)
  })

  it.each([
    ['', '1:1', /no function build_scenario/],
    ['x = 1', '1:1', /no function build_scenario/],
    ['def build(builder):\n  pass', '1:5', /'build' is not read/],
    [`import os\nos.system("rm")\n${scenario('')}`, '2:1', /os\.system/],
    [scenario('  import os\n'), '2:3', /'import' is not read/],
    [scenario('  for i in range(3):\n    pass\n'), '2:3', /'for' is not read/],
    [scenario('  builder.AddPlayers(1)\n'), '2:3', /AddPlayers\(\) is not read/],
    [scenario('  builder.config().gameduration = 1\n'), '2:3', /gameduration is not known/],
    [scenario('  builder.config().offsides = 2\n'), '2:31', /2 is neither True nor False/],
    [scenario('  builder.config().game_duration = 1 / 0\n'), '2:38', /division by zero/],
    [scenario('  builder.config().game_duration = x\n'), '2:36', /'x' is not known/],
    [scenario('  builder.config().game_duration = 0\n'), '1:1', /not 0/],
    [scenario('  builder.SetBallPosition(0.1)\n'), '2:3', /lacks ball_y/],
    [scenario('  builder.SetBallPosition(0.1, 0, 0)\n'), '2:35', /takes ball_x, ball_y/],
    [scenario('  builder.SetTeam(3)\n'), '2:3', /3 is no team/],
    [scenario('  builder.AddPlayer(0, 0, e_PlayerRole_XX)\n'), '2:3', /none of the roles/],
    [scenario('  builder.AddPlayer(0, 0, 1)\n'), '2:3', /none of the roles/],
    [scenario('  builder.AddPlayer(0, 0, role=e_PlayerRole_CM, 1)\n'), '2:49', /without a name/],
    [scenario('  x = [1, 2]\n'), '2:7', /'\[' stands where/],
    [scenario('  x = "a\n'), '2:7', /begins no word/],
    [scenario('  x = 1 2\n'), '2:9', /the end of the line/],
    [scenario('    x = 1\n  y = 2\n'), '3:3', /indented like no line/],
    [scenario('  x = 1 < 2 < 3\n'), '2:13', /chain/],
    [scenario(`  x = ${'('.repeat(5000)}1\n`), '2:57', /nested too deeply/],
    [scenario(`  x = ${'-'.repeat(5000)}1\n`), '2:107', /nested too deeply/],
    [scenario('  x = __import__("os").system("id")\n'), '2:7', /is not read/],
    [
      scenario('  builder.SetTeam(Team.e_Left)\n  builder.AddPlayer(0, 0, e_PlayerRole_CF)\n'),
      '3:3',
      /keeper/,
    ],
  ])('refuses %j with its place', (source, place, message) => {
    const error = (() => {
      try {
        readScenario(source, 'it')
      } catch (thrown) {
        return thrown as AgonError
      }
    })()
    expect(error?.message).toMatch(message)
    expect(error).toMatchObject({ code: 'level/scenario', place })
    expect(error?.remedy).toBeTruthy()
  })

  it('knows every role', () => {
    for (const role of ROLES.slice(1)) {
      const body = `  builder.SetTeam(Team.e_Left)\n  builder.AddPlayer(-1, 0, e_PlayerRole_GK)\n  builder.AddPlayer(0, 0.1, e_PlayerRole_${role})\n`
      const { levels } = readScenario(`def build_scenario(builder):\n${body}`, 'it')
      expect(levels[0].level.left[1].role).toBe(role)
    }
  })
})
