import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { CLI } from '../support/command.ts'
import { jsonHere } from '../support/command-here.ts'
import { makeProject, type Project, SHORT } from '../support/project.ts'

const folders: string[] = []
const remove = (folder: string): void => rmSync(folder, { recursive: true, force: true })
afterEach(() => {
  for (const folder of folders.splice(0)) remove(folder)
})

let made: Project
const kept = mkdtempSync(join(tmpdir(), 'agon-kept-'))
beforeAll(async () => {
  made = makeProject()
  const args = ['run', made.file('experiment.yaml'), '--out', made.file('run'), ...SHORT]
  expect((await jsonHere(args)).code).toBe(0)
  cpSync(made.dir, kept, { recursive: true, verbatimSymlinks: true })
})
afterAll(() => remove(kept))

/** A project with a finished run of two cycles in it, in the folder where that ran. */
function withRun(): Project {
  remove(made.dir)
  cpSync(kept, made.dir, { recursive: true, verbatimSymlinks: true })
  folders.push(made.dir, `${made.dir}-moved`)
  return made
}

const goOn = (run: string) => jsonHere(['resume', run, '--set', 'budget.cycles=3'])

describe('a run goes on', () => {
  it('where its project was renamed', async () => {
    const { dir } = withRun()
    renameSync(dir, `${dir}-moved`)
    const { code, events } = await goOn(join(`${dir}-moved`, 'run'))
    expect(events.findLast(({ kind }) => kind === 'error')).toBeUndefined()
    expect(code).toBe(0)
  })

  it('where it was moved out of its project', async () => {
    const { dir } = withRun()
    mkdirSync(join(`${dir}-moved`, 'deep/down'), { recursive: true })
    renameSync(join(dir, 'run'), join(`${dir}-moved`, 'deep/down/run'))
    expect((await goOn(join(`${dir}-moved`, 'deep/down/run'))).code).toBe(0)
  })

  it('where the file of its environment server moved with it', async () => {
    const { dir, file } = makeProject()
    folders.push(dir, `${dir}-moved`)
    const server = spawn(process.execPath, [
      CLI,
      'env',
      file('my-env.ts'),
      '--rendezvous',
      file('at.json'),
    ])
    try {
      await once(server.stdout, 'data')
      const remote = [...SHORT, '--set', 'env={remote: at.json}']
      const { code } = await jsonHere([
        'run',
        file('experiment.yaml'),
        '--out',
        file('run'),
        ...remote,
      ])
      expect(code).toBe(0)
      renameSync(dir, `${dir}-moved`)
      expect((await goOn(join(`${dir}-moved`, 'run'))).code).toBe(0)
    } finally {
      server.kill()
      await once(server, 'exit')
    }
  })

  it('from a config of before, which held a URL alone', async () => {
    const { file } = withRun()
    const config = file('run/config.yaml')
    const text = readFileSync(config, 'utf8')
    writeFileSync(config, text.replace(/module:\n\s+- \S+\n\s+- (\S+)/g, 'module: $1'))
    expect(readFileSync(config, 'utf8')).not.toBe(text)
    expect((await goOn(file('run'))).code).toBe(0)
  })
})

it('where it cannot, both ways to go on are named', async () => {
  const { file } = withRun()
  renameSync(file('my-env.ts'), file('renamed.ts'))
  const { code, stderr } = await goOn(file('run'))
  expect(stderr).toContain(`there is no file ${file('my-env.ts')}`)
  expect(stderr).toContain(`\`module\` in ${file('run/config.yaml')}`)
  expect(stderr).toContain('--or-resume')
  expect(code).toBe(2)
})
