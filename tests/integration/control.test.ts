import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { deafWatcher } from '../../src/launch/hub/testing/deaf-watcher.ts'
import { agonHere } from '../support/command-here.ts'
import { agon, published, type Started, start, tinyConfig, until } from '../support/control.ts'
import { exactFiles } from '../support/run-files.ts'

let folder = ''
let endless = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'agon-control-'))
  endless = tinyConfig(folder, 'endless', ['budget: {cycles: 1000000}', 'cuts: {every: 10}'])
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const children: Started[] = []
const launched: number[] = []
const begin = (...args: Parameters<typeof start>): Started => {
  const started = start(...args)
  children.push(started)
  return started
}
afterEach(async () => {
  for (const { child, ended } of children.splice(0)) {
    child.kill('SIGKILL')
    await ended
  }
  // Runs that a hub launched outlive it, and must not outlive a test that failed.
  for (const pid of launched.splice(0)) if (existsSync(`/proc/${pid}`)) process.kill(pid, 'SIGKILL')
})

const HUB_FILES = ['hub.json', 'hub.token', 'hub.pem']
/** Older cuts are removed, so none is waited for by its number. */
const hasCut = (run: string): boolean =>
  readdirSync(join(run, 'cuts')).some((name) => /^\d+$/.test(name))
const hubFilesOf = (run: string): string[] => readdirSync(run).filter((n) => HUB_FILES.includes(n))

