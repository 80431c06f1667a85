import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { agon } from '../support/command.ts'
import { agonHere } from '../support/command-here.ts'
import { until } from '../support/control.ts'
import { journalOf } from '../support/run-files.ts'

const root = mkdtempSync(join(tmpdir(), 'agon-rainbow-'))
afterAll(() => rmSync(root, { recursive: true }))
const QUICK = fileURLToPath(new URL('../../recipes/rainbow-arithmetic-quick.yaml', import.meta.url))
const SHORT = [
  '--set',
  'budget.cycles=6',
  '--set',
  'student.tasks=6',
  '--set',
  'cuts.every=2',
  '--set',
  'evaluation.suite=random:6',
]

const read = (run: string, file: string): string => readFileSync(join(root, run, file), 'utf8')
const lines = <T>(run: string, file: string): T[] =>
  read(run, file)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

interface Row {
  readonly id: string
  readonly objective: number | null
  readonly prompt: { readonly verdict: string; readonly votes: readonly unknown[] }
}
const replies = (run: string): string[] =>
  (journalOf(join(root, run)) as unknown as Record<string, string>[])
    .filter(({ kind }) => kind === 'reply')
    .map(({ key, service }) => `${service} ${key}`)

describe('a search for prompts on which a model fails, by rules alone', () => {
  it('fills an archive that is the fold of its history, and knows its judge', async () => {
    const { code, stderr } = await agonHere([
      'run',
      QUICK,
      '--out',
      join(root, 'whole'),
      '--json',
      ...SHORT,
    ])
    expect(code, stderr).toBe(0)
    const rows = lines<Row>('whole', 'history.jsonl')
    expect(rows).toHaveLength(36)
    const firsts = rows.filter(({ prompt }) => prompt.verdict === 'first')
    const archive = JSON.parse(read('whole', 'archive/archive.json'))
    expect(archive).toMatchObject({ objective: 'fitness', cells: 108, filled: firsts.length })
    const metrics = lines<Record<string, number>>('whole', 'metrics.jsonl').at(-1)!
    expect(metrics['adversary/grid_cells']).toBe(firsts.length)
    expect(metrics['sealed/outside/failed']).toBeGreaterThanOrEqual(0)
    const { final } = JSON.parse(read('whole', 'evaluation.json')).slots.agent
    // Of some prompts the model that the rule plays knows the answer.
    expect(final.solvedRate).toBeGreaterThan(0)
  })

  // Before the first cut what was asked for the baseline is asked again, and may not count twice.
  it.each([1, 3])(
    'comes, killed in cycle %i and gone on with, to the same bytes, and asks nothing again that it had kept',
    async (cycle) => {
      const name = `killed-${cycle}`
      const out = join(root, name)
      let child: { kill(signal: 'SIGKILL'): void } | null = null
      const dying = agon(['run', QUICK, '--out', out, ...SHORT], (_, running) => {
        child = running
      })
      const kept = (): string[] => {
        try {
          return replies(name)
        } catch {
          return []
        }
      }
      await until(() =>
        kept().some((key) => key.startsWith('mutator') && key.includes(` ${cycle}/`)),
      )
      child!.kill('SIGKILL')
      await dying
      const { code, stderr } = await agonHere(['resume', out, '--json'])
      expect(code, stderr).toBe(0)
      for (const file of ['history.jsonl', 'metrics.jsonl', 'archive/archive.json'])
        expect(read(name, file), file).toBe(read('whole', file))
      expect(new Set(replies(name)).size).toBe(replies(name).length)
      expect(replies(name).toSorted()).toEqual(replies('whole').toSorted())
    },
  )

  it('is refused over levels that are no texts, and over the domain safety without permission', async () => {
    for (const [set, said] of [
      ['env={id: maze}', 'adversary/prompts'],
      ['env={id: prompts, domain: safety}', 'the domain safety is off'],
      [
        'env={id: prompts, domain: safety, target: mine, permission: by letter}',
        'no words of its own',
      ],
    ]) {
      const refused = await agonHere([
        ...['run', QUICK, '--out', join(root, 'no'), '--json', '--set', set],
        ...['--set', 'evaluation.suite=random:2'],
      ])
      expect(refused.code, set).toBe(2)
      expect(refused.stdout + refused.stderr).toContain(said)
    }
  })
})

