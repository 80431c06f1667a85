import { spawn, spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NEEDS_PYTHON, PYTHON } from '../support/python.ts'
import { slowly } from '../support/tiers.ts'

const repository = fileURLToPath(new URL('../..', import.meta.url))
const project = mkdtempSync(join(tmpdir(), 'agon-newcomer-'))
const CLI = join(project, 'node_modules/agon/dist/cli/agon.js')
afterAll(() => rmSync(project, { recursive: true }))

beforeAll(() => {
  mkdirSync(join(project, 'node_modules'))
  symlinkSync(repository, join(project, 'node_modules/agon'))
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }\n')
})

/** Runs a program and gives its standard output; a failure shows both streams. */
function run(program: string, args: readonly string[], cwd = project): string {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8' })
  expect(status, `${program} ${args.join(' ')}\n${stdout}\n${stderr}`).toBe(0)
  return stdout
}

/** Makes the folder; its README has the commands that are printed. */
function begin(template: string): string {
  const { next } = JSON.parse(
    run(process.execPath, [CLI, 'init', '--template', template, '--json']),
  )
  const readme = readFileSync(join(project, template, 'README.md'), 'utf8')
  expect(readme.split('```')[1].trim().split('\n').slice(1)).toEqual(next.slice(-2))
  return join(project, template)
}

/** The second command, and that its report is there. */
function train(folder: string, ...more: string[]): void {
  run(process.execPath, [CLI, 'run', 'experiment.yaml', '--out', 'runs/first', ...more], folder)
  expect(readFileSync(join(folder, 'runs/first/report.html'), 'utf8')).toContain('headline')
}

const SHORT = [
  'budget.gradientUpdates=2',
  'evaluation.every=0',
  'evaluation.episodes=1',
  'workers=1',
].flatMap((setting) => ['--set', setting])

describe('a newcomer’s folder, by its two commands', () => {
  it('has an environment in TypeScript that passes its test and is learnt', () => {
    const folder = begin('custom-env')
    expect(run(process.execPath, ['--test'], folder)).toContain('# pass 5')
    train(folder)
    const file = join(folder, 'runs/first/evaluation.json')
    const { baseline, final } = JSON.parse(readFileSync(file, 'utf8')).slots.agent
    expect(final.solvedRate).toBeGreaterThan(baseline.solvedRate)
    expect(final.solvedRate).toBeGreaterThan(0.9)
  })

  // Their environment is the built-in one; the folder is made in the unit tests of the command.
  slowly('has mazes that pass their test, and a run to measure on them', () => {
    const folder = begin('maze')
    expect(run(process.execPath, ['--test'], folder)).toContain('# pass 2')
    train(folder, ...SHORT, '--set', 'evaluation.suite=random:2')
    const args = ['eval', 'runs/first/policy.onnx', '--levels', 'mazes.txt']
    const measured = run(process.execPath, [CLI, ...args, '--env', 'experiment.yaml'], folder)
    expect(measured).toContain('Two rooms')
  })

  it.skipIf(PYTHON === null)(
    `has an environment in Python that passes its test and is trained on ${NEEDS_PYTHON}`,
    async () => {
      const folder = begin('python-env')
      const client = join(repository, 'clients/python')
      const env = { ...process.env, PYTHONPATH: client, PYTHONDONTWRITEBYTECODE: '1' }
      const python = PYTHON as string
      const tested = spawnSync(python, ['-m', 'unittest'], { cwd: folder, env, encoding: 'utf8' })
      expect(tested.stderr).toMatch(/Ran 3 tests[\s\S]*OK/)
      const host = spawn(python, ['environment.py'], { cwd: folder, env, stdio: 'ignore' })
      try {
        while (!existsSync(join(folder, 'environment.json'))) {
          expect(host.exitCode).toBeNull()
          await sleep(50)
        }
        train(folder, ...SHORT)
      } finally {
        host.kill('SIGTERM')
      }
    },
  )
})
