import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { EXIT } from '../../../run/exit-codes.ts'
import { fake, fakeCommandLine } from '../../testing/fake-context.ts'
import { initCommand } from './init.ts'
import { makeFolder } from './make-folder.ts'

const root = mkdtempSync(join(tmpdir(), 'agon-init-'))
afterAll(() => rmSync(root, { recursive: true }))

describe('agon init', () => {
  it('makes the folder of a template, and says what to type next', async () => {
    const { agon, terminal } = fakeCommandLine([
      fake(initCommand, { makeFolder: async (request) => makeFolder(request) }),
    ])
    const folder = join(root, 'mine')
    expect(await agon('init', folder)).toBe(EXIT.ok)
    expect(readdirSync(folder).sort()).toEqual(
      ['README.md', 'environment.test.mjs', 'environment.ts', 'experiment.yaml'].sort(),
    )
    expect(terminal.stdout()).toContain(`${join(folder, 'environment.ts')}\n`)
    expect(terminal.stdout()).toMatch(/next:\n {2}cd .*\n {2}node --test\n {2}npx agon run/)
  })

  it.each(['custom-env', 'python-env', 'maze'])('%s has a README of two commands', (template) => {
    const folder = join(root, template)
    const { files, next } = makeFolder({ template, folder })
    for (const file of files) expect(readFileSync(file, 'utf8')).not.toBe('')
    const [, commands] = readFileSync(join(folder, 'README.md'), 'utf8').split('```')
    expect(commands.trim().split('\n').slice(1)).toEqual(next.slice(-2))
  })

  it('overwrites nothing', () => {
    const taken = join(root, 'taken')
    mkdirSync(taken)
    expect(makeFolder({ template: 'maze', folder: taken }).files).toHaveLength(4)
    writeFileSync(join(taken, 'experiment.yaml'), 'mine')
    expect(() => makeFolder({ template: 'maze', folder: taken })).toThrow(
      expect.objectContaining({ code: 'init/exists', place: taken }),
    )
    const file = join(taken, 'experiment.yaml')
    expect(() => makeFolder({ template: 'maze', folder: file })).toThrow(
      expect.objectContaining({ code: 'init/exists' }),
    )
    expect(readFileSync(file, 'utf8')).toBe('mine')
  })

  it('names the templates to who asks for another', () => {
    expect(() => makeFolder({ template: 'python', folder: join(root, 'none') })).toThrow(
      expect.objectContaining({
        code: 'init/template',
        remedy: expect.stringContaining('custom-env, maze, python-env'),
      }),
    )
  })
})
