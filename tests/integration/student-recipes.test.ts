import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { agon } from '../support/command.ts'
import { jsonHere } from '../support/command-here.ts'
import { inCycles } from '../support/in-cycles.ts'
import { exactFiles } from '../support/run-files.ts'
import { sampled, slowly } from '../support/tiers.ts'

const root = mkdtempSync(join(tmpdir(), 'agon-student-recipes-'))
afterAll(() => rmSync(root, { recursive: true }))

/** A quick recipe in few and short cycles. */
const SHORT = [
  'budget={cycles: 3}',
  'cuts.every=1',
  'env.maxSteps=20',
  'student.rollout={envs: 4, steps: 24}',
  'evaluation={suite: random:2, every: 0}',
].flatMap((value) => ['--set', value])

const begun = (id: string, out: string, ...more: string[]): string[] => {
  const recipe = fileURLToPath(new URL(`../../recipes/${id}-quick.yaml`, import.meta.url))
  return ['run', recipe, '--out', out, ...SHORT, ...more]
}
async function ends(args: readonly string[]): Promise<void> {
  const { code, stderr } = await jsonHere(args)
  expect(stderr).not.toMatch(/Error|at .*\.js/)
  expect(code, stderr).toBe(0)
}
/** Without what says how many workers there were. */
const bits = (out: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(exactFiles(out)).filter(
      ([name]) => !/^(config\.yaml|cuts\/\d+\/manifest\.json)$/.test(name),
    ),
  )

const WARM = ['--set', 'adversary.capacity=8']
/** A core and a head that no other test runs a recipe of, then what shares its parts with others. */
const CASES: readonly (readonly [string, ...string[]])[] = [
  ['maze-parallel-accel-s5', ...WARM],
  ['walker-dr-beta'],
  ['maze-robust-plr-s5', ...WARM],
  ['maze-parallel-plr-s5', ...WARM],
  ['maze-paired-s5'],
  ['maze-dr-gru'],
  ['maze-dr-feedforward'],
]

describe('the quick recipes of cores', () => {
  it.concurrent.each(sampled(CASES, 2))('%s runs to its end, shortened', async (id, ...more) => {
    const out = join(root, id)
    await ends(begun(id, out, ...more, '--workers', '1'))
    const rows = readFileSync(join(out, 'metrics.jsonl'), 'utf8').trim().split('\n')
    expect(rows).toHaveLength(3)
  })

  // In `npm test` each core goes on from a snapshot by its unit test, and runs of other students are killed.
  for (const [id, ...more] of [['maze-dr-s5'], ['maze-accel-s5', ...WARM], ['walker-dr-beta']])
    slowly(`${id}, killed and resumed with one worker instead of two: the same bits`, async () => {
      const [calm, killed] = [join(root, `${id}-calm`), join(root, `${id}-killed`)]
      await ends(begun(id, calm, ...more, '--workers', '2'))
      const dying = await agon(
        begun(id, killed, ...more, '--workers', '1'),
        inCycles([2], (child) => child.kill('SIGKILL')),
      )
      expect(dying.signal).toBe('SIGKILL')
      await ends(['resume', killed])
      expect(bits(killed)).toEqual(bits(calm))
      await ends(['eval', calm, '--suite', 'random:2'])
    })
})
