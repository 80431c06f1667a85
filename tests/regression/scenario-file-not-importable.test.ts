import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseLevels } from 'agon/envs/football'
import { afterAll, describe, expect, it } from 'vitest'
import { jsonHere } from '../support/command-here.ts'
import { FOOTBALL_BUILT } from '../support/football.ts'

const dir = mkdtempSync(join(tmpdir(), 'agon-scenario-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

/** As users of the reference write them: teams exchanged on odd episodes, a keeper put out of the way, lazy opponents. */
const SCENARIO = `# Nobody in the other goal.
from . import *

def build_scenario(builder):
  builder.config().game_duration = 20
  builder.config().right_team_difficulty = 0.05
  builder.config().deterministic = True
  builder.config().offsides = False
  builder.config().end_episode_on_score = True
  if builder.EpisodeNumber() % 2 == 0:
    first_team = Team.e_Left
    second_team = Team.e_Right
  else:
    first_team = Team.e_Right
    second_team = Team.e_Left
  builder.SetBallPosition(0.02, 0.0)

  builder.SetTeam(first_team)
  builder.AddPlayer(-1.000000, 0.000000, e_PlayerRole_GK, controllable=False)
  builder.AddPlayer(0.000000, 0.020000, e_PlayerRole_CF)
  builder.SetTeam(second_team)
  builder.AddPlayer(-1.100000, 0.500000, e_PlayerRole_GK, lazy=True)
  builder.AddPlayer(-0.200000, -0.450000, e_PlayerRole_CB, True)
`

describe('agon import scenario', () => {
  const file = join(dir, 'empty_side.py')
  const out = join(dir, 'empty_side.txt')

  it('reads the builder calls of a scenario file', async () => {
    writeFileSync(file, SCENARIO)
    const { code, events, stderr } = await jsonHere(['import', 'scenario', file, '--out', out])
    expect(code, stderr).toBe(0)
    expect(events).toMatchObject([
      { kind: 'imported', path: out, levels: ['empty_side', 'empty_side-episode-3'] },
    ])
    expect(stderr).toContain('deterministic')
    const [even, odd] = parseLevels(readFileSync(out, 'utf8')).map(({ level }) => level)
    expect(even).toMatchObject({ gameDuration: 20, difficulty: [1, Math.fround(0.05)] })
    expect(even.right[0]).toMatchObject({ x: Math.fround(-1.1), y: 0.5, lazy: true })
    expect(even.right[1]).toMatchObject({ role: 'CB', y: Math.fround(-0.45), lazy: true })
    expect([odd.left, odd.right]).toEqual([even.right, even.left])
  })

  it('never runs it', async () => {
    const hostile = join(dir, 'hostile.py')
    const victim = join(dir, 'victim')
    writeFileSync(hostile, `import os\nos.system("touch ${victim}")\n${SCENARIO}`)
    const { code, stderr } = await jsonHere([
      'import',
      'scenario',
      hostile,
      '--out',
      join(dir, 'h.txt'),
    ])
    expect(code).toBe(2)
    expect(stderr).toContain(`${hostile}:2:1: what os.system() does is not known`)
    expect(() => readFileSync(victim)).toThrow()
    expect(() => readFileSync(join(dir, 'h.txt'))).toThrow()
  })

  it.skipIf(!FOOTBALL_BUILT)(
    'gives levels that are played, keepers off the pitch among them',
    async () => {
      const games = ['--games', '2', '--steps', '10', '--threads', '1']
      const { code, events, stderr } = await jsonHere([
        'play',
        'football',
        '--level',
        out,
        ...games,
      ])
      expect(code, stderr).toBe(0)
      expect(events.filter(({ kind }) => kind === 'game')).toHaveLength(2)
    },
  )
})
