import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { jsonHere } from '../support/command-here.ts'
import { ENDED_WELL, NEEDS_PYTHON, PYTHON, python } from '../support/python.ts'

const CONFIG = fileURLToPath(new URL('../fixtures/tiny-plr.yaml', import.meta.url))
const root = mkdtempSync(join(tmpdir(), 'agon-python-evaluator-'))
afterAll(() => rmSync(root, { recursive: true }))

describe.skipIf(PYTHON === null)(
  `a Python evaluator of the built-in student ${NEEDS_PYTHON}`,
  () => {
    it('gets policies and sealed episodes, and its results are the report', async () => {
      const out = join(root, 'run')
      const evaluator = python('tests/random_evaluator.py', join(out, 'hub.json'))
      const { code, stderr, events } = await jsonHere([
        'run',
        CONFIG,
        ...['--out', out],
        ...['--set', 'placement.evaluator=attach'],
        ...['--set', 'budget.cycles=8'],
        ...['--set', 'evaluation.final.suite=random:40'],
      ])
      expect(stderr).not.toMatch(/Error|at .*\.js/)
      expect(code).toBe(0)
      expect(await evaluator.ended).toEqual(ENDED_WELL)
      const [baseline, final] = ['baseline', 'final'].map(
        (when) => events.find((one) => one.kind === 'evaluation' && one.when === when)?.solvedRate,
      )
      // It plays at random, keyed by the episodes alone: training makes no difference to it.
      expect(final).toBe(baseline)
      expect(final).toBeGreaterThan(0)
    })
  },
)
