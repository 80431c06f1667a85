import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { jsonHere } from '../support/command-here.ts'
import { inCyclesHere } from '../support/in-cycles.ts'
import { ENDED_WELL, NEEDS_PYTHON, PYTHON, python } from '../support/python.ts'

const CONFIG = fileURLToPath(new URL('../fixtures/python-adversary.yaml', import.meta.url))
const root = mkdtempSync(join(tmpdir(), 'agon-python-adversary-'))
afterAll(() => rmSync(root, { recursive: true }))

describe.skipIf(PYTHON === null)(
  `a Python adversary over the built-in student ${NEEDS_PYTHON}`,
  () => {
    it('samples and mutates over the wire; killed once, it ends as if it had not been', async () => {
      const outs = [join(root, 'calm'), join(root, 'killed')]
      for (const out of outs) {
        const attach = () => python('examples/random_search_teacher.py', join(out, 'hub.json'))
        let teacher = attach()
        const again = (): void => {
          teacher.child.kill('SIGKILL')
          teacher = attach()
        }
        const kills = out === outs[0] ? [] : [5]
        const { code, stderr } = await jsonHere(
          ['run', CONFIG, '--out', out],
          inCyclesHere(kills, again),
        )
        expect(stderr).not.toMatch(/Error|at .*\.js/)
        expect(code).toBe(0)
        expect(await teacher.ended).toEqual(ENDED_WELL)
      }
      const [calm, killed] = outs.map((out) => readFileSync(join(out, 'metrics.jsonl'), 'utf8'))
      expect(killed).toBe(calm)
      const rows = calm.trim().split('\n')
      expect(rows).toHaveLength(12)
      for (const row of rows)
        expect(JSON.parse(row)).toMatchObject({
          'adversary/hard_return_max': expect.any(Number),
          'agent/policy_loss': expect.any(Number),
        })
    })
  },
)
