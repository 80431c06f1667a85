import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agonProcess, CLI, cyclesOf, longRun, realProcess, until } from '../support/real-process.ts'
import { slowly } from '../support/tiers.ts'

const TINY = fileURLToPath(new URL('../fixtures/tiny-plr.yaml', import.meta.url))
const MAZE = new URL('../../dist/envs/maze/index.js', import.meta.url).href
const SMALL = ['--set', 'workers=1', '--set', 'evaluation={ suite: "random:2", every: 0 }']
const WARNING = /cannot be written \(ENOSPC[^)]*\): what does not get through is dropped/g

// What is written to /dev/full meets a full disk.
describe.skipIf(process.platform !== 'linux')('output that nobody can take', () => {
  let folder = ''
  let full = 0
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'agon-full-'))
    full = openSync('/dev/full', 'w')
  })
  afterAll(() => {
    closeSync(full)
    rmSync(folder, { recursive: true })
  })
  const short = (name: string, ...set: string[]): string[] => [
    ...['run', TINY, '--out', join(folder, name), '--set', 'budget.cycles=4', ...SMALL],
    ...set.flatMap((one) => ['--set', one]),
  ]
  const isWhole = (name: string): void => {
    const { status } = JSON.parse(readFileSync(join(folder, name, 'manifest.json'), 'utf8'))
    expect(status).toBe('finished')
    expect(readdirSync(join(folder, name, 'cuts'))).toContain('4')
  }

  it('on standard error is told of once on standard output, and the run ends as it would have', async () => {
    const plain = await agonProcess(short('err'), { stdio: ['ignore', 'pipe', full] }).ended
    expect(plain.code).toBe(0)
    expect(plain.stdout.match(WARNING)).toHaveLength(1)
    isWhole('err')
  })

  it('on standard error is an object of standard output with --json', async () => {
    const args = ['run', 'nowhere.yaml', '--json']
    const { code, stdout } = await agonProcess(args, { stdio: ['ignore', 'pipe', full] }).ended
    expect(code).toBe(2)
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([
      { kind: 'error', code: expect.any(String) },
      { kind: 'warning', warning: { code: 'output/dropped' } },
    ])
  })

  it('on standard output is told of once on standard error', async () => {
    const { ended } = agonProcess([...short('out'), '--json'], { stdio: ['ignore', full, 'pipe'] })
    const { code, stderr } = await ended
    expect({ code, told: stderr.match(WARNING) }).toMatchObject({ code: 0, told: { length: 1 } })
    isWhole('out')
  })

  slowly('on both is dropped in silence', async () => {
    const { code } = await agonProcess(short('both'), { stdio: ['ignore', full, full] }).ended
    expect(code).toBe(0)
    isWhole('both')
  })

  it('from a thread of the run is dropped as well', async () => {
    const module = join(folder, 'chatty.mjs')
    writeFileSync(
      module,
      `import { environment as maze } from ${JSON.stringify(MAZE)}
      export const environment = { ...maze, create: (options) => {
        console.log('x'.repeat(2 ** 20))
        return maze.create(options)
      } }`,
    )
    const set = [
      `env={ id: ${JSON.stringify(module)}, height: 5, width: 5, nWalls: 5, maxSteps: 20 }`,
      'workers=2',
    ]
    const { ended } = agonProcess(short('thread', ...set), { stdio: ['ignore', full, 'pipe'] })
    const { code, stderr } = await ended
    expect({ code, told: stderr.match(WARNING) }).toMatchObject({ code: 0, told: { length: 1 } })
    isWhole('thread')
  })

  it.each([
    ['ls', []],
    ['help', []],
    ['run', [TINY, '--dry-run', '--set', 'name=dry']],
  ])('fails a command that only prints: %s', async (command, args) => {
    const where = command === 'ls' ? [folder] : args
    const { ended } = agonProcess([command, ...where], { stdio: ['ignore', full, 'pipe'] })
    const { code, stderr } = await ended
    expect({ code, told: stderr.match(WARNING) }).toMatchObject({ code: 1, told: { length: 1 } })
  })

  it('because a file may not grow fails it too; a reader that has enough does not', async () => {
    const shell = (line: string) =>
      realProcess('bash', ['-c', line, 'bash', process.execPath, CLI, folder]).ended
    const limited = await shell(`ulimit -f 0; "$1" "$2" help > "$3/listing"`)
    expect(limited.stderr).toMatch(/EFBIG/)
    expect(limited.code).toBe(1)
    const read = await shell(`"$1" "$2" help | head -n 1; exit "\${PIPESTATUS[0]}"`)
    expect(read).toMatchObject({ code: 0, stderr: '' })
  })

  it('because its reader stopped reading holds nobody up: TERM makes a cut', async () => {
    const run = join(folder, 'unread')
    const started = agonProcess(['run', longRun(folder), '--out', run, '--json'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    // What was read ahead is little; the pipe takes 64 KiB.
    started.child.stdout?.pause()
    await until('many cycles', () => cyclesOf(run) > 150, started)
    started.child.kill('SIGTERM')
    const code = await new Promise((resolve) => started.child.on('exit', resolve))
    expect(code).toBe(3)
    expect(readdirSync(join(run, 'cuts'))).toHaveLength(1)
  })
})
