import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { agon } from '../support/command.ts'
import { jsonHere } from '../support/command-here.ts'
import { exactFiles } from '../support/run-files.ts'
import { SLOW, slowly } from '../support/tiers.ts'

const root = mkdtempSync(join(tmpdir(), 'agon-walker-run-'))
afterAll(() => rmSync(root, { recursive: true }))
const recipe = (id: string): string =>
  fileURLToPath(new URL(`../../recipes/walker-${id}-quick.yaml`, import.meta.url))

/** A few of the recipe's cycles, cut often. */
const SHORT = [
  '--set=budget={ gradientUpdates: 6 }',
  '--set=cuts.every=3',
  '--set=evaluation={ suite: "random:2", every: 4, final: { suite: "random:2", episodes: 1 } }',
]
const WARM = '--set=adversary.capacity=12'

const runTo = async (id: string, name: string, ...args: string[]) => {
  const out = join(root, name)
  const { code, stderr } = await jsonHere(['run', recipe(id), '--out', out, ...SHORT, ...args])
  expect(stderr).not.toMatch(/Error|at .*\.js/)
  expect(code, stderr).toBe(0)
  return exactFiles(out)
}

/** Rows of metrics. */
const rowsOf = (name: string): Record<string, number>[] =>
  readFileSync(join(root, name, 'metrics.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, number>)

/** Killed in the middle of its cycles, and resumed. */
async function killedRun(id: string, name: string, ...args: string[]) {
  const out = join(root, name)
  const { signal } = await agon(
    ['run', recipe(id), '--out', out, ...SHORT, ...args],
    (event, child) => {
      const { cycles } = (event.spent ?? {}) as { cycles?: number }
      if (event.kind === 'cycle' && cycles === 5) child.kill('SIGKILL')
    },
  )
  expect(signal).toBe('SIGKILL')
  expect((await jsonHere(['resume', out])).code).toBe(0)
  return exactFiles(out)
}

/** How many workers a run may have stands in its config. */
const withoutConfig = ({ 'config.yaml': _, ...files }: Record<string, string>) => files

describe('a run of the walker', () => {
  // Its student and environment are those of ACCEL below, its curriculum that of the maze's runs.
  slowly('goes to its end by the quick recipe of PLR', async () => {
    const files = await runTo('plr', 'plr', WARM)
    expect(Object.keys(files)).toEqual(expect.arrayContaining(['policy.onnx', 'evaluation.json']))
    expect(rowsOf('plr').at(-1)).toMatchObject({ gradient_updates: 6 })
  })

  // Episodes that go on are killed in carried-episodes.test.ts.
  slowly('has the same bits under DR, killed in the middle of walks that go on', async () => {
    const goOn = '--set=student.rollout.carry=continue'
    const calm = await runTo('dr', 'calm', goOn)
    expect(rowsOf('calm')).toHaveLength(6)
    expect(await killedRun('dr', 'cut', goOn)).toEqual(calm)
  })

  it('has the same bits under ACCEL with one worker and two', async () => {
    const calm = await runTo('accel', 'one', WARM, '--workers=1')
    // Warm, and with cycles of edits, which no gradient follows.
    expect(rowsOf('one').length).toBeGreaterThan(7)
    expect(Object.keys(calm)).toEqual(expect.arrayContaining(['policy.onnx', 'evaluation.json']))
    // In `npm test` it is the maze whose runs are killed.
    const run = SLOW ? killedRun : runTo
    const other = await run('accel', 'two', WARM, '--workers=2')
    expect(withoutConfig(other)).toEqual(withoutConfig(calm))
  })
})
