import { describe, expect, it } from 'vitest'
import { AgonError } from '../core/errors.ts'
import { EXIT } from '../run/exit-codes.ts'
import { COMMANDS } from './catalogue.ts'
import { reportCommand } from './commands/report/report.ts'
import { fake, fakeCommandLine } from './testing/fake-context.ts'

/** A command line on which a report fails. */
const reporting = (error: Error) =>
  fakeCommandLine([fake(reportCommand, { writeReport: () => Promise.reject(error) })])

describe('agon', () => {
  it.each([['--version'], ['-v']])('prints its version for %s', async (option) => {
    const line = fakeCommandLine()
    expect(await line.agon(option)).toBe(EXIT.ok)
    expect(line.terminal.stdout()).toBe('agon 1.2.3\n')
  })

  it('prints its version as JSON', async () => {
    const line = fakeCommandLine()
    await line.agon('--version', '--json')
    expect(line.json()).toEqual([{ kind: 'version', version: '1.2.3' }])
  })

  it.each([['help'], ['--help'], ['-h']])('lists every command for %s', async (word) => {
    const line = fakeCommandLine()
    expect(await line.agon(word)).toBe(EXIT.ok)
    for (const name of Object.keys(COMMANDS))
      expect(line.terminal.stdout()).toMatch(new RegExp(`^  ${name} +\\w`, 'm'))
    for (const text of line.terminal.stdout().split('\n')) expect(text.length).toBeLessThan(81)
  })

  it('counts no command as bad usage, and shows the commands', async () => {
    const line = fakeCommandLine()
    expect(await line.agon()).toBe(EXIT.usage)
    expect(line.terminal.stdout()).toBe('')
    expect(line.terminal.stderr()).toContain('usage: agon <command>')
  })

  it('names the nearest command', async () => {
    const line = fakeCommandLine()
    expect(await line.agon('reprot')).toBe(EXIT.usage)
    expect(line.terminal.stderr()).toBe(
      "error agon: there is no command 'reprot'; did you mean 'report'? — `agon help` lists the commands [usage/command]\n",
    )
  })

  it.each(['__proto__', 'constructor', 'toString', ''])('knows no command %j', async (name) => {
    expect(await fakeCommandLine().agon(name)).toBe(EXIT.usage)
  })

  it.each(Object.keys(COMMANDS))('explains %s with its options and an example', async (name) => {
    const line = fakeCommandLine()
    expect(await line.agon(name, '--help')).toBe(EXIT.ok)
    const byCommand = line.terminal.stdout()
    expect(byCommand).toContain(`usage: agon ${name}`)
    expect(byCommand).toContain('--json')
    expect(byCommand).toContain(`  agon ${name}`)
    const other = fakeCommandLine()
    await other.agon('help', name)
    expect(other.terminal.stdout()).toBe(byCommand)
  })

  it('explains every config key with run', async () => {
    const row = {
      path: 'env.width',
      type: 'integer',
      default: 13,
      allowed: '1 … 99',
      description: 'Columns of a level.',
    }
    const configKeys = async () => [
      { id: 'environment/maze', title: 'env: maze', prefix: 'env', rows: [row] },
    ]
    const text = fakeCommandLine([], configKeys)
    await text.agon('help', 'run')
    expect(text.terminal.stdout()).toContain(
      'env: maze\n  env.width  Columns of a level. (integer 1 … 99; default 13)',
    )
    const json = fakeCommandLine([], configKeys)
    await json.agon('help', 'run', '--json')
    expect(json.json().at(-1)).toEqual({ kind: 'key', section: 'environment/maze', ...row })
  })

  it('prints an error as a sentence and, with --json, as an object', async () => {
    const torn = new AgonError('cut/torn', 'a cut is torn', { remedy: 'resume', place: 'cuts/3' })
    const line = reporting(torn)
    expect(await line.agon('report', 'dir', '--json')).toBe(EXIT.damaged)
    expect(line.terminal.stderr()).toBe('error cuts/3: a cut is torn — resume [cut/torn]\n')
    expect(line.json()).toEqual([
      {
        kind: 'error',
        code: 'cut/torn',
        message: 'a cut is torn',
        remedy: 'resume',
        place: 'cuts/3',
      },
    ])
  })

  it('shows the nearest name that an error carries as data only', async () => {
    const fields = { nearest: 'maze' }
    const line = reporting(new AgonError('config/part', "there is no 'mase'", { fields }))
    await line.agon('report', 'dir')
    expect(line.terminal.stderr()).toContain("there is no 'mase'; did you mean 'maze'?")
  })

  it('never prints a stack trace, not even of a defect', async () => {
    const line = reporting(new TypeError('x is not a function'))
    expect(await line.agon('report', 'dir')).toBe(EXIT.failed)
    expect(line.terminal.stderr()).not.toMatch(/^\s+at /m)
    expect(line.terminal.stderr()).toContain('AGON_DEBUG=1')
  })
})