describe('agon stress of a language model', () => {
  const out = join(root, 'stressed')
  // Right on no product, and hostile to whoever shows what it says.
  const script = join(root, 'model.yaml')
  const HOSTILE = '<img src=x onerror=alert(1)></script><script>alert(2)</script> 7'
  const rules = [
    { when: '\\*|times|holds', answers: HOSTILE },
    { when: '(\\d+) \\+ (\\d+)', answers: 'nobody knows' },
    { answers: '11' },
  ]
  const stress = (...args: string[]) => agonHere(['stress', ...args])

  it('plans its calls, searches by rule, and writes a page on which what it said is text', async () => {
    writeFileSync(script, JSON.stringify({ rules }))
    const { code, stderr } = await stress(
      ...[`scripted:${script}`, '--adversary', 'rainbow', '--domain', 'arithmetic'],
      ...['--budget', '32', '--out', out, '--seed', '2', '--set', 'evaluation.suite=random:4'],
    )
    expect(code, stderr).toBe(0)
    expect(stderr).toContain('planned: 32 calls of the model')
    expect(stderr).toContain('written permission')
    const archive = JSON.parse(readFileSync(join(out, 'archive/archive.json'), 'utf8'))
    expect(archive).toMatchObject({ objective: 'fitness', attempts: expect.any(Number) })
    expect(archive.filled).toBeGreaterThan(10)
    expect(readFileSync(join(out, 'history.jsonl'), 'utf8')).toContain('onerror=alert(1)')
    expect(readFileSync(join(out, 'report.html'), 'utf8')).not.toMatch(/<img src=x|<script>alert/)
  })

  it('asks the archive again, judged by who the search never asked', async () => {
    const again = await stress('retest', out, `scripted:${script}`, '--repeats', '2', '--json')
    expect(again.code, again.stderr).toBe(0)
    const file = JSON.parse(readFileSync(join(out, 'retest-model.json'), 'utf8'))
    expect(file).toMatchObject({ objective: 'failed', repeats: 2, policy: { name: 'model' } })
    for (const { archived, fresh } of file.levels) expect(fresh).toBe(archived)
    // A model that knows better fails less on the same prompts.
    const better = join(root, 'better.yaml')
    writeFileSync(
      better,
      JSON.stringify({
        rules: [{ when: '^What is 4 \\+ 9\\?$', answers: '13' }, { answers: '0' }],
      }),
    )
    const other = await stress(
      'retest',
      out,
      `scripted:${better}`,
      '--json',
      '--fail-over',
      'mean=0.5',
    )
    expect(other.code).toBe(5)
  })

  it('exports it for others, and with right answers to tune on', async () => {
    const jsonl = await stress('export', out)
    const records = jsonl.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(records[0]).toMatchObject({ prompt: expect.any(String), fitness: 1 })
    const promptfoo = join(root, 'promptfoo.yaml')
    await stress('export', out, '--as', 'promptfoo', '--top', '5', '--out', promptfoo)
    const suite = parse(readFileSync(promptfoo, 'utf8'))
    expect(suite.prompts).toEqual(['{{prompt}}'])
    expect(suite.tests).toHaveLength(5)
    expect(suite.tests[0]).toMatchObject({
      vars: { prompt: records[0].prompt },
      assert: [{ type: 'icontains', value: records[0].answer }],
    })
    const tuning = await stress('export', out, '--as', 'tuning')
    const [chat] = tuning.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(chat.messages).toEqual([
      { role: 'user', content: records[0].prompt },
      { role: 'assistant', content: records[0].answer },
    ])
    // Both come back as seeds.
    const lines = join(root, 'prompts.jsonl')
    writeFileSync(lines, jsonl.stdout)
    for (const file of [lines, promptfoo]) {
      const plan = await stress(
        ...[`scripted:${script}`, '--domain', 'arithmetic', '--seeds', file],
        '--dry-run',
      )
      expect(plan.code, plan.stderr).toBe(0)
    }
    const none = await stress(
      `scripted:${script}`,
      '--domain',
      'arithmetic',
      '--seeds',
      script,
      '--dry-run',
    )
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('prompts')])
    const wrong = await stress('export', out, '--as', 'csv')
    expect([wrong.code, wrong.stderr]).toEqual([
      2,
      expect.stringContaining('jsonl, promptfoo, tuning'),
    ])
  })

  it.each([
    ['--domain', 'safety', 'the domain safety is off'],
    ['--domain', 'qaa', "no domain 'qaa'"],
    ['--adversary', 'madrid', 'does not search what models are asked'],
  ])('is refused with %s %s', async (option, value, said) => {
    const refused = await stress(`scripted:${script}`, option, value, '--out', join(root, 'none'))
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining(said)])
  })
})
