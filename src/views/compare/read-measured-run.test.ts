import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fakeEvaluation } from '../report/testing/fake-run.ts'
import { compareRuns } from './compare-runs.ts'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'agon-compare-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

/** A run directory of plain DR with this seed. */
function writeRun(name: string, seed: number, evaluation?: unknown): string {
  const dir = join(root, name)
  mkdirSync(dir)
  const config = `name: dr\nseed: ${seed}\nenv: maze\nadversary: dr\nstudent: ppo\nbudget: { cycles: 2 }\n`
  writeFileSync(join(dir, 'config.yaml'), config)
  if (evaluation !== undefined)
    writeFileSync(join(dir, 'evaluation.json'), JSON.stringify(evaluation))
  return dir
}
const measured = (x: number) => ({
  slots: {
    agent: {
      baseline: fakeEvaluation('maze/a', { x: 0 }),
      final: fakeEvaluation('maze/a', { x }),
    },
  },
})

describe('compareRuns', () => {
  it('reads runs from disk, each directory once, and leaves out the unfinished', async () => {
    const [a, b] = [writeRun('a', 1, measured(0.25)), writeRun('b', 2, measured(0.75))]
    const unfinished = writeRun('c', 3)
    const { groups, notes } = await compareRuns([a, b, a, unfinished])
    expect(groups.map(({ name, runs, mean }) => [name, runs.length, mean.value])).toEqual([
      ['dr', 2, 0.5],
    ])
    expect(groups[0].untrainedMean).toBe(0)
    expect(notes).toEqual([`${unfinished} has no final evaluation and is left out`])
  })

  it('refuses when nothing was measured', async () => {
    await expect(compareRuns([writeRun('a', 1)])).rejects.toMatchObject({ code: 'compare/nothing' })
  })

  it('names a folder that is no run, and a damaged file', async () => {
    await expect(compareRuns([root])).rejects.toMatchObject({ code: 'run/not-a-run', place: root })
    const damaged = writeRun('a', 1, { slots: { agent: { final: 3 } } })
    await expect(compareRuns([damaged])).rejects.toMatchObject({
      code: 'run/damaged',
      place: join(damaged, 'evaluation.json'),
    })
  })
})
