import { type ChildProcess, spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agonHere, type Said } from '../support/command-here.ts'

const BINARY = fileURLToPath(new URL('../../dist/cli/agon.js', import.meta.url))
const RECIPES = fileURLToPath(new URL('../../recipes/', import.meta.url))

const folder = mkdtempSync(join(tmpdir(), 'agon-cli-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

// Paths of commands in this process are as those of the processes are.
const from = process.cwd()
beforeAll(() => process.chdir(folder))
afterAll(() => process.chdir(from))

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

function start(
  argv: readonly string[],
  env: Readonly<Record<string, string>> = {},
): { readonly child: ChildProcess; readonly ended: Promise<Ended>; readonly said: () => string } {
  const child = spawn(process.execPath, [BINARY, ...argv], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...env },
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
  return { child, ended, said: () => stderr }
}

const agon = (...argv: string[]): Promise<Said> => agonHere(argv)

const objects = (text: string): Record<string, unknown>[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

const kinds = (text: string): unknown[] => objects(text).map(({ kind }) => kind)

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20))
}

/** A run of the smallest size that still has every part. */
function tinyConfig(name: string, budget: string): string {
  const path = join(folder, `${name}.yaml`)
  const lines = [
    'env: {id: maze, height: 5, width: 5, nWalls: 6, maxSteps: 40}',
    'adversary: plr',
    'student: {id: ppo, rollout: {envs: 4, steps: 32}, network: {hidden: 16}, ppo: {epochs: 1}}',
    'evaluation: {suite: random:4, every: 2}',
    `budget: {${budget}}`,
    'cuts: {every: 2}',
    'workers: 1',
  ]
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}

describe('the binary', () => {
  it('prints the version of the package', async () => {
    const { version } = JSON.parse(
      readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
    ) as { version: string }
    const { ended } = start(['--version'])
    expect(await ended).toEqual({ code: 0, stdout: `agon ${version}\n`, stderr: '' })
  })

  it('explains itself', async () => {
    const { code, stdout } = await start(['help']).ended
    expect(code).toBe(0)
    expect(stdout).toMatch(/^usage: agon <command>/m)
  })

  it('explains every config key with run --help', async () => {
    const { code, stdout } = await agon('run', '--help', '--json')
    expect(code).toBe(0)
    const keys = objects(stdout).filter(({ kind }) => kind === 'key')
    expect(keys.length).toBeGreaterThan(60)
    expect(keys.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['budget.gradientUpdates', 'env.profile', 'student.rollout.envs']),
    )
    for (const { description } of keys) expect(description).toMatch(/\w/)
  })

  it.each([
    [[], /usage: agon/],
    [['rnu'], /did you mean 'run'\?/],
    [['ls', '--jsno'], /did you mean --json\?/],
    [['run'], /<config> is missing/],
    [['run', 'no-such.yaml'], /no-such\.yaml: there is no such file/],
    [['eval', 'no-such.onnx', '--suite', 'maze/dcd'], /no-such\.onnx/],
    [['resume', '.'], /not a run directory/],
    [['report', '.'], /no run directory/],
    [['compare', '.'], /give run directories/],
    [['ls', 'nowhere'], /no such folder/],
  ])('refuses %j with exit code 2 and a sentence', async (argv, sentence) => {
    const { code, stdout, stderr } = await agonHere(argv)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(sentence)
    expect(stderr).not.toMatch(/^\s+at /m)
  })

  it('names the nearest config key with its place', async () => {
    const config = tinyConfig('typo', 'cycles: 2')
    const { code, stdout } = await agon('run', config, '--set', 'env.widht=6', '--json')
    expect(code).toBe(2)
    expect(objects(stdout)).toMatchObject([
      { kind: 'error', code: 'config/invalid', fields: { problems: [{ nearest: 'width' }] } },
    ])
  })

  it('shows a stack only when asked to', async () => {
    const { stderr } = await start(['ls', 'nowhere'], { AGON_DEBUG: '1' }).ended
    expect(stderr).toMatch(/^\s+at /m)
  })

  it('says what a machine lacks', async () => {
    const { code, stdout } = await agon('doctor', '--json')
    expect(code).toBe(0)
    const checks = objects(stdout)
    expect(checks.at(-1)).toEqual({ kind: 'doctor', ok: true })
    const names = checks.slice(0, -1).map(({ name }) => name)
    expect(names).toEqual(
      expect.arrayContaining(['Node', 'cores', 'memory', 'disk', 'provider cpu', 'session']),
    )
    const cuda = checks.find(({ name }) => name === 'provider cuda')
    if (cuda?.state === 'absent') expect(cuda.facts).toMatchObject({ reason: /\w/ })
  })

  it('finds no runs in an empty folder', async () => {
    mkdirSync(join(folder, 'empty'))
    const ended = await agon('ls', 'empty')
    expect(ended).toMatchObject({ code: 0, stdout: '', stderr: 'no runs in empty\n' })
  })

  it('estimates a recipe and writes nothing', async () => {
    const out = join(folder, 'not-made')
    const { code, stdout, stderr } = await agon(
      'run',
      `${RECIPES}maze-dr.yaml`,
      '--dry-run',
      '--json',
      '--out',
      out,
    )
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const [plan] = objects(stdout)
    expect(plan).toMatchObject({ kind: 'estimate', envStepsPerCycle: 8192, timeFrom: 'yardstick' })
    expect(plan.seconds).toBeGreaterThan(0)
    expect((await agon('ls', out)).code).toBe(2)
  })

  it('is quiet when its reader goes away', async () => {
    const { child, ended } = start(['run', '--help'])
    child.stdout?.destroy()
    expect(await ended).toMatchObject({ code: 0, stderr: '' })
  })
})

