import { describe, expect, it } from 'vitest'
import type { Finding } from '../../../conformance/index.ts'
import type { ExamineRequest } from '../../../launch/conformance/examine.ts'
import { fake, fakeCommandLine } from '../../testing/fake-context.ts'
import { conformanceCommand } from './conformance.ts'

const FAILED: Finding = {
  name: 'cycle: one',
  verdict: 'failed',
  sent: 'A',
  expected: 'B',
  received: 'C',
  reason: '',
}
const OK: Finding = { ...FAILED, name: 'hello: two', verdict: 'ok', sent: '' }
const SKIPPED: Finding = { ...OK, name: 'state: three', verdict: 'skipped', reason: 'no snapshots' }

function commandLine(findings: readonly Finding[]) {
  const asked: ExamineRequest[] = []
  const line = fakeCommandLine([
    fake(conformanceCommand, {
      async *examine(request) {
        asked.push(request)
        yield* findings
      },
    }),
  ])
  return { ...line, asked }
}

describe('agon conformance', () => {
  it('says of each check what came of it, and ends with 1 where one failed', async () => {
    const { agon, terminal } = commandLine([OK, FAILED, SKIPPED])
    expect(await agon('conformance', '127.0.0.1:0', '--role', 'student')).toBe(1)
    expect(terminal.stdout()).toBe(
      [
        'ok     hello: two',
        'FAILED cycle: one',
        '         sent      A',
        '         expected  B',
        '         received  C',
        'skip   state: three (no snapshots)',
        '1 checks passed, 1 failed, 1 skipped\n',
      ].join('\n'),
    )
  })

  it.each([
    [[OK, SKIPPED], 0],
    [[SKIPPED], 1],
  ])('ends with 0 only where something was looked at', async (findings, code) => {
    const { agon } = commandLine(findings)
    expect(await agon('conformance', 'x.json', '--role', 'environment')).toBe(code)
  })

  it('hands on what a service is asked, and refuses what is no JSON', async () => {
    const { agon, asked, terminal } = commandLine([OK])
    const args = ['conformance', ':0', '--role', 'service', '--payload']
    expect(await agon(...args, '{"level":"#"}')).toBe(0)
    expect(asked[0].payload).toBe('{"level":"#"}')
    expect(await agon(...args, '{')).toBe(2)
    expect(terminal.stderr()).toContain('--payload is no JSON')
  })

  it('hands on the command that starts an actor, and the model of an address', async () => {
    const { agon, asked } = commandLine([OK])
    await agon(
      'conformance',
      ':0',
      '--role',
      'student',
      '--attach',
      '5',
      '--',
      'python3',
      'x.py',
      '--fast',
      '{hub}',
    )
    await agon('conformance', 'kserve://localhost:1/m', '--role', 'policy')
    expect(asked[0]).toMatchObject({
      address: ':0',
      attachMs: 5000,
      command: ['python3', 'x.py', '--fast', '{hub}'],
    })
    expect(asked[1]).toMatchObject({ address: 'localhost:1', model: 'm' })
  })

  it.each([
    [
      ['127.0.0.1:0'],
      /--role is one of adversary, student, evaluator, service, environment, policy/,
    ],
    [['127.0.0.1:1', '--role', 'judge'], /not 'judge'/],
    [['127.0.0.1:1', '--role', 'policy'], /--model is missing/],
  ])('refuses %s', async (args, words) => {
    const { agon, terminal, asked } = commandLine([OK])
    expect(await agon('conformance', ...args)).toBe(2)
    expect(terminal.stderr()).toMatch(words)
    expect(asked).toEqual([])
  })
})
