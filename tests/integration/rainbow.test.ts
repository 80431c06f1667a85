import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
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
