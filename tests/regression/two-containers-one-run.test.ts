import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  agonProcess,
  CLI,
  childrenOf,
  cyclesOf,
  longRun,
  type RealProcess,
  realProcess,
  until,
} from '../support/real-process.ts'
import { sampled } from '../support/tiers.ts'

// A PID namespace of its own is what a container or pod has: its first process is number 1, and sees no other.
const NAMESPACES = ['--mount', '--pid', '--fork', '--kill-child', '--mount-proc']
const hasNamespaces = spawnSync('unshare', [...NAMESPACES, 'true']).status === 0
/** A container whose image has no `flock`. */
const WITHOUT_FLOCK =
  'for f in /usr/bin/flock /bin/flock; do mount --bind /dev/null $f; done; exec "$@"'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'agon-containers-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const rows = (run: string): number[] =>
  readFileSync(join(run, 'metrics.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).cycle)

describe.skipIf(!hasNamespaces)('containers on one volume (needs root and unshare)', () => {
  const contained = (args: readonly string[], flock = true): RealProcess =>
    realProcess('unshare', [
      ...NAMESPACES,
      ...(flock ? [] : ['bash', '-c', WITHOUT_FLOCK, 'bash']),
      process.execPath,
      CLI,
      ...args,
    ])
  const starting = (name: string, flock?: boolean): RealProcess =>
    contained(['run', longRun(folder), '--out', join(folder, name), '--or-resume'], flock)
  const stop = async (container: RealProcess): Promise<number | null> => {
    process.kill(childrenOf(container.child.pid!)[0], 'SIGTERM')
    return (await container.ended).code
  }
  const status = async (name: string): Promise<unknown> => {
    const { stdout } = await agonProcess(['ls', join(folder, name), '--json']).ended
    return JSON.parse(stdout).status
  }

  const ways: readonly (readonly [string, boolean])[] = [
    ['without flock in their images', false],
    ['with a lock of the kernel', true],
  ]
  it.each(sampled(ways, 1))('never work on one run at once, %s', async (_, flock) => {
    const name = `two-${flock}`
    const run = join(folder, name)
    const first = starting(name, flock)
    await until('cycles', () => cyclesOf(run) > 2, first)
    const second = await starting(name, flock).ended
    expect(second.code).toBe(2)
    expect(second.stderr).toMatch(/process 1 of another container of this machine.*\[run\/locked\]/)
    expect(await status(name)).toBe('running')
    const before = cyclesOf(run)
    await until('more cycles', () => cyclesOf(run) > before + 2, first)
    expect(await stop(first)).toBe(3)
    expect(rows(run)).toEqual(rows(run).map((_, index) => index + 1))
  })

  it('go on with a run whose container was killed, at once', async () => {
    const run = join(folder, 'killed')
    const first = starting('killed')
    await until('cycles', () => cyclesOf(run) > 2, first)
    first.child.kill('SIGKILL')
    await first.ended
    expect(await status('killed')).toBe('interrupted')
    const second = starting('killed')
    const epoch = (): number =>
      JSON.parse(readFileSync(join(run, 'manifest.json'), 'utf8')).epochs.length
    await until('it goes on', () => epoch() === 2, second)
    expect(second.said.stderr).not.toMatch(/lock-watched/)
    expect(await stop(second)).toBe(3)
  })

  it('do not serve one folder of runs both', async () => {
    const root = join(folder, 'runs')
    const first = contained(['hub', '--root', root])
    await until('it listens', () => existsSync(join(root, 'hub.json')), first)
    const second = await contained(['hub', '--root', root]).ended
    expect(second).toMatchObject({ code: 2, stderr: expect.stringMatching(/hub\/locked/) })
    expect(await stop(first)).toBe(0)
  })
})

describe('what is not its own any more', () => {
  it.each([
    ['taken by another host', true],
    ['removed by hand', false],
  ])('ends a run by name, which leaves everything as it is: lock %s', async (_, taken) => {
    const run = join(folder, `lost-${taken}`)
    const started = agonProcess(['run', longRun(folder), '--out', run])
    await until('cycles', () => cyclesOf(run) > 2, started)
    const stranger = {
      lock: '{"format":1,"holder":"00","pid":1,"host":"elsewhere","boot":"another","pids":"pid:[1]","kernel":true}',
      'hub.json': '{}',
      'hub.token': 'a token of the other',
    }
    if (taken)
      for (const [name, text] of Object.entries(stranger)) writeFileSync(join(run, name), text)
    else rmSync(join(run, 'lock'))
    const { code, stderr } = await started.ended
    expect({ code, stderr }).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        taken ? /process 1 of host elsewhere.*\[run\/lock-lost\]/ : /\[run\/lock-lost\]/,
      ),
    })
    expect(JSON.parse(readFileSync(join(run, 'manifest.json'), 'utf8')).status).toBe('running')
    if (taken)
      for (const [name, text] of Object.entries(stranger))
        expect(readFileSync(join(run, name), 'utf8'), name).toBe(text)
    else {
      const resumed = agonProcess(['resume', run, '--set', 'budget.cycles=4'])
      expect((await resumed.ended).code).toBe(0)
    }
  })

  it('ends the hub of a folder in the same way', async () => {
    const root = join(folder, 'lost-hub')
    const started = agonProcess(['hub', '--root', root])
    await until('it listens', () => existsSync(join(root, 'hub.json')), started)
    rmSync(join(root, 'lock'))
    expect(await started.ended).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/\[run\/lock-lost\]/),
    })
  })

  it('stays, where a listener was started later', async () => {
    const file = join(folder, 'maze.json')
    const start = async (): Promise<RealProcess> => {
      const before = existsSync(file) ? readFileSync(file, 'utf8') : ''
      const started = agonProcess(['env', 'maze', '--rendezvous', file])
      await until(
        'it listens',
        () => existsSync(file) && readFileSync(file, 'utf8') !== before,
        started,
      )
      return started
    }
    const first = await start()
    const second = await start()
    first.child.kill('SIGTERM')
    expect((await first.ended).code).toBe(0)
    expect(JSON.parse(readFileSync(file, 'utf8')).pid).toBe(second.child.pid)
    expect(existsSync(join(folder, 'maze.token'))).toBe(true)
    second.child.kill('SIGTERM')
    expect((await second.ended).code).toBe(0)
    expect(existsSync(file)).toBe(false)
  })
})
