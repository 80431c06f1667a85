import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { agon } from '../support/command.ts'
import { jsonHere } from '../support/command-here.ts'
import { inCycles } from '../support/in-cycles.ts'
import { bitsOf, endsWell, quickRecipe, rowsOf, settings } from '../support/quick-recipe.ts'
import { SLOW, sampled } from '../support/tiers.ts'

const root = mkdtempSync(join(tmpdir(), 'agon-remidi-'))
afterAll(() => rmSync(root, { recursive: true }))

/** Of a quick recipe: its level space and its student, in few and short cycles; warm after one. */
const SHORT = [
  'budget={cycles: 4}',
  'cuts.every=1',
  'adversary.capacity=8',
  'adversary.minFill=0.25',
  'student.rollout={envs: 4, steps: 32}',
  'evaluation={suite: random:2, every: 0}',
]
/** A buffer for two cycles. */
const ORDERED = ['adversary.cyclesPerBuffer=2']
const MIX = ['env.maze.maxSteps=12']

const begun = (name: string, more: readonly string[]): string[] => [
  ...['run', quickRecipe(name)],
  ...settings(...SHORT, ...more),
]

const CASES: readonly (readonly [string, readonly string[]])[] = [
  ['blindfold-remidi', [...ORDERED, ...MIX]],
  ['maze-remidi', [...ORDERED, 'env.maxSteps=12']],
  ['tmaze-robust-plr', MIX],
]
it.each(sampled(CASES, 1))(
  'the quick recipe %s, shortened, runs to its end',
  async (name, more) => {
    const out = join(root, name)
    await endsWell([...begun(name, more), '--out', out])
    const rows = rowsOf(out)
    expect(rows).toHaveLength(4)
    for (const row of rows) expect(row['adversary/score_mean'] ?? 0).toBeGreaterThanOrEqual(0)
  },
)

const REFINING: readonly (readonly [string, readonly string[]])[] = [
  ['tmaze-remidi', [...ORDERED, ...MIX, 'env.tMazes=0.8']],
  ['lever-remidi', ORDERED],
]
it.each(sampled(REFINING, 1))('%s refines, by what overlaps', async (name, more) => {
  const out = join(root, name)
  await endsWell([...begun(name, more), '--out', out, '--workers', '1'])
  const rows = rowsOf(out)
  expect(rows.map((row) => row['adversary/open_buffer'])).toEqual([0, 0, 1, 1])
  // Nothing is frozen, so nothing overlaps; hidden levers and T-mazes do from then on.
  expect(rows[1]['adversary/overlap_share']).toBe(0)
  const shares = rows.slice(2).map((row) => row['adversary/overlap_share'])
  expect(Math.max(...shares)).toBeGreaterThan(0)
  // In `npm test` other curricula are killed; the buffers go into a snapshot and back by their unit test.
  if (!SLOW) return
  const killed = join(root, `${name}-killed`)
  const dying = await agon(
    [...begun(name, more), '--out', killed, '--workers', '2'],
    inCycles([3], (child) => child.kill('SIGKILL')),
  )
  expect(dying.signal).toBe('SIGKILL')
  await endsWell(['resume', killed])
  expect(bitsOf(killed)).toEqual(bitsOf(out))
})

it('refuses an environment that has no such probe in the first cycle', async () => {
  const path = join(root, 'walker.yaml')
  const parts = [
    'env: walker',
    'adversary: { id: remidi, score: max-mc }',
    'student: { id: ppo, network: { hidden: 8 }, rollout: { envs: 2, steps: 4 } }',
    'evaluation: { suite: random:1, every: 0 }',
    'budget: { cycles: 1 }',
  ]
  writeFileSync(path, `${parts.join('\n')}\n`)
  const { code, events } = await jsonHere(['run', path, '--out', join(root, 'walker')])
  expect(code).not.toBe(0)
  expect(events.at(-1)).toMatchObject({ code: 'probe/unknown' })
})