describe('a run', () => {
  it('is seen, watched and stopped from other processes', async () => {
    const dir = join(folder, 'seen')
    const run = begin(['run', endless, '--out', dir, '--json'])
    const { address } = await published(dir)
    expect(statSync(join(dir, 'hub.token')).mode & 0o777).toBe(0o600)
    const watch = begin(['watch', dir, '--json'])
    await until(() => hasCut(dir))

    const ps = await agonHere(['ps', dir, '--json'])
    expect(ps.code).toBe(0)
    expect(ps.events).toMatchObject([
      {
        kind: 'run',
        dir,
        status: 'running',
        hub: address,
        epoch: 1,
        actors: [
          { actor: 'student/agent', placement: 'local', state: 'working', epoch: 1 },
          { actor: 'adversary', placement: 'local', state: 'working', epoch: 1 },
        ],
      },
    ])
    const listed = await agonHere(['ps', join(dir, 'hub.json')])
    expect(listed.stdout).toMatch(/ running .*\n {2}student\/agent {2}local {2}working\n/)

    const stop = await agonHere(['stop', dir, '--json'])
    expect(stop).toMatchObject({ code: 0, events: [{ kind: 'run', status: 'stopped', dir }] })
    const [ran, watched] = await Promise.all([run.ended, watch.ended])
    expect({ run: ran.code, watch: watched.code }).toEqual({ run: 3, watch: 3 })
    expect(hubFilesOf(dir)).toEqual([])

    expect(watched.events[0]).toMatchObject({ kind: 'run', status: 'running' })
    expect(watched.events.at(-1)).toMatchObject({
      kind: 'run',
      status: 'stopped',
      actors: expect.arrayContaining([expect.objectContaining({ state: 'closed' })]),
    })
    const rows = watched.events.filter(({ kind }) => kind === 'cycle')
    const written = readFileSync(join(dir, 'metrics.jsonl'), 'utf8').trim().split('\n')
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.map(({ metrics }) => metrics)).toEqual(
      written.slice(-rows.length).map((line) => JSON.parse(line)),
    )
    expect(watched.events).toContainEqual(
      expect.objectContaining({ kind: 'note', of: 'cut', text: expect.stringContaining('cut') }),
    )

    const over = await agonHere(['watch', dir, '--json'])
    expect(over).toMatchObject({ code: 3, events: [{ kind: 'run', status: 'stopped' }] })
    expect((await agonHere(['stop', dir])).code).toBe(0)
  })

  it('has the same bits with a watcher that never reads', async () => {
    const config = tinyConfig(folder, 'long', ['budget: {cycles: 24}', 'cuts: {every: 8}'])
    const [alone, watched] = [join(folder, 'alone'), join(folder, 'watched')]
    expect((await agonHere(['run', config, '--out', alone])).code).toBe(0)
    const run = begin(['run', config, '--out', watched, '--json'])
    const { address, token } = await published(watched)
    const deaf = await deafWatcher(address, token)
    const watch = await agonHere(['watch', watched, '--json'])
    const ran = await run.ended
    deaf.destroy()
    expect({ run: ran.code, watch: watch.code }).toEqual({ run: 0, watch: 0 })
    expect(ran.stderr).toBe('')
    expect(watch.events.filter(({ kind }) => kind === 'cycle').length).toBeGreaterThan(5)
    expect(exactFiles(watched)).toEqual(exactFiles(alone))
  })

  it('answers nobody who does not show its token', async () => {
    const dir = join(folder, 'token')
    begin(['run', endless, '--out', dir])
    const { address, token } = await published(dir)
    const wrong = join(folder, 'wrong.token')
    writeFileSync(wrong, 'x'.repeat(43), { mode: 0o600 })
    const open = join(folder, 'open.token')
    writeFileSync(open, token, { mode: 0o644 })
    for (const args of [
      ['ps', address],
      ['stop', address],
      ['watch', dir, '--token-file', wrong],
    ])
      expect(await agonHere([...args, '--json'])).toMatchObject({
        code: 2,
        events: [{ kind: 'error', code: 'wire/token' }],
      })
    expect(await agonHere(['ps', address, '--token-file', open, '--json'])).toMatchObject({
      code: 2,
      events: [{ code: 'wire/token-file' }],
    })
    const shown = await agon(['ps', address, '--json'], { AGON_TOKEN: token })
    expect(shown).toMatchObject({ code: 0, events: [{ kind: 'run', status: 'running' }] })
  })

  it('keeps its token to one file', async () => {
    const dir = join(folder, 'secret')
    const run = begin(['run', endless, '--out', dir, '--json'])
    const { token } = await published(dir)
    await until(() => hasCut(dir))
    expect(commandLines()).not.toContain(token)
    expect((await agonHere(['stop', dir])).stderr).not.toContain(token)
    const { stdout, stderr } = await run.ended
    expect(stdout + stderr).not.toContain(token)
    for (const [path, text] of textsOf(dir)) expect(text.includes(token), path).toBe(false)
  })

  it('says why nothing can listen before it makes anything', async () => {
    const taken = createServer()
    const port = await new Promise<number>((resolve) =>
      taken.listen(0, '127.0.0.1', () => resolve((taken.address() as { port: number }).port)),
    )
    const dir = join(folder, 'never')
    const listen = (...options: string[]) =>
      agonHere(['run', endless, '--out', dir, '--json', ...options])
    const none = join(folder, 'none.pem')
    const refused: readonly (readonly [string[], string])[] = [
      [['--listen', `127.0.0.1:${port}`], 'wire/listen'],
      [['--listen', '0.0.0.0:0'], 'wire/insecure'],
      [['--listen', 'nowhere'], 'config/invalid'],
      [['--tls-cert', none], 'config/invalid'],
      [['--tls-cert', none, '--tls-key', none], 'wire/certificate'],
    ]
    for (const [options, code] of refused)
      expect(await listen(...options), code).toMatchObject({ code: 2, events: [{ code }] })
    taken.close()
    expect(existsSync(dir)).toBe(false)
  })

  it('warns of what it lets others read', async () => {
    const dir = join(folder, 'insecure')
    const run = begin(['run', endless, '--out', dir, '--json', '--listen', ':0', '--insecure'])
    await published(dir)
    await agonHere(['stop', dir])
    // Loopback is not exposed, whatever is said.
    const exposure = expect.objectContaining({
      kind: 'warning',
      warning: expect.objectContaining({ code: 'wire/insecure' }),
    })
    expect((await run.ended).events).not.toContainEqual(exposure)
    const other = join(folder, 'exposed')
    const exposed = begin([
      'run',
      endless,
      '--out',
      other,
      '--json',
      '--listen',
      '0.0.0.0:0',
      '--insecure',
    ])
    await published(other)
    exposed.child.kill('SIGINT')
    expect((await exposed.ended).events).toContainEqual(exposure)
  })

  it('leaves no hub behind when it fails or leaves at once, and replaces one that was killed', async () => {
    const failing = join(folder, 'failing')
    const failed = begin([
      'run',
      endless,
      '--out',
      failing,
      '--json',
      '--set',
      'student.ppo.learningRate=1e30',
    ])
    const watch = await published(failing).then(() => agonHere(['watch', failing, '--json']))
    expect((await failed.ended).code).toBe(1)
    expect(hubFilesOf(failing)).toEqual([])
    // It may have failed before the watcher was there; either way it says how the run ended.
    expect(watch.code).toBe(1)
    expect(watch.events.at(-1)).toMatchObject({ kind: 'error', code: 'learner/not-finite' })

    const left = join(folder, 'left')
    const leaving = begin(['run', endless, '--out', left, '--set', 'student.rollout.steps=4000'])
    await published(left)
    leaving.child.kill('SIGINT')
    await new Promise((resolve) => setTimeout(resolve, 400))
    leaving.child.kill('SIGINT')
    expect([3, 130]).toContain((await leaving.ended).code)
    expect(hubFilesOf(left)).toEqual([])

    const killed = join(folder, 'killed')
    const dying = begin(['run', endless, '--out', killed])
    const before = await published(killed)
    await until(() => hasCut(killed))
    const watching = begin(['watch', killed, '--json'])
    await until(() => watching.heard())
    dying.child.kill('SIGKILL')
    await dying.ended
    expect(hubFilesOf(killed)).toEqual(['hub.json', 'hub.token'])
    expect((await agonHere(['ps', killed, '--json'])).events).toMatchObject([
      { status: 'interrupted', hub: null, actors: [] },
    ])
    expect(await agonHere(['watch', killed])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('agon resume'),
    })
    const resumed = begin(['resume', killed, '--json', '--listen', '127.0.0.1:0'])
    await until(() => hubTokenOf(killed) !== before.token)
    await published(killed)
    expect((await agonHere(['stop', killed])).code).toBe(0)
    expect((await resumed.ended).code).toBe(3)
    const watched = await watching.ended
    expect(watched).toMatchObject({
      code: 3,
      events: expect.arrayContaining([
        expect.objectContaining({
          kind: 'warning',
          warning: expect.objectContaining({ code: 'control/broken' }),
        }),
      ]),
    })
    expect(watched.events.at(-1)).toMatchObject({ kind: 'run', status: 'stopped' })
    expect(hubFilesOf(killed)).toEqual([])
  })
})

