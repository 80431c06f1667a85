import { spawn, spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NEEDS_PYTHON, PYTHON } from '../support/python.ts'
import { SLOW, slowly } from '../support/tiers.ts'

const repository = fileURLToPath(new URL('../..', import.meta.url))
const project = mkdtempSync(join(tmpdir(), 'agon-package-'))
afterAll(() => rmSync(project, { recursive: true }))

/** Runs a program in the project and gives its standard output; a failure shows both streams. */
function run(program: string, args: readonly string[], cwd = project): string {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' },
  })
  expect(status, `${program} ${args.join(' ')}\n${stdout}\n${stderr}`).toBe(0)
  return stdout
}

/** What `npx agon` starts, which takes as long again to find it. */
const BINARY = join(project, 'node_modules/.bin/agon')
const agon = (...args: string[]): Record<string, unknown>[] =>
  run(BINARY, [...args, '--json'])
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

/** A folder of a template, and the line that trains in it, cut short. */
function begin(template: string): { readonly folder: string; readonly line: readonly string[] } {
  const [{ next }] = agon('init', '--template', template) as unknown as { next: string[] }[]
  expect(next[0]).toBe(`cd ${template}`)
  const [program, ...args] = (next.at(-1) as string).split(' ')
  expect([program, args[0]]).toEqual(['npx', 'agon'])
  const short = ['budget={gradientUpdates: 2}', 'evaluation.every=0', 'evaluation.episodes=1']
  const settings = short.flatMap((setting) => ['--set', setting])
  return { folder: join(project, template), line: ['--no', ...args, ...settings] }
}

interface Measured {
  readonly solvedRate: number
}
const evaluationOf = (folder: string): Record<'baseline' | 'final', Measured> =>
  JSON.parse(readFileSync(join(project, folder, 'evaluation.json'), 'utf8')).slots.agent

/** What npm would install: the package, and links to the packages that it depends on, which stand in the repository. */
function unpack(tarball: string): void {
  const modules = join(project, 'node_modules')
  mkdirSync(join(modules, '.bin'), { recursive: true })
  run('tar', ['-xzf', tarball, '-C', modules])
  renameSync(join(modules, 'package'), join(modules, 'agon'))
  symlinkSync('../agon/dist/cli/agon.js', join(modules, '.bin/agon'))
  const { dependencies } = JSON.parse(readFileSync(join(modules, 'agon/package.json'), 'utf8'))
  for (const name of Object.keys(dependencies)) {
    mkdirSync(dirname(join(modules, name)), { recursive: true })
    symlinkSync(join(repository, 'node_modules', name), join(modules, name))
  }
}

beforeAll(() => {
  run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', project], repository)
  const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'))
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }\n')
  const options = ['--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', '--silent']
  if (SLOW) run('npm', ['install', `agon-${version}.tgz`, ...options])
  else unpack(`agon-${version}.tgz`)
  cpSync(join(repository, 'examples/grid-search'), project, { recursive: true })
}, 300_000)

