import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { endsWell, quickRecipe, rowsOf, settings } from '../support/quick-recipe.ts'

const root = mkdtempSync(join(tmpdir(), 'agon-map-elites-'))
afterAll(() => rmSync(root, { recursive: true }))

const SHORT = [
  ...['cuts.every=1', 'student.rollout={envs: 4, steps: 40}'],
  ...['evaluation={suite: random:2, every: 0}', 'adversary.initial=4', 'env.maxSteps=20'],
]

interface Row {
  readonly id: string
  readonly emitter: string
  readonly level: string
  readonly cell: readonly number[] | null
  readonly objective: number | null
  readonly status: string
}

const historyOf = (out: string): readonly Row[] =>
  readFileSync(join(out, 'history.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

describe('the quick recipe of MAP-Elites, shortened', () => {
  const out = join(root, 'search')
  beforeAll(async () => {
    const args = ['run', quickRecipe('maze-map-elites'), '--out', out, '--workers', '1']
    await endsWell([...args, ...settings(...SHORT, 'budget={cycles: 3}')])
  })

  it('learns in every cycle, and keeps one row of history for each candidate', () => {
    const rows = rowsOf(out)
    expect(rows.map((row) => row.gradient_updates)).toEqual([1, 2, 3])
    const history = historyOf(out)
    expect(history.map(({ emitter }) => emitter)).toEqual([
      ...['initial', 'initial', 'initial', 'initial'],
      ...Array.from({ length: 8 }, () => 'mutation'),
    ])
    const entered = history.filter(({ status }) => status === 'new').length
    expect(rows.at(-1)?.['adversary/grid_cells']).toBe(entered)
    for (const { objective, cell, status } of history)
      expect(status === 'unscored').toBe(objective === null || cell === null)
  })

  it('leaves levels on which another student is trained, or examined', async () => {
    const path = join(root, 'examined.yaml')
    writeFileSync(
      path,
      `env: { id: maze, height: 7, width: 7, nWalls: 12, maxSteps: 20 }
adversary: { id: levels, history: ${JSON.stringify(out)}, signal: optimal, repeats: 2, train: true }
student: { id: ppo, network: { hidden: 64 }, rollout: { envs: 4, steps: 40 } }
evaluation: { suite: 'random:2', every: 0 }
budget: { cycles: 2 }
`,
    )
    const after = join(root, 'examined')
    await endsWell(['run', path, '--out', after, '--workers', '1'])
    const elites = new Map<string, Row>()
    for (const row of historyOf(out)) {
      const { cell, objective } = row
      if (cell === null || objective === null) continue
      const before = elites.get(cell.join())?.objective ?? Number.NEGATIVE_INFINITY
      if (objective > before) elites.set(cell.join(), row)
    }
    const best = [...elites.values()].sort((a, b) => (b.objective ?? 0) - (a.objective ?? 0))
    const attempted = historyOf(after)
    expect(attempted).toHaveLength(4)
    expect(attempted.map(({ level }) => level)).toEqual(
      Array.from({ length: 4 }, (_, i) => best[i % best.length].level),
    )
  })
})

it('hands its archive on: found in one stage, trained on in the next', async () => {
  const path = join(root, 'stages.yaml')
  writeFileSync(
    path,
    `env: { id: maze, height: 7, width: 7, nWalls: 12, maxSteps: 20 }
student: { id: ppo, network: { hidden: 64 }, rollout: { envs: 4, steps: 40 } }
evaluation: { suite: 'random:2', every: 0 }
stages:
  - name: exposed
    adversary:
      id: map-elites
      axes: [{ name: n_walls, low: 0, high: 32, bins: 8 }]
      repeats: 1
    budget: { cycles: 2 }
  - name: trained
    adversary: { id: levels, repeats: 1, top: 3 }
    budget: { cycles: 2 }
    from: { policy: exposed, archive: exposed }
`,
  )
  const out = join(root, 'stages')
  await endsWell(['run', path, '--out', out, '--workers', '1'])
  const history = historyOf(out)
  const found = new Set(history.slice(0, 8).map(({ level }) => level))
  const trained = history.slice(8)
  expect(trained).toHaveLength(8)
  expect(new Set(trained.map(({ level }) => level)).size).toBeLessThanOrEqual(3)
  for (const { level, emitter } of trained) {
    expect(emitter).toBe('levels')
    expect(found).toContain(level)
  }
})
