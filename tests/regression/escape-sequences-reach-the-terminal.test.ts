import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agonHere } from '../support/command-here.ts'

const CLI = fileURLToPath(new URL('../../dist/cli/agon.js', import.meta.url))
const SCRIPT = '/usr/bin/script'

/** Sets the title, clears the screen, goes up a line, turns the writing round, and begins a line that Agon never said. */
const EVIL = 'e\x1b]0;taken\x07\x1b[2J\x1b[A\x9b31m\x7f\u202e\u200b\r'
const SHOWN = 'e\\x1b]0;taken\\x07\\x1b[2J\\x1b[A\\x9b31m\\x7f\\u202e\\u200b\\r'
const FORGED = 'x\nready'

/** Whatever steers a screen, but the end of a line. */
const STEERING = /[\p{Cf}\p{Zl}\p{Zp}]|[^\P{Cc}\n]/u

const dir = mkdtempSync(join(tmpdir(), 'agon-escapes-'))
const runs = join(dir, 'runs')
const evilRun = join(runs, EVIL + FORGED)

function spoken(command: string, args: readonly string[]): Promise<string> {
  const child = spawn(command, args, { cwd: dir, env: { PATH: process.env.PATH, TERM: 'xterm' } })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  return new Promise((resolve) => child.on('close', () => resolve(said)))
}

/** Of a terminal that has no colours; the one below has. */
async function agon(...args: string[]): Promise<string> {
  const { stdout, stderr } = await agonHere(args)
  return stdout + stderr
}

const from = process.cwd()
beforeAll(async () => {
  process.chdir(dir)
  writeFileSync(
    join(dir, 'tiny.yaml'),
    `env: {id: maze, height: 5, width: 5, nWalls: 6, maxSteps: 20}
adversary: dr
student: {id: ppo, rollout: {envs: 4, steps: 16}, network: {core: none, hidden: 8}, ppo: {epochs: 1}}
evaluation: {suite: random:2, episodes: 1}
budget: {cycles: 1}
workers: 1
`,
  )
  expect(await agon('run', 'tiny.yaml', '--out', 'runs/plain')).toContain('finished')
  cpSync(join(runs, 'plain'), evilRun, { recursive: true })
  renameSync(join(runs, 'plain'), join(runs, 'a'))
})
afterAll(() => {
  process.chdir(from)
  rmSync(dir, { recursive: true, force: true })
})

describe('text from outside on the terminal', () => {
  it.each([
    ['ls', () => ['ls', runs], SHOWN],
    ['ps', () => ['ps', runs], SHOWN],
    ['compare', () => ['compare', evilRun, join(runs, 'a')], 'over levels'],
    ['report', () => ['report', evilRun], SHOWN],
    ['watch', () => ['watch', evilRun], SHOWN],
    ['stop', () => ['stop', evilRun], SHOWN],
    ['resume', () => ['resume', evilRun], SHOWN],
    ['a config that is not there', () => ['run', `${EVIL + FORGED}.yaml`], SHOWN],
    [
      'a suite that is not there',
      () => ['eval', 'runs/a/policy.onnx', '--suite', `${EVIL}x`],
      `${SHOWN}x`,
    ],
    ['a command that is not there', () => [EVIL + FORGED], SHOWN],
    ['an option that is not there', () => ['ls', `--${EVIL + FORGED}`], SHOWN],
    ['an address', () => ['ps', `${EVIL + FORGED}:1`], SHOWN],
    ['objects', () => ['ls', runs, '--json'], '\\u202e'],
  ])('is shown with visible escapes: %s', async (_, args, shown) => {
    const said = await agon(...args())
    expect(said).toContain(shown)
    expect(said).not.toMatch(STEERING)
    // No line that the text begins.
    expect(said).not.toMatch(/^ready/m)
  })

  it('is shown with visible escapes: names of levels in a file, and what is wrong with one', async () => {
    const name = `near${EVIL.replace('\r', '')}`
    writeFileSync(join(dir, 'levels.txt'), `# ${name}\n>....\n.....\n.....\n.....\n....G\n`)
    const table = await agon('eval', 'runs/a/policy.onnx', '--levels', 'levels.txt')
    expect(table).toContain('near'.concat(SHOWN.replace('\\r', '')))
    expect(table).not.toMatch(STEERING)
    // Columns stand below each other all the same.
    const [head, row] = table.split('\n').slice(1)
    expect(row.length).toBe(head.length)
    writeFileSync(join(dir, 'broken.txt'), `# ${name}\n>...\x1b[31m\n`)
    const refused = await agon('eval', 'runs/a/policy.onnx', '--levels', 'broken.txt')
    expect(refused).toContain('level/invalid')
    expect(refused).not.toMatch(STEERING)
  })

  it('is shown with visible escapes: keys and values of a config, a failed run', async () => {
    writeFileSync(
      join(dir, 'keys.yaml'),
      'env: maze\n"\\e[31m\\u202e\\nready": "\\e[32m"\nseed: "\\a"\n',
    )
    const said = await agon('run', 'keys.yaml')
    expect(said).toContain('config/')
    expect(said).not.toMatch(STEERING)
    expect(said).not.toMatch(/^ready/m)
  })

  it('is shown with visible escapes: what a program says that conformance starts', async () => {
    const words = ['sh', '-c', "printf '\\033[31mhello\\007\\n\\033[2Jlast'"]
    const said = await agon(
      'conformance',
      '127.0.0.1:0',
      '--role',
      'student',
      '--attach',
      '1',
      '--',
      ...words,
    )
    expect(said).toContain('\\x1b[31mhello\\x07\n')
    expect(said).toContain('\\x1b[2Jlast\n')
    expect(said).not.toMatch(STEERING)
  })

  it.skipIf(!existsSync(SCRIPT))('leaves the colours of Agon on a screen', async () => {
    const command = `'${process.execPath}' '${CLI}' run '${EVIL}.yaml'`
    const said = await spoken(SCRIPT, ['-qec', command, '/dev/null'])
    expect(said).toContain('\x1b[31merror\x1b[0m ')
    expect(said).toContain('\\x1b[2J')
    expect(said.replaceAll('\x1b[31merror\x1b[0m', '').replaceAll('\r\n', '\n')).not.toMatch(
      STEERING,
    )
  })
})
