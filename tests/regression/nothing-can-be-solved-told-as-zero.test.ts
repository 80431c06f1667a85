import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agonHere } from '../support/command-here.ts'
import type { Ended } from '../support/control.ts'

const UNSOLVABLE = fileURLToPath(new URL('../fixtures/toy/unsolvable.mjs', import.meta.url))

/** A mean return between those of an untrained and of a perfect student, as every table has it. */
const RETURN = /mean_return (0\.\d+|1\.0+)/

let folder = ''
let out = ''
let told: Ended
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'agon-unsolvable-'))
  out = join(folder, 'runs', 'one')
  const config = join(folder, 'unsolvable.yaml')
  writeFileSync(
    config,
    `env: {id: ${UNSOLVABLE}}
adversary: plr
student: {id: ppo, rollout: {envs: 4, steps: 16}, network: {hidden: 16}, ppo: {epochs: 1}}
evaluation: {suite: toy/all, every: 1}
workers: 1
budget: {cycles: 2}
`,
  )
  told = await agonHere(['run', config, '--out', out])
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Whatever is printed of such a run, no share is. */
const expectNoShare = (text: string): void => {
  expect(text).not.toMatch(/solve[sd]? |solved rate|solve_rate|0\.00\b.*solved/)
}

describe('a run in which no return solves a level', () => {
  it('prints its mean returns while it goes on and when it ends', () => {
    expect(told.stderr).not.toContain('error')
    expect(told.code).toBe(0)
    expect(told.stderr).toMatch(/toy\/all: agent untrained: mean_return \d\.\d\d/)
    expect(told.stderr).toMatch(/toy\/all: agent trained: mean_return \d\.\d\d/)
    expect(told.stdout).toMatch(/measured agent +mean_return \d\.\d\d/)
    expectNoShare(told.stderr)
    expectNoShare(told.stdout)
  })

  it('has returns in its rows, and no share of zero', () => {
    const rows = readFileSync(join(out, 'metrics.jsonl'), 'utf8').trim().split('\n')
    for (const row of rows.map((row) => JSON.parse(row))) {
      expect(Object.keys(row).filter((key) => /solved?_rate/.test(key))).toEqual([])
      expect(row['agent/return_mean']).toBeGreaterThanOrEqual(0)
    }
    expect(JSON.parse(rows[0])['evaluation/toy/all/mean_return']).toBeGreaterThanOrEqual(0)
    expect(JSON.parse(rows[0])['evaluation/toy/all/level-1/mean_return']).toBeGreaterThanOrEqual(0)
  })

  it.each([['ls'], ['ps']])('shows them in %s', async (command) => {
    const { stdout } = await agonHere([command, join(folder, 'runs')])
    expect(stdout).toMatch(RETURN)
    expect(stdout).not.toMatch(/ 0\.00( |$)/m)
  })

  it('is measured and compared by them', async () => {
    const measured = await agonHere([
      'eval',
      join(out, 'policy.onnx'),
      '--suite',
      'toy/all',
      '--env',
      UNSOLVABLE,
    ])
    expect(measured.code).toBe(0)
    expect(measured.stdout).toMatch(/mean_return \d\.\d{3}, 95 % interval over levels/)
    expectNoShare(measured.stdout)
    const compared = await agonHere(['compare', out])
    expect(compared.stdout).toMatch(/^mean return/m)
    expect(compared.stdout).not.toContain('optimality gap')
    expectNoShare(compared.stdout)
  })

  it('has them in its report', () => {
    const page = readFileSync(join(out, 'report.html'), 'utf8')
    expect(page).toMatch(/toy\/all: mean return <strong class="final">\d/)
    expect(page).toContain('Mean return in evaluation')
    expect(page).not.toContain('Solved rate in evaluation')
    expect(page).not.toMatch(/<th>Solved<\/th>|\(not solved|\bsolved <span/)
  })
})
