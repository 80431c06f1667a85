import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { jsonHere } from '../support/command-here.ts'
import { objectsOf, tinyConfig } from '../support/control.ts'

// Scores of how undecided a student was, from the policy's logits to the archive of an adversary in another thread.

const folder = mkdtempSync(join(tmpdir(), 'agon-undecided-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const config = tinyConfig(folder, 'undecided', [
  'adversary: {id: plr, score: least-confidence, capacity: 8, minFill: 0.25}',
  'budget: {cycles: 2}',
])
const run = (name: string, ...more: readonly string[]) =>
  jsonHere(['run', config, '--out', join(folder, name), '--seed', '1', ...more])

describe('a run under a score of how undecided the student was', () => {
  it('is refused by name while the student does not sum it up', async () => {
    const { code, stderr } = await run('refused')
    expect(code).not.toBe(0)
    expect(stderr).toContain("sum_least_confidence, which the student in slot 'agent' does not")
    expect(stderr).toContain('uncertainty: true')
  }, 60_000)

  it('scores levels by probabilities where it does', async () => {
    const { code, stderr } = await run('done', '--set', 'student.uncertainty=true')
    expect([code, stderr]).toEqual([0, expect.anything()])
    const rows = objectsOf(readFileSync(join(folder, 'done', 'metrics.jsonl'), 'utf8'))
    const scores = rows.flatMap((row) => row['adversary/score_mean'] ?? []) as number[]
    expect(scores.length).toBeGreaterThan(0)
    // The first policy takes each of seven actions nearly as often as the others: 1 − 1/7.
    for (const score of scores) expect(score).toBeCloseTo(6 / 7, 1)
  }, 60_000)

  const apart = ['--set', 'adversary.score=value-disagreement']

  it('is refused by name while the student has one critic', async () => {
    const { code, stderr } = await run('one-critic', ...apart)
    expect(code).not.toBe(0)
    expect(stderr).toContain("sum_value_deviation, which the student in slot 'agent' does not")
    expect(stderr).toContain('critics: 5')
  }, 60_000)

  it('scores levels by how far several critics are apart', async () => {
    const { code, stderr } = await run('critics', ...apart, '--set', 'student.critics=3')
    expect([code, stderr]).toEqual([0, expect.anything()])
    const rows = objectsOf(readFileSync(join(folder, 'critics', 'metrics.jsonl'), 'utf8'))
    const scores = rows.flatMap((row) => row['adversary/score_mean'] ?? []) as number[]
    expect(scores.length).toBeGreaterThan(0)
    for (const score of scores) expect(score).toBeGreaterThan(0)
  }, 60_000)
})
