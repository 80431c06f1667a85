import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agon } from '../support/command.ts'
import { jsonHere } from '../support/command-here.ts'
import { inCycles } from '../support/in-cycles.ts'
import { ENDED_WELL, NEEDS_PYTHON, PYTHON, python } from '../support/python.ts'
import { bitsOf, endsWell, quickRecipe, rowsOf, settings } from '../support/quick-recipe.ts'
import { sampled, slowly } from '../support/tiers.ts'

const root = mkdtempSync(join(tmpdir(), 'agon-builders-'))
afterAll(() => rmSync(root, { recursive: true }))

/** Of a quick recipe: its cast and its game, in few and short cycles. */
const SHORT = [
  'budget={cycles: 3}',
  'cuts.every=1',
  'env.maxSteps=20',
  'student.rollout={envs: 4, steps: 40}',
  'evaluation={suite: random:2, every: 0}',
]
interface Case {
  readonly name: string
  readonly slots: readonly string[]
  /** Of the builder as it begins: less than that of a uniform choice of cells, or of a number of deviation 1. */
  readonly entropy: number
  readonly more?: readonly string[]
}
const PAIR = ['antagonist', 'protagonist']
const MAZE = { slots: PAIR, entropy: 3 }
const WALKER = { slots: PAIR, entropy: 1 }
const RACING = { slots: PAIR, entropy: 3 }
// Warm after one cycle, and from then on nothing but replay.
const REPLAY = ['adversary.capacity=8', 'adversary.replayProbability=1']
const CASES: readonly Case[] = [
  // A regret against another, one against nobody, an archive; then what shares its parts with these.
  { ...MAZE, name: 'maze-paired' },
  { ...MAZE, name: 'maze-minimax-adversary', slots: ['agent'] },
  { ...WALKER, name: 'walker-repaired', more: REPLAY },
  { ...MAZE, name: 'maze-population-paired', slots: ['student-1', 'student-2', 'student-3'] },
  { ...MAZE, name: 'maze-repaired', more: REPLAY },
  { ...WALKER, name: 'walker-paired' },
  {
    ...RACING,
    name: 'racing-paired',
    more: ['env.maxSteps=5', 'student.rollout={envs: 4, steps: 5}'],
  },
  {
    ...RACING,
    name: 'racing-repaired',
    more: [...REPLAY, 'env.maxSteps=5', 'student.rollout={envs: 4, steps: 5}'],
  },
]

describe.each(sampled(CASES, 3))(
  'the quick recipe $name, shortened',
  ({ name, slots, entropy, more = [] }) => {
    const out = join(root, name)
    const begun = ['run', quickRecipe(name), ...settings(...SHORT, ...more)]
    beforeAll(() => endsWell([...begun, '--out', out, '--workers', '1']))

    it('runs to its end: the builder is paid the regret of what it built, and learns', () => {
      const rows = rowsOf(out)
      expect(rows).toHaveLength(3)
      const built = rows.filter((row) => 'adversary/builder_return' in row)
      expect(built.length).toBe(more.includes(REPLAY[1]) ? 1 : 3)
      for (const row of built) {
        expect(row['adversary/builder_return']).toBe(row['adversary/regret_mean'])
        expect(row['adversary/builder_entropy']).toBeGreaterThan(entropy)
        if (name === 'maze-minimax-adversary')
          expect(row['adversary/regret_max']).toBeLessThanOrEqual(0)
        else expect(row['adversary/regret_mean']).toBeGreaterThanOrEqual(0)
      }
      // Replay leaves the builder alone: nobody asks it.
      expect(rows.at(-1)).toMatchObject({ 'service/builder/calls': 2 * built.length })
      for (const slot of slots) expect(rows.at(-1)).toHaveProperty([`${slot}/entropy`])
      const state = readFileSync(join(out, 'cuts/3/state.json'), 'utf8')
      expect(state).toContain('service/builder')
    })

    // The one with an archive here, all in `npm run test:slow`.
    const tested = name === 'walker-repaired' ? it : slowly
    tested('killed and resumed with another number of workers: the same bits', async () => {
      const killed = join(root, `${name}-killed`)
      const dying = await agon(
        [...begun, '--out', killed, '--workers', '2'],
        inCycles([2], (child) => child.kill('SIGKILL')),
      )
      expect(dying.signal).toBe('SIGKILL')
      await endsWell(['resume', killed])
      expect(bitsOf(killed)).toEqual(bitsOf(out))
    })
  },
)

it('shows regret and builder in the report', () => {
  const page = readFileSync(join(root, 'maze-paired', 'report.html'), 'utf8')
  for (const title of ['Regret', 'Entropy of the builder', 'Losses of the builder'])
    expect(page).toContain(`<strong>${title}</strong>`)
})

it('refuses an environment whose levels nobody can build, before anything begins', async () => {
  const path = join(root, 'football.yaml')
  writeFileSync(path, 'env: football\nadversary: minimax-adversary\nbudget: { cycles: 1 }\n')
  const { code, events } = await jsonHere(['run', path, '--dry-run'])
  expect(code).toBe(2)
  expect(events.at(-1)).toMatchObject({ code: 'builder/no-game' })
})

describe.skipIf(PYTHON === null)(`an antagonist in Python under PAIRED ${NEEDS_PYTHON}`, () => {
  it('attempts what was built, and its returns pay the builder', async () => {
    const path = join(root, 'python.yaml')
    writeFileSync(
      path,
      [
        'env: { id: maze, height: 5, width: 5, nWalls: 6, maxSteps: 20 }',
        'adversary: paired',
        'students:',
        '  protagonist: { id: ppo, network: { hidden: 16 }, rollout: { envs: 4, steps: 40 } }',
        '  antagonist: { id: external, tasks: 4, steps: 64 }',
        'services: { builder: { id: builder, network: { hidden: 16, filters: 4 } } }',
        'placement: { student: { protagonist: local, antagonist: attach } }',
        'evaluation: { suite: random:2, every: 0 }',
        'budget: { cycles: 2 }',
        'hub: { attachSeconds: 100 }',
      ].join('\n'),
    )
    const out = join(root, 'python')
    const outside = python(
      'examples/numpy_student.py',
      ...[join(out, 'hub.json'), '--slot', 'antagonist', '--wait', '100'],
    )
    await endsWell(['run', path, '--out', out])
    expect(await outside.ended).toEqual(ENDED_WELL)
    for (const row of rowsOf(out)) {
      expect(row['adversary/builder_return']).toBe(row['adversary/regret_mean'])
      expect(row['antagonist/episodes']).toBeGreaterThan(0)
    }
  })
})