describe('a run from the command line', () => {
  it('is stopped with a cut, resumed, listed, measured, reported and compared', async () => {
    const out = join(folder, 'run')
    const config = tinyConfig('tiny', 'cycles: 100000')
    const { child, ended, said } = start(['run', config, '--out', out, '--seed', '4'])
    await until(() => /^cycle \d/m.test(said()))
    child.kill('SIGINT')
    const stopped = await ended
    expect(stopped.code).toBe(3)
    expect(stopped.stdout).toContain(`agon resume ${out}`)
    const cycles = Number(/^stopped +(\d+) cycles/m.exec(stopped.stdout)?.[1])

    const refused = await agon('resume', out, '--set', 'seed=5')
    expect(refused.code).toBe(2)
    const resumed = await agon('resume', out, '--set', `budget.cycles=${cycles + 2}`, '--json')
    expect(resumed.code).toBe(0)
    expect(objects(resumed.stdout)[0]).toMatchObject({ kind: 'started', from: cycles })
    expect(kinds(resumed.stdout)).toEqual(expect.arrayContaining(['cycle', 'cut', 'evaluation']))
    const result = objects(resumed.stdout).at(-1)
    expect(result).toMatchObject({ kind: 'finished', result: { status: 'finished' } })

    const listed = objects((await agon('ls', folder, '--json')).stdout)
    expect(listed).toMatchObject([{ dir: out, status: 'finished', done: 1, seed: 4 }])
    const policy = join(out, 'policy.onnx')
    const measured = await agon('eval', policy, '--env', config, '--suite', 'random:3', '--json')
    expect(measured.code).toBe(0)
    expect(objects(measured.stdout)).toMatchObject([
      { kind: 'evaluation', suite: 'random:3', episodes: 10, levels: [{}, {}, {}] },
    ])
    const report = await agon('report', out)
    expect(report).toMatchObject({ code: 0, stdout: `${join(out, 'report.html')}\n` })
    expect((await agon('compare', out)).code).toBe(0)
    expect((await agon('run', config, '--out', out)).code).toBe(2)
  })

  it('leaves at once at the second Ctrl-C', async () => {
    const out = join(folder, 'left')
    const config = tinyConfig('long', 'cycles: 100000')
    const slow = ['--set', 'student.rollout.steps=4096', '--set', 'student.rollout.envs=8']
    const { child, ended, said } = start(['run', config, '--out', out, ...slow])
    await until(() => /^cycle \d/m.test(said()))
    child.kill('SIGINT')
    await until(() => said().includes('Ctrl-C again'))
    // One that comes too soon after the first counts as the same press, by the clock of a process that may be late.
    const pressing = setInterval(() => child.kill('SIGINT'), 300)
    expect((await ended).code).toBe(130)
    clearInterval(pressing)
    expect(objects((await agon('ls', out, '--json')).stdout)).toMatchObject([
      { status: 'interrupted' },
    ])
  })

  it.each([
    ['no goal', '>..\n...\n', /map: there is no goal/],
    ['two agents', '>.G\n..<\n', /row 2, column 3: a second agent/],
    ['a short row', '>.G\n..\n', /row 2, column 3: the row has 2 cells, the first has 3/],
    ['an unknown cell', '>.G\n.x.\n', /row 2, column 2: unknown cell 'x'/],
  ])('refuses a level with %s by its place', async (_, level, sentence) => {
    const levels = join(folder, 'levels.txt')
    writeFileSync(levels, `name: fine\n>.G\n...\n\n# broken\n${level}`)
    const policy = join(folder, 'run', 'policy.onnx')
    const ended = await agon('eval', policy, '--levels', levels, '--env', join(folder, 'tiny.yaml'))
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code: 2, stdout: '' })
    expect(ended.stderr).toMatch(/levels\.txt:\d+, level 'broken', /)
    expect(ended.stderr).toMatch(sentence)
  })

  it('says what an ONNX file should have and has', async () => {
    const [policy, card] = ['odd.onnx', 'odd.yaml'].map((name) => join(folder, name))
    copyFileSync(join(folder, 'run', 'policy.onnx'), policy)
    const text = readFileSync(join(folder, 'run', 'policy.yaml'), 'utf8')
    writeFileSync(card, text.replaceAll('state_h', 'memory').replaceAll('[16]', '[8]'))
    const config = join(folder, 'tiny.yaml')
    const ended = await agon('eval', policy, '--env', config, '--suite', 'random:3')
    expect(ended.code).toBe(2)
    expect(ended.stderr).toMatch(
      /odd\.onnx: .*expected .*memory: float32 \[B, 8\].*found .*state_h/,
    )
  })

  it('checks weights and place of a dry run too', async () => {
    const config = join(folder, 'tiny.yaml')
    const taken = await agon('run', config, '--dry-run', '--out', join(folder, 'run'))
    expect(taken).toMatchObject({ code: 2, stderr: expect.stringContaining('[run/exists]') })
    const policy = join(folder, 'run', 'policy.onnx')
    const wider = await agon(
      'run',
      config,
      '--dry-run',
      '--init',
      policy,
      '--set=student.network.hidden=24',
    )
    expect(wider).toMatchObject({ code: 2, stderr: expect.stringContaining('[network/weights]') })
  })

  it('refuses a policy of another profile', async () => {
    const card = join(folder, 'run', 'policy.yaml')
    const text = readFileSync(card, 'utf8')
    writeFileSync(card, text.replace('profile: minimax', 'profile: dcd'))
    const policy = join(folder, 'run', 'policy.onnx')
    const config = join(folder, 'tiny.yaml')
    const ended = await agon('eval', policy, '--env', config, '--suite', 'random:3', '--json')
    expect(ended.code).toBe(2)
    expect(objects(ended.stdout)).toMatchObject([{ kind: 'error', code: 'policy/profile' }])
  })
})
