import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { agon } from '../support/command.ts'
import { jsonHere } from '../support/command-here.ts'
import { inCycles } from '../support/in-cycles.ts'
import { bitsOf, endsWell, quickRecipe, rowsOf, settings } from '../support/quick-recipe.ts'
import { slowly } from '../support/tiers.ts'

const root = mkdtempSync(join(tmpdir(), 'agon-samplr-'))
afterAll(() => rmSync(root, { recursive: true }))

/** Warm after one cycle, and from then on nothing but replay. */
const SHORT = [
  'budget={cycles: 3}',
  'cuts.every=1',
  'adversary.capacity=8',
  'adversary.replayProbability=1',
  'student.rollout={envs: 4, steps: 40}',
  'evaluation={suite: random:2, every: 0}',
]
const CASES = [
  // One room: fruits are eaten by chance.
  { id: 'fruit-samplr', tasks: 4, more: ['env.rooms=1'] },
  // Every level twice.
  { id: 'maze-samplr', tasks: 8, more: ['env.maze.maxSteps=20', 'adversary.repeats=2'] },
  { id: 'blindfold-samplr', tasks: 4, more: ['env.maze.maxSteps=20', 'env.blindfolds=1'] },
] as const
const begun = ({ id, more }: (typeof CASES)[number]): string[] => [
  ...['run', quickRecipe(id)],
  ...settings(...SHORT, ...more),
]

it.each(CASES)(
  'the quick recipe $id, shortened: learns from replay alone, by what the posterior supposes',
  async (one) => {
    const out = join(root, one.id)
    await endsWell([...begun(one), '--out', out, '--workers', '1'])
    const rows = rowsOf(out)
    expect(rows.map((row) => row.gradient_updates)).toEqual([0, 1, 2])
    expect(rows.map((row) => row.env_steps)).toEqual([1, 2, 3].map((n) => n * one.tasks * 40))
    for (const row of rows) {
      expect(row['adversary/unmatched_share']).toBe(0)
      expect(row['adversary/fictitious_return_mean']).toEqual(expect.any(Number))
      expect(row['agent/trained_share']).toBe(1)
    }
    // What is supposed is not what was.
    const apart = rows.filter(
      (row) => row['adversary/fictitious_return_mean'] !== row['agent/return_mean'],
    )
    expect(apart.length).toBeGreaterThan(0)
  },
)

// In `npm test` other curricula are killed, and this one goes into a snapshot and back by its unit test.
slowly('has the same bits when killed and resumed with another number of workers', async () => {
  const [, maze] = CASES
  const killed = join(root, 'killed')
  const dying = await agon(
    [...begun(maze), '--out', killed, '--workers', '2'],
    inCycles([2], (child) => child.kill('SIGKILL')),
  )
  expect(dying.signal).toBe('SIGKILL')
  await endsWell(['resume', killed])
  expect(bitsOf(killed)).toEqual(bitsOf(join(root, maze.id)))
})

it('refuses an environment in which nothing is hidden, before anything begins', async () => {
  const path = join(root, 'maze.yaml')
  writeFileSync(path, 'env: maze\nadversary: samplr\nbudget: { cycles: 1 }\n')
  const { code, events } = await jsonHere(['run', path, '--dry-run'])
  expect(code).toBe(2)
  expect(events.at(-1)).toMatchObject({ code: 'probe/unknown' })
})
