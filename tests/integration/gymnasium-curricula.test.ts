import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { agonHere } from '../support/command-here.ts'
import { NEEDS_PYTHON, PYTHON } from '../support/python.ts'
import { NEEDS_REAL_PACKAGES, REAL_PYTHON } from '../support/real-python.ts'
import { SLOW } from '../support/tiers.ts'

const EXAMPLES = fileURLToPath(new URL('../../examples/gymnasium/', import.meta.url))
const CLIENT = fileURLToPath(new URL('../../clients/python/', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'agon-curricula-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** One or two cycles of an example, hosted as its page says. */
async function play(
  python: string,
  script: readonly string[],
  config: string,
  ...settings: string[]
) {
  const file = join(folder, `${config}.json`)
  const host = spawn(
    python,
    [join(EXAMPLES, script[0]), ...script.slice(1), '--rendezvous', file],
    {
      env: { ...process.env, PYTHONPATH: CLIENT, PYTHONDONTWRITEBYTECODE: '1' },
      stdio: 'ignore',
    },
  )
  try {
    while (!existsSync(file)) {
      expect(host.exitCode).toBeNull()
      await sleep(50)
    }
    const out = join(folder, config)
    const short = ['budget={cycles: 2}', 'student.rollout.envs=4', 'student.rollout.steps=16']
    const all = [
      `env.remote=${file}`,
      ...short,
      'student.ppo.minibatches=1',
      'evaluation.every=0',
      'evaluation.episodes=1',
      ...settings,
    ]
    const sets = all.flatMap((setting) => ['--set', setting])
    const ended = await agonHere(['run', join(EXAMPLES, `${config}.yaml`), '--out', out, ...sets])
    expect(ended.stderr).not.toMatch(/\berror\b/)
    expect(ended.code).toBe(0)
    const rows = readFileSync(join(out, 'metrics.jsonl'), 'utf8').trim().split('\n')
    expect(rows).toHaveLength(2)
    return { ...ended, evaluation: readFileSync(join(out, 'evaluation.json'), 'utf8') }
  } finally {
    host.kill('SIGTERM')
  }
}

describe('curricula over Gymnasium', () => {
  it.skipIf(PYTHON === null)(`are declared as their page has it ${NEEDS_PYTHON}`, () => {
    const page = readFileSync(new URL('../../docs/curricula-gymnasium.md', import.meta.url), 'utf8')
    const [block] = page.matchAll(/^```python\n(.*?)^```/gms)
    expect(page.match(/^```\w/gm)).toEqual(['```p', '```s'])
    const program = [
      'import agon_client as agon',
      'from agon_client.stand_ins import Beacon as make',
      block[1].replaceAll(/^(?=agon\.serve)/gm, 'served = '),
      'level = LEVELS.level(7, length=0.5, cells=4, ground="ice")',
      'print(LEVELS.text(level), list(LEVELS.suites))',
      'served.close()',
    ].join('\n')
    const { stdout, stderr } = spawnSync(PYTHON as string, ['-c', program], {
      cwd: folder,
      env: { ...process.env, PYTHONPATH: CLIENT, PYTHONDONTWRITEBYTECODE: '1' },
      encoding: 'utf8',
    })
    expect(stderr).toBe('')
    const options = '{"cells":4,"ground":"ice","length":0.5}'
    expect(stdout).toBe(`{"options":${options},"seed":7} ['grounds']\n`)
  })

  it.skipIf(PYTHON === null)(`a grid of one’s own under ACCEL ${NEEDS_PYTHON}`, async () => {
    await play(PYTHON as string, ['own_grid.py'], 'grid-accel', 'evaluation.suite=random:2')
  })

  const real = it.skipIf(REAL_PYTHON === null)
  // Hopper and Atari games are trained on in every run by other files; their curricula in the slow tier.
  const others = SLOW ? real : () => {}
  const python = REAL_PYTHON as string
  real(`CartPole with lengths of its pole under ACCEL ${NEEDS_REAL_PACKAGES}`, async () => {
    const { evaluation } = await play(python, ['cartpole_lengths.py'], 'cartpole-accel')
    for (const pole of ['short', 'usual', 'long']) expect(evaluation).toContain(`"${pole}"`)
    expect(JSON.parse(evaluation).slots.agent.final.solvedRate).toBe(0)
  })

  others(`a hopper with friction and mass under PLR ${NEEDS_REAL_PACKAGES}`, async () => {
    const { evaluation } = await play(python, ['hopper_ground.py'], 'hopper-plr')
    expect(evaluation).toContain('"ice"')
  })

  others(`an Atari game with seeds as levels under PLR ${NEEDS_REAL_PACKAGES}`, async () => {
    const { evaluation, stderr } = await play(
      python,
      ['atari_seeds.py', 'ALE/Freeway-v5', '--size', '42', '--step-limit', '40'],
      'atari-plr',
      'student.network.hidden=16',
      'evaluation.suite=random:1',
    )
    // No threshold: its return is told.
    expect(JSON.parse(evaluation).slots.agent.final.solvedRate).toBeNull()
    expect(stderr).toContain('mean_return')
  })
})
