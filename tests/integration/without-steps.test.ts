import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { agonHere } from '../support/command-here.ts'
import { host, runHosted } from '../support/hosted-run.ts'
import { NEEDS_PYTHON, PYTHON } from '../support/python.ts'

const root = mkdtempSync(join(tmpdir(), 'agon-examples-'))
const example = (name: string): string =>
  fileURLToPath(new URL(`../../examples/${name}/experiment.yaml`, import.meta.url))
const phrases = example('phrases')
afterAll(() => rmSync(root, { recursive: true }))

const read = (run: string, file: string): string => readFileSync(join(root, run, file), 'utf8')
const rows = (run: string): Record<string, number>[] =>
  read(run, 'metrics.jsonl')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

async function run(config: string, name: string, ...more: string[]): Promise<void> {
  const { code, stderr } = await agonHere([
    'run',
    config,
    '--out',
    join(root, name),
    '--json',
    ...more,
  ])
  expect(code, stderr).toBe(0)
}

describe('an environment without steps', () => {
  it('carries a run whose student takes none: it measures itself, learns and goes on from a cut', async () => {
    await run(phrases, 'whole')
    const { baseline, final } = JSON.parse(read('whole', 'evaluation.json')).slots.agent
    expect([baseline.solvedRate, final.solvedRate]).toEqual([0, 1])
    // The grader that the example names sees what is said, and the metrics alone have it.
    const graded = rows('whole').map((row) => row['sealed/check/match'])
    expect([graded[0], graded.at(-1)]).toEqual([0, 1])
    await run(phrases, 'parted', '--set', 'budget.cycles=3')
    const rest = await agonHere([
      'resume',
      join(root, 'parted'),
      '--json',
      '--set',
      'budget.cycles=6',
    ])
    expect(rest.code, rest.stderr).toBe(0)
    expect(rows('parted')).toEqual(rows('whole'))
  })

  it('is refused, before any work, by a student that learns from steps', async () => {
    const refused = await agonHere([
      'run',
      phrases,
      '--out',
      join(root, 'no'),
      '--set',
      'student={id: ppo}',
    ])
    expect(refused.code).toBe(2)
    expect(refused.stdout + refused.stderr).toContain('env/no-steps')
  })
})

describe.skipIf(PYTHON === null)(`levels alone, hosted by Python ${NEEDS_PYTHON}`, () => {
  const PROMPTS = `
import agon_client as agon
make = None
verbs = ("sum", "sort", "count")
OPTIONS = {
    "levels": agon.Levels(choices={"verb": verbs}, seeds=1, suites={"prompts": {verb: {"verb": verb} for verb in verbs}}),
    "solved_above": 0.5,
    "seats": {"speaker": ["speaker"]},
}
`
  it('carry a run whose student takes no steps, and are refused by one that learns from them', async () => {
    const hosted = await host(PROMPTS)
    const student = fileURLToPath(new URL('../../examples/phrases/my-student.ts', import.meta.url))
    const lines = [
      `student: {id: ${student}, tasks: 4}`,
      'evaluation: {suite: prompts, every: 0}',
      'budget: {cycles: 6}',
    ]
    const { code, stderr, out } = await runHosted(hosted, lines)
    expect(code, stderr).toBe(0)
    const { baseline, final } = JSON.parse(readFileSync(join(out, 'evaluation.json'), 'utf8')).slots
      .agent
    expect([baseline.solvedRate, final.solvedRate]).toEqual([0, 1])
    const refused = await runHosted(hosted, ['evaluation: {suite: prompts, every: 0}'])
    expect(refused.code).toBe(2)
    expect(refused.stdout + refused.stderr).toContain('env/no-steps')
    expect((await hosted.close()).stderr).toBe('')
  })
})

describe('a probe', () => {
  it('masks what the frozen levels could have shown, from the second cycle on', async () => {
    await run(example('overlap'), 'overlap')
    const shares = rows('overlap').map((row) => row['agent/trained_share'])
    expect(shares[0]).toBeUndefined()
    expect(Math.min(...shares.slice(1))).toBeLessThan(1)
    const masked = rows('overlap').map((row) => row['adversary/overlap_steps'])
    expect(masked[0]).toBe(0)
    expect(Math.max(...masked)).toBeGreaterThan(0)
  })

  it('is refused at the start by a student that cannot, and where the environment has none', async () => {
    const reader = fileURLToPath(new URL('../../examples/phrases/my-student.ts', import.meta.url))
    const beacon = fileURLToPath(new URL('../../examples/grid-search/my-env.ts', import.meta.url))
    const start = (name: string, ...set: string[]) =>
      agonHere([
        'run',
        example('overlap'),
        '--out',
        join(root, name),
        ...set.flatMap((one) => ['--set', one]),
      ])
    const cannot = await start('cannot', `student={id: ${reader}}`)
    expect(cannot.code).not.toBe(0)
    expect(cannot.stdout + cannot.stderr).toContain('student/probes')
    const none = await start('none', `env={id: ${beacon}}`)
    expect(none.code).toBe(2)
    expect(none.stdout + none.stderr).toContain('probe/unknown')
  })
})