const hubTokenOf = (dir: string): string => {
  try {
    return readFileSync(join(dir, 'hub.token'), 'utf8').trim()
  } catch {
    return ''
  }
}

/** Of every process that can be seen. */
function commandLines(): string {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => read(`/proc/${pid}/cmdline`))
    .join('\n')
}

const read = (path: string): string => {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}

function textsOf(dir: string): [string, string][] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => [join(parentPath, name), read(join(parentPath, name))])
}

describe('agon hub', () => {
  it('launches runs that outlive it, and the next one finds them', async () => {
    const root = join(folder, 'runs')
    const secret = 's'.repeat(40)
    const hub = begin(['hub', '--root', root, '--json'], { AGON_TOKEN: secret })
    expect((await published(root)).token).toBe(secret)
    const launch = (...args: string[]) =>
      agonHere(['launch', endless, '--to', root, '--json', ...args])

    const first = await launch('--name', 'first')
    expect(first).toMatchObject({ code: 0, events: [{ kind: 'run', name: 'endless' }] })
    const second = await launch('--set', 'seed=7', '--set', 'hub.heartbeatMs=500')
    const [run] = second.events
    expect(run).toMatchObject({ status: 'running', budget: { cycles: 1_000_000 } })
    expect(String(run.dir)).toMatch(/runs\/endless-\d{8}-\d{6}-[0-9a-f]{6}$/)
    const pidOf = (dir: string): number => JSON.parse(read(join(dir, 'lock'))).pid
    const pids = [pidOf(join(root, 'first')), pidOf(String(run.dir))]
    launched.push(...pids)
    for (const pid of pids) expect(read(`/proc/${pid}/environ`)).not.toContain(secret)
    expect(commandLines()).not.toContain(secret)
    expect(hubTokenOf(join(root, 'first'))).not.toBe(secret)

    expect(await launch('--name', '../out')).toMatchObject({
      code: 2,
      events: [{ kind: 'error', code: 'run/name' }],
    })
    expect(await launch('--name', 'first')).toMatchObject({ events: [{ code: 'run/exists' }] })
    expect(await launch('--set', 'budget.cycle=3')).toMatchObject({
      code: 2,
      events: [{ code: 'config/invalid', fields: { problems: [{ nearest: 'cycles' }, {}] } }],
    })
    expect(readdirSync(folder)).not.toContain('out')

    hub.child.kill('SIGKILL')
    await hub.ended
    for (const pid of pids) expect(existsSync(`/proc/${pid}`)).toBe(true)
    expect(await agonHere(['ps', join(root, 'hub.json'), '--json'])).toMatchObject({ code: 1 })

    const again = begin(['hub', '--root', root, '--json'])
    await until(() => hubTokenOf(root) !== secret && hubTokenOf(root) !== '')
    await published(root)
    expect(await agonHere(['hub', '--root', root, '--json'])).toMatchObject({
      code: 2,
      events: [{ code: 'hub/locked' }],
    })
    const found = await agonHere(['ps', join(root, 'hub.json'), '--json'])
    expect(found.events).toMatchObject([
      { dir: join(root, 'first'), status: 'running', actors: [{}, {}] },
      { dir: run.dir, status: 'running' },
    ])

    // A run that dies touches no other, and its watchers are told.
    const watch = begin(['watch', root, '--run', String(run.id), '--json'])
    await until(() => watch.heard())
    process.kill(pids[1], 'SIGKILL')
    const watched = await watch.ended
    expect(watched.code).toBe(1)
    expect(watched.events.at(-2)).toMatchObject({ kind: 'run', status: 'interrupted' })
    expect(watched.events.at(-1)).toMatchObject({ kind: 'error', code: 'control/lost' })

    const unknown = await agonHere(['stop', root, '--run', 'nope', '--json'])
    expect(unknown).toMatchObject({ code: 2, events: [{ code: 'run/unknown' }] })
    const stopped = await agonHere(['stop', root, '--run', 'first', '--json'])
    expect(stopped).toMatchObject({ code: 0, events: [{ status: 'stopped' }] })
    again.child.kill('SIGINT')
    expect((await again.ended).code).toBe(0)
    expect(hubFilesOf(root)).toEqual([])
  })
})
