import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { jsonHere } from '../support/command-here.ts'
import { inCyclesHere } from '../support/in-cycles.ts'
import { ENDED_WELL, NEEDS_PYTHON, PYTHON, python } from '../support/python.ts'
import { journalOf } from '../support/run-files.ts'

const CONFIG = fileURLToPath(new URL('../../examples/scored/experiment.yaml', import.meta.url))
const QUICK = [
  ...['budget.cycles=6', 'cuts.every=2', 'evaluation.suite=random:4', 'evaluation.every=0'],
  ...[
    'hub.heartbeatMs=250',
    'supervision.restarts=100',
    'env.maxSteps=16',
    'student.rollout.steps=16',
  ],
]
const root = mkdtempSync(join(tmpdir(), 'agon-python-service-'))
afterAll(() => rmSync(root, { recursive: true }))

interface Reply {
  readonly kind: string
  readonly key: string
  readonly sha256: string
}

const repliesOf = (out: string): readonly Reply[] =>
  (journalOf(out) as unknown as readonly Reply[]).filter(({ kind }) => kind === 'reply')

describe.skipIf(PYTHON === null)(
  `the example scorer in Python under an adversary in TypeScript ${NEEDS_PYTHON}`,
  () => {
    it('scores what is proposed; killed twice, the run ends as if it had not been, and asks nothing twice', async () => {
      const outs = [join(root, 'calm'), join(root, 'killed')]
      for (const out of outs) {
        const attach = () => python('examples/scorer.py', join(out, 'hub.json'))
        let scorer = attach()
        const again = (): void => {
          scorer.child.kill('SIGKILL')
          scorer = attach()
        }
        const set = QUICK.flatMap((each) => ['--set', each])
        const kills = out === outs[0] ? [] : [3, 5]
        const args = ['run', CONFIG, '--out', out, ...set]
        const { code, stderr } = await jsonHere(args, inCyclesHere(kills, again))
        expect(stderr).not.toMatch(/Error|at .*\.js/)
        expect(code, stderr).toBe(0)
        expect(await scorer.ended).toEqual(ENDED_WELL)
      }
      const [calm, killed] = outs.map((out) => readFileSync(join(out, 'metrics.jsonl'), 'utf8'))
      expect(killed).toBe(calm)
      const rows = calm.trim().split('\n')
      expect(rows).toHaveLength(6)
      expect(JSON.parse(rows[5])).toMatchObject({
        'service/scorer/calls': 6,
        'service/scorer/money': expect.closeTo(6 * 0.032),
        'adversary/score_kept': expect.any(Number),
      })
      for (const row of rows.map((each) => JSON.parse(each)))
        expect(row['adversary/score_kept']).toBeGreaterThan(row['adversary/score_drawn'])
      for (const out of outs) {
        const keys = repliesOf(out).map(({ key }) => key)
        expect(keys).toEqual([1, 2, 3, 4, 5, 6].map((cycle) => `${cycle}/adversary/scores`))
        const files = new Set(repliesOf(out).map(({ sha256 }) => sha256))
        expect(new Set(readdirSync(join(out, 'replies')))).toEqual(files)
      }
    })
  },
)
