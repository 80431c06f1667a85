import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NEEDS_PYTHON, PYTHON, python } from '../support/python.ts'
import {
  agonProcess,
  childrenOf,
  cyclesOf,
  longRun,
  type RealProcess,
  until,
} from '../support/real-process.ts'
import { sampled } from '../support/tiers.ts'

const SIGNALS = ['SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2', 'SIGQUIT', 'SIGXCPU'] as const
const LINUX = process.platform === 'linux'

describe.skipIf(process.platform === 'win32')('signals of schedulers and terminals', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'agon-signals-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const begun = async (name: string, ...more: string[]): Promise<RealProcess> => {
    const run = join(folder, name)
    const started = agonProcess(['run', longRun(folder), '--out', run, ...more])
    await until('a cycle', () => cyclesOf(run) > 1, started)
    return started
  }
  const isCut = (name: string): void => {
    const left = readdirSync(join(folder, name))
    expect(readdirSync(join(folder, name, 'cuts'))).toHaveLength(1)
    for (const gone of ['lock', 'hub.json', 'hub.token']) expect(left).not.toContain(gone)
  }

  it.each(sampled(SIGNALS, 2))('%s makes a cut, however often it comes', async (signal) => {
    const { child, ended } = await begun(signal)
    child.kill(signal)
    await new Promise((resolve) => setTimeout(resolve, 300))
    child.kill(signal)
    expect(await ended).toMatchObject({ code: 3, signal: null })
    isCut(signal)
  })

  it.runIf(LINUX)('one that reaches the whole tree of processes makes a cut too', async () => {
    const { child, ended } = await begun('tree', '--set', 'placement.student=process')
    const children = childrenOf(child.pid!)
    expect(children).toHaveLength(1)
    for (const pid of [...children, child.pid!]) process.kill(pid, 'SIGUSR1')
    expect(await ended).toMatchObject({ code: 3 })
    isCut('tree')
    const { epochs } = JSON.parse(readFileSync(join(folder, 'tree', 'manifest.json'), 'utf8'))
    expect(epochs).toHaveLength(1)
  })

  it.each([
    ['env', ['env', 'maze', '--rendezvous', 'maze.json'], 'maze.json'],
    ['hub', ['hub', '--root', 'runs'], 'runs/hub.json'],
  ])('end what serves, as TERM does: %s', async (_, args, file) => {
    for (const signal of sampled(['SIGUSR1', 'SIGHUP'] as const, 1)) {
      const started = agonProcess(args, { cwd: folder })
      await until('a rendezvous', () => existsSync(join(folder, file)), started)
      started.child.kill(signal)
      expect(await started.ended).toMatchObject({ code: 0, signal: null })
      expect(existsSync(join(folder, file))).toBe(false)
    }
  })

  it('end a command that waits for nobody at once', async () => {
    const started = agonProcess(['node', '--join', '127.0.0.1:1'])
    await until('a try', () => started.said.stderr.includes('no hub'), started)
    started.child.kill('SIGUSR2')
    expect(await started.ended).toMatchObject({ code: 0 })
  })

  it.skipIf(PYTHON === null)(`end an environment in Python in peace ${NEEDS_PYTHON}`, async () => {
    for (const signal of sampled(['SIGUSR1', 'SIGHUP'] as const, 1)) {
      const file = join(folder, `${signal}.json`)
      const { child, ended } = python('examples/gym_environment.py', 'beacon', '--rendezvous', file)
      while (!existsSync(file) && child.exitCode === null)
        await new Promise((resolve) => setTimeout(resolve, 20))
      child.kill(signal)
      expect(await ended).toEqual({ code: 0, stderr: '' })
      expect(existsSync(file)).toBe(false)
    }
  })

  it('leave no debugger open that Node opened before anybody could listen', async () => {
    const port = await freePort()
    const early = async (name: string): Promise<RealProcess> => {
      const started = agonProcess(['env', 'maze', '--rendezvous', name], {
        cwd: folder,
        env: { PATH: process.env.PATH, NODE_OPTIONS: `--inspect-port=${port}` },
      })
      const opened = (): boolean => started.said.stderr.includes('Debugger listening')
      while (!opened() && isAlive(started)) {
        await new Promise((resolve) => setTimeout(resolve, 2))
        started.child.kill('SIGUSR1')
      }
      return started
    }
    // A signal ends the process as soon as Agon answers it, perhaps before Node has said a word.
    for (let attempt = 0; attempt < 10; attempt++) {
      const file = `early-${attempt}.json`
      const started = await early(file)
      await until('it listens', () => existsSync(join(folder, file)), started).catch(() => {})
      if (!isAlive(started)) continue
      while (!(await isFree(port))) await new Promise((resolve) => setTimeout(resolve, 20))
      started.child.kill('SIGUSR1')
      expect(await started.ended).toMatchObject({ code: 0 })
      break
    }
    expect(await isFree(port)).toBe(true)
  })
})

const isAlive = ({ child }: RealProcess): boolean =>
  child.exitCode === null && child.signalCode === null

const listening = (port: number): Promise<number | null> =>
  new Promise((resolve) => {
    const server = createServer()
    server.on('error', () => resolve(null))
    server.listen(port, '127.0.0.1', () => {
      const { port: taken } = server.address() as { port: number }
      server.close(() => resolve(taken))
    })
  })
const freePort = async (): Promise<number> => (await listening(0)) ?? 0
const isFree = async (port: number): Promise<boolean> => (await listening(port)) !== null
