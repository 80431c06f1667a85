import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agon, type Finished } from '../support/command.ts'
import { jsonHere } from '../support/command-here.ts'
import { inCycles } from '../support/in-cycles.ts'
import { ENDED_WELL, NEEDS_PYTHON, PYTHON, type PythonProcess, python } from '../support/python.ts'
import { exactFiles, journalOf } from '../support/run-files.ts'

const CONFIG = fileURLToPath(new URL('../fixtures/python-student.yaml', import.meta.url))
const root = mkdtempSync(join(tmpdir(), 'agon-python-student-'))
afterAll(() => rmSync(root, { recursive: true }))

const attach = (out: string): PythonProcess =>
  python('examples/numpy_student.py', join(out, 'hub.json'), '--wait', '200')

const resultOf = ({ events }: Finished): Record<string, unknown> | undefined =>
  events.find(({ kind }) => kind === 'finished')?.result as Record<string, unknown> | undefined

describe.skipIf(PYTHON === null)(`a Python student under the built-in PLR ${NEEDS_PYTHON}`, () => {
  const calm = join(root, 'calm')
  let student: PythonProcess
  let finished: Finished
  beforeAll(async () => {
    student = attach(calm)
    finished = await jsonHere(['run', CONFIG, '--out', calm])
  }, 300_000)

  it('learns, and both processes end in order', async () => {
    expect(finished.stderr).toBe('')
    expect(finished.code).toBe(0)
    expect(await student.ended).toEqual(ENDED_WELL)
    expect(resultOf(finished)).toMatchObject({
      status: 'finished',
      spent: { cycles: 30, gradientUpdates: 30, envSteps: 30 * 8 * 64 },
    })
    const solved = (when: string): unknown =>
      finished.events.find((event) => event.kind === 'evaluation' && event.when === when)
        ?.solvedRate
    expect(solved('final')).toBeGreaterThan(solved('baseline') as number)
    const rows = readFileSync(join(calm, 'metrics.jsonl'), 'utf8').trim().split('\n')
    expect(JSON.parse(rows[29])).toMatchObject({
      'agent/entropy': expect.any(Number),
      'adversary/score_mean': expect.any(Number),
    })
  })

  it('killed three times on the way and started again: the same bits', async () => {
    const out = join(root, 'killed')
    const killed: PythonProcess[] = []
    let alive = attach(out)
    const { code, stderr } = await agon(
      ['run', CONFIG, '--out', out],
      inCycles([3, 13, 22], () => {
        alive.child.kill('SIGKILL')
        killed.push(alive)
        alive = attach(out)
      }),
    )
    expect(stderr).not.toMatch(/Error|at .*\.js/)
    expect(code).toBe(0)
    expect(await Promise.all(killed.map(({ ended }) => ended))).toMatchObject([
      { code: null },
      { code: null },
      { code: null },
    ])
    expect(await alive.ended).toEqual(ENDED_WELL)
    expect(Math.max(...journalOf(out).map(({ epoch }) => epoch))).toBe(4)
    expect(exactFiles(out)).toEqual(exactFiles(calm))
  })

  it('outlives the hub: killed and resumed, with the same student, to the same bits', async () => {
    const out = join(root, 'hub-killed')
    const alive = attach(out)
    const first = await agon(
      ['run', CONFIG, '--out', out],
      inCycles([14], (child) => child.kill('SIGKILL')),
    )
    expect(first.signal).toBe('SIGKILL')
    const second = await jsonHere(['resume', out])
    expect(second.stderr).not.toMatch(/Error|at .*\.js/)
    expect(second.code).toBe(0)
    expect(await alive.ended).toEqual(ENDED_WELL)
    expect(exactFiles(out)).toEqual(exactFiles(calm))
  })
})
