import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { jsonHere } from '../support/command-here.ts'
import { FOOTBALL_BUILT } from '../support/football.ts'
import { quickRecipe, settings } from '../support/quick-recipe.ts'

/** Every part of the recipe in the least of each. */
const SHORT = settings(
  ...['env.gameDuration=12', 'student.network.hidden=8', 'student.ppo.epochs=1'],
  ...['student.rollout={envs: 8, steps: 16}', 'workers=1', 'tensorboard=false'],
  ...['evaluation={suite: random:2, every: 0}'],
  ...['stages.0.budget.gradientUpdates=1', 'stages.1.adversary.initial=4'],
  ...['stages.1.budget.cycles=3', 'stages.2.budget.cycles=2'],
  ...['stages.3.budget.gradientUpdates=2', 'stages.4.budget.cycles=2'],
  ...['stages.2.adversary.top=2', 'stages.3.adversary.top=2', 'stages.4.adversary.top=2'],
)

interface Row {
  readonly stage: string
  readonly level: string
  readonly objective: number
}

describe.skipIf(!FOOTBALL_BUILT)('exposed, trained, retested on an academy task', () => {
  const root = mkdtempSync(join(tmpdir(), 'agon-stress-stages-'))
  afterAll(() => rmSync(root, { recursive: true }))

  it('trains on the worst that was found and examines on the same, and a stage can be retested', async () => {
    const out = join(root, 'run')
    const recipe = quickRecipe('stress-train-retest-academy')
    const { code, stderr } = await jsonHere(['run', recipe, '--out', out, ...SHORT])
    expect(code, stderr).toBe(0)
    const rows = readFileSync(join(out, 'history.jsonl'), 'utf8').trim().split('\n')
    const of = (stage: string): readonly Row[] =>
      rows.map((line): Row => JSON.parse(line)).filter((row) => row.stage === stage)
    const found = of('exposed').map(({ level }) => level)
    const counts = ['exposed', 'examined', 'trained', 'retested'].map((stage) => of(stage).length)
    expect(counts).toEqual([6, 2, 16, 2])
    const examined = of('examined').map(({ level }) => level)
    expect(of('retested').map(({ level }) => level)).toEqual(examined)
    expect(new Set(of('trained').map(({ level }) => level))).toEqual(new Set(examined))
    for (const level of examined) expect(found).toContain(level)
    for (const { objective } of of('retested')) expect(objective).toBeLessThanOrEqual(3)

    const file = join(root, 'retest.json')
    const argv = ['stress', 'retest', out, join(out, 'policy-trained.onnx'), '--repeats', '2']
    const again = await jsonHere([...argv, '--stage', 'examined', '--out', file])
    expect(again.code, again.stderr).toBe(0)
    expect(again.events.at(-1)).toMatchObject({ kind: 'retest', objective: 'bound', repeats: 2 })
    expect(again.events.at(-1)?.levels).toHaveLength(2)
    const unnamed = await jsonHere([...argv, '--out', file])
    expect([unnamed.code, JSON.stringify(unnamed.events.at(-1))]).toEqual([
      2,
      expect.stringContaining('pretrained, exposed, examined, trained, retested'),
    ])
  })
})
