import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { agon } from '../support/command.ts'
import { jsonHere } from '../support/command-here.ts'
import { exactFiles } from '../support/run-files.ts'
import { slowly } from '../support/tiers.ts'

const root = mkdtempSync(join(tmpdir(), 'agon-racing-run-'))
afterAll(() => rmSync(root, { recursive: true }))
const recipe = (id: string): string =>
  fileURLToPath(new URL(`../../recipes/racing-${id}-quick.yaml`, import.meta.url))

/** A few cycles of the recipe, cut often. */
const SHORT = [
  '--set=budget={ gradientUpdates: 4 }',
  '--set=cuts.every=2',
  '--set=evaluation={ suite: "random:2", every: 0, final: { suite: "random:2", episodes: 1 } }',
]

const runTo = async (id: string, name: string, ...args: string[]) => {
  const out = join(root, name)
  const { code, stderr } = await jsonHere(['run', recipe(id), '--out', out, ...SHORT, ...args])
  expect(stderr).not.toMatch(/Error|at .*\.js/)
  expect(code, stderr).toBe(0)
  return exactFiles(out)
}

/** Killed in the middle of its cycles, and resumed. */
async function killedRun(id: string, name: string, ...args: string[]) {
  const out = join(root, name)
  const { signal } = await agon(
    ['run', recipe(id), '--out', out, ...SHORT, ...args],
    (event, child) => {
      const { cycles } = (event.spent ?? {}) as { cycles?: number }
      if (event.kind === 'cycle' && cycles === 3) child.kill('SIGKILL')
    },
  )
  expect(signal).toBe('SIGKILL')
  expect((await agon(['resume', out])).code).toBe(0)
  return exactFiles(out)
}

/** How many workers a run may have stands in its config. */
const withoutConfig = ({ 'config.yaml': _, ...files }: Record<string, string>) => files

describe('a run of car racing', () => {
  it('goes to its end by the quick recipe of PLR, with a picture of its levels', async () => {
    const files = await runTo('plr', 'plr', '--workers=1')
    expect(Object.keys(files)).toEqual(expect.arrayContaining(['policy.onnx', 'evaluation.json']))
    const report = readFileSync(join(root, 'plr', 'report.html'), 'utf8')
    // Of its levels, and of a replay's frames with their cars.
    expect(report.split('race track').length).toBeGreaterThan(5)
    expect(report.includes('rotate(')).toBe(true)
  })

  // In `npm test` a lane's saved state goes on bit for bit by its unit test, and the maze's runs are killed.
  slowly('has the same bits under DR, killed in the middle of races that go on', async () => {
    const goOn = '--set=student.rollout.carry=continue'
    const calm = await runTo('dr', 'calm', goOn)
    expect(await killedRun('dr', 'cut', goOn)).toEqual(calm)
  })

  // As the walker has in every run.
  slowly('has the same bits under ACCEL with one worker and two', async () => {
    const calm = await runTo('accel', 'one', '--workers=1')
    const other = await runTo('accel', 'two', '--workers=2')
    expect(withoutConfig(other)).toEqual(withoutConfig(calm))
  })
})