describe('the package, installed into an empty project', () => {
  it('learns on the project’s own environment and adversary, and measures the policy', () => {
    const events = agon('run', 'experiment.yaml', '--out', 'out', '--set', 'budget.cycles=12')
    expect(events.at(-1)).toMatchObject({ kind: 'finished', result: { status: 'finished' } })
    const { baseline, final } = evaluationOf('out')
    expect(baseline.solvedRate).toBeLessThan(0.5)
    expect(final.solvedRate).toBeGreaterThan(0.8)
    const report = readFileSync(join(project, 'out/report.html'), 'utf8')
    expect(report).toContain('beacon/corners')
    expect(existsSync(join(project, 'out/policy.onnx'))).toBe(true)

    const place = ['--suite', 'beacon/corners', '--episodes', '2', '--env', 'experiment.yaml']
    const [measured] = agon('eval', 'out/policy.onnx', ...place)
    expect(JSON.stringify(measured)).toContain('corner-3')
  })

  it('is found by npx', () => {
    expect(run('npx', ['--no', '--', 'agon', '--version'])).toContain('agon ')
  })

  it('learns with the project’s own student as well', () => {
    agon('run', 'own-student.yaml', '--out', 'own-student')
    const { baseline, final } = evaluationOf('own-student')
    expect(baseline.solvedRate).toBeLessThan(0.5)
    expect(final.solvedRate).toBeGreaterThan(0.9)
  })

  it('runs one from a program', () => {
    const result = JSON.parse(run(process.execPath, ['run.mjs', 'from-code']))
    expect(result).toMatchObject({ status: 'finished', spent: { cycles: 5, envSteps: 2400 } })
    expect(existsSync(result.report)).toBe(true)
    expect(existsSync(result.policies.agent)).toBe(true)
  })

  it('type-checks the project against its declarations', () => {
    const compilerOptions = {
      target: 'es2023',
      module: 'nodenext',
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      types: [],
    }
    const files = ['my-env.ts', 'my-adversary.ts', 'my-student.ts']
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }))
    run(process.execPath, [join(repository, 'node_modules/typescript/bin/tsc'), '-p', project])
  })

  // That the templates are in the package is below, that they work is init.test.ts: in every run.
  slowly(
    'begins a folder with an environment in TypeScript, which passes its test and is trained on',
    () => {
      const { folder, line } = begin('custom-env')
      expect(run(process.execPath, ['--test'], folder)).toContain('# pass 5')
      run('npx', line, folder)
      expect(existsSync(join(folder, 'runs/first/report.html'))).toBe(true)
    },
  )

  slowly('begins a folder with mazes, which pass their test and measure what was trained', () => {
    const { folder, line } = begin('maze')
    expect(run(process.execPath, ['--test'], folder)).toContain('# pass 2')
    run('npx', [...line, '--set', 'evaluation.suite=random:2'], folder)
    const measured = ['eval', 'runs/first/policy.onnx', '--levels', 'mazes.txt']
    expect(run('npx', ['--no', 'agon', ...measured, '--env', 'experiment.yaml'], folder)).toContain(
      'Two rooms',
    )
  })

  slowly(
    `begins a folder with an environment in Python, hosted by the client that comes with it ${NEEDS_PYTHON}`,
    async (test) => {
      if (PYTHON === null) return test.skip()
      const { folder, line } = begin('python-env')
      const client = join(project, 'node_modules/agon/clients/python')
      const env = { ...process.env, PYTHONPATH: client, PYTHONDONTWRITEBYTECODE: '1' }
      const host = spawn(PYTHON as string, ['environment.py'], {
        cwd: folder,
        env,
        stdio: 'ignore',
      })
      try {
        while (!existsSync(join(folder, 'environment.json'))) {
          expect(host.exitCode).toBeNull()
          await sleep(50)
        }
        run('npx', line, folder)
        expect(existsSync(join(folder, 'runs/first/report.html'))).toBe(true)
      } finally {
        host.kill('SIGTERM')
      }
    },
  )

  // `npm run setup` builds it from the sources in every run.
  slowly('builds the football simulator when asked to', (test) => {
    const football = () => agon('doctor').find(({ name }) => name === 'football')
    expect(football()).toMatchObject({ facts: { built: false } })
    expect(JSON.stringify(football())).toContain('native/addon/build.mjs')
    const build = ['node_modules/agon/native/addon/build.mjs']
    const { status, stdout } = spawnSync(process.execPath, build, {
      cwd: project,
      encoding: 'utf8',
    })
    if (/no C\+\+ compiler|no make|no python3/.test(stdout)) test.skip(stdout)
    expect(status, stdout).toBe(0)
    expect(football()).toMatchObject({ state: 'good', facts: { built: true } })
    expect(run(process.execPath, build)).toBe('')
  })

  it('holds what it needs and nothing of the tests or sources', () => {
    const installed = join(project, 'node_modules/agon')
    const needed = ['dist/cli/agon.js', 'recipes/maze-dr.yaml', 'README.md', 'LICENSE']
    const begun = ['templates/maze/mazes.txt', 'clients/python/agon_client/levels.py']
    for (const name of [...needed, ...begun])
      expect(existsSync(join(installed, name)), name).toBe(true)
    const leftOut = [
      'clients/python/tests',
      'src',
      'tests',
      'build',
      'node_modules',
      'native/football/tests',
    ]
    for (const name of leftOut) expect(existsSync(join(installed, name)), name).toBe(false)
  })
})
