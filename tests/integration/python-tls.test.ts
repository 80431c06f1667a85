import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Finished } from '../support/command.ts'
import { jsonHere } from '../support/command-here.ts'
import { ENDED_WELL, NEEDS_PYTHON, PYTHON, type PythonProcess, python } from '../support/python.ts'
import { journalOf } from '../support/run-files.ts'

const CONFIG = fileURLToPath(new URL('../fixtures/tiny-plr.yaml', import.meta.url))
const root = mkdtempSync(join(tmpdir(), 'agon-python-tls-'))
afterAll(() => rmSync(root, { recursive: true }))
const at = (name: string): string => join(root, name)

/** A run that waits for its evaluator and speaks TLS with certificates of `agon authority`. */
const run = (out: string, ...more: readonly string[]): Promise<Finished> =>
  jsonHere([
    ...['run', CONFIG, '--out', out],
    ...['--tls-cert', at('tls/server.pem'), '--tls-key', at('tls/server.key')],
    ...['--tls-authority', at('tls/authority.pem')],
    ...['--set', 'placement.evaluator=attach', '--set', 'budget.cycles=3'],
    ...['--set', 'evaluation.final.suite=random:5', '--set', 'evaluation.suite=random:2'],
    ...more,
  ])

/** The evaluator with the certificate that is for those who dial. */
const certified = (hub: string, of: string, waitSeconds: number): PythonProcess =>
  python(
    'tests/certified_evaluator.py',
    ...[hub, at(`${of}/client.pem`), at(`${of}/client.key`), String(waitSeconds)],
  )

describe.skipIf(PYTHON === null)(`a Python actor over TLS ${NEEDS_PYTHON}`, () => {
  beforeAll(async () => {
    for (const name of ['tls', 'other'])
      expect((await jsonHere(['authority', at(name), '--host', '127.0.0.1'])).code).toBe(0)
  })

  it('finds authority and token beside the rendezvous file', async () => {
    const out = at('run')
    const evaluator = python('tests/random_evaluator.py', join(out, 'hub.json'))
    const { code, stderr } = await run(out)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(await evaluator.ended).toEqual(ENDED_WELL)
  })

  it('shows its certificate where the hub asks for one; another one, or none, does not come in', async () => {
    const out = at('mutual')
    const hub = join(out, 'hub.json')
    const none = python('tests/random_evaluator.py', hub)
    const finished = run(out, '--tls-client-ca', at('tls/authority.pem'))
    expect(await certified(hub, 'other', 2).ended).toEqual({
      code: 1,
      stderr: expect.stringContaining('wire/unavailable'),
    })
    const evaluator = certified(hub, 'tls', 60)
    expect(await finished).toMatchObject({ code: 0 })
    expect(await evaluator.ended).toEqual(ENDED_WELL)
    expect(Math.max(...journalOf(out).map(({ epoch }) => epoch))).toBe(1)
    none.child.kill('SIGKILL')
  })
})
