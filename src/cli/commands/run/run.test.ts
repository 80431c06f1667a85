import { describe, expect, it } from 'vitest'
import { AgonError } from '../../../core/errors.ts'
import type { Estimate } from '../../../run/config/estimate.ts'
import type { ProgressEvent, RunConfig, RunHandle, RunResult } from '../../../run/contract.ts'
import { EXIT } from '../../../run/exit-codes.ts'
import { fake, fakeCommandLine } from '../../testing/fake-context.ts'
import { resumeCommand } from '../resume/resume.ts'
import { runCommand } from './run.ts'

const config = { name: 'first', seed: 3 } as RunConfig
const spent = { cycles: 5, gradientUpdates: 4, envSteps: 40_960 }
const started: ProgressEvent = {
  kind: 'started',
  dir: 'runs/a',
  from: 0,
  spent,
  budget: { cycles: 5 },
}
const result: RunResult = {
  status: 'finished',
  dir: 'runs/a',
  spent,
  policies: { agent: 'runs/a/policy.onnx' },
  report: 'runs/a/report.html',
  solvedRate: { agent: 0.75 },
}

/** A run that ends when the test says so. */
function fakeRun() {
  let finish = (_: RunResult): void => {}
  let fail = (_: Error): void => {}
  const stops: number[] = []
  const handle: RunHandle = {
    result: new Promise((resolve, reject) => {
      finish = resolve
      fail = reject
    }),
    stop: () => stops.push(1),
  }
  return { handle, stops, finish: (r: RunResult) => finish(r), fail: (e: Error) => fail(e) }
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('agon run', () => {
  it('hands the options on and prints what the run left behind', async () => {
    const seen: unknown[] = []
    const line = fakeCommandLine([
      fake(runCommand, {
        loadConfig: async (path, options) => {
          seen.push([path, options])
          return config
        },
        readPolicy: async (path) => ({ path }) as never,
        launch: async (given, { onProgress, ...options }) => {
          seen.push([given, options])
          onProgress(started)
          return { result: Promise.resolve(result), stop: () => {} }
        },
      }),
    ])
    const code = await line.agon(
      'run',
      'x.yaml',
      '--set',
      'a=1',
      '--workers',
      '2',
      '--seed=9',
      '--out',
      'o',
      '--init',
      'p.onnx',
    )
    expect(code).toBe(EXIT.ok)
    expect(seen).toEqual([
      ['x.yaml', { set: ['a=1', 'workers=2'], seed: 9 }],
      [config, { out: 'o', init: { path: 'p.onnx' } }],
    ])
    expect(line.terminal.stdout().split('\n')).toEqual([
      'finished      5 cycles, 4 gradient updates, 41.0 k env steps after 0.0 s',
      'policy agent  runs/a/policy.onnx',
      'solved agent  0.75',
      'report        runs/a/report.html',
      '',
    ])
    expect(line.listening()).toBe(0)
  })

  it('stops at the first Ctrl-C with exit code 3 and a way on', async () => {
    const { handle, stops, finish } = fakeRun()
    const line = fakeCommandLine([
      fake(runCommand, { loadConfig: async () => config, launch: async () => handle }),
    ])
    const ended = line.agon('run', 'x.yaml')
    await settle()
    line.pressCtrlC()
    expect(stops).toHaveLength(1)
    expect(line.terminal.stderr()).toContain('Ctrl-C again leaves at once')
    finish({ ...result, status: 'stopped', dir: "my run's" })
    expect(await ended).toBe(EXIT.stopped)
    expect(line.terminal.stdout()).toContain("agon resume 'my run'\\''s'")
    expect(line.exits).toEqual([])
  })

  it('leaves at the second Ctrl-C with exit code 130', async () => {
    const { handle, finish } = fakeRun()
    const line = fakeCommandLine([
      fake(runCommand, { loadConfig: async () => config, launch: async () => handle }),
    ])
    const ended = line.agon('run', 'x.yaml')
    await settle()
    line.pressCtrlC()
    line.clock.advance(2_000)
    line.pressCtrlC()
    expect(line.exits).toEqual([EXIT.interrupted])
    finish(result)
    await ended
  })

  it('says where a failed run can go on from', async () => {
    const { handle, fail } = fakeRun()
    const line = fakeCommandLine([
      fake(runCommand, {
        loadConfig: async () => config,
        launch: async (_, { onProgress }) => {
          onProgress(started)
          onProgress({ kind: 'cut', cycle: 5, path: 'runs/a/cuts/5' })
          return handle
        },
      }),
    ])
    const ended = line.agon('run', 'x.yaml')
    await settle()
    fail(new AgonError('learner/not-finite', 'the loss of cycle 7 is not finite'))
    expect(await ended).toBe(EXIT.failed)
    expect(line.terminal.stderr()).toContain('agon resume runs/a\n')
    expect(line.listening()).toBe(0)
  })

  it('offers no way on where there is no cut', async () => {
    const line = fakeCommandLine([
      fake(runCommand, {
        loadConfig: async () => config,
        launch: async (_, { onProgress }) => {
          onProgress(started)
          throw new AgonError('run/exists', 'the run directory is not empty')
        },
      }),
    ])
    expect(await line.agon('run', 'x.yaml')).toBe(EXIT.usage)
    expect(line.terminal.stderr()).not.toContain('agon resume')
  })

  it('prints only events on standard output with --json', async () => {
    const finished: ProgressEvent = { kind: 'finished', result }
    const line = fakeCommandLine([
      fake(runCommand, {
        loadConfig: async () => config,
        launch: async (_, { onProgress }) => {
          onProgress(started)
          onProgress(finished)
          return { result: Promise.resolve(result), stop: () => {} }
        },
      }),
    ])
    expect(await line.agon('run', 'x.yaml', '--json')).toBe(EXIT.ok)
    expect(line.json()).toEqual([started, finished])
  })
})

describe('agon run --dry-run', () => {
  const estimate: Estimate = {
    ...spent,
    envStepsPerCycle: 8_192,
    seconds: 75,
    timeFrom: 'yardstick',
    memoryBytes: 2 ** 29,
    diskBytes: 2 ** 25,
    notes: ['a note'],
  }

  it('starts nothing and prints the estimate', async () => {
    const services = {
      loadConfig: async () => config,
      checkLaunch: async () => {},
      estimate: async () => estimate,
      freeDisk: async () => 2 ** 30,
    }
    const text = fakeCommandLine([fake(runCommand, services)])
    expect(await text.agon('run', 'x.yaml', '--dry-run')).toBe(EXIT.ok)
    expect(text.terminal.stdout()).toMatch(/time +about 1 m 15 s, from one matrix product\n/)
    expect(text.terminal.stdout()).toMatch(/memory +about 512 MiB\n/)
    expect(text.terminal.stdout()).toMatch(/disk +about 32 MiB, 1 GiB free\n/)
    expect(text.terminal.stderr()).toBe('')
    const json = fakeCommandLine([fake(runCommand, services)])
    await json.agon('run', 'x.yaml', '--dry-run', '--json')
    expect(json.json()).toEqual([
      { kind: 'estimate', name: 'first', seed: 3, ...estimate, diskFree: 2 ** 30 },
    ])
  })

  it('refuses what the run would be refused for', async () => {
    const line = fakeCommandLine([
      fake(runCommand, {
        loadConfig: async () => config,
        readPolicy: async (path) => ({ path }) as never,
        checkLaunch: async (_, { out, init }) => {
          throw new AgonError('run/exists', `${out} ${JSON.stringify(init)}`)
        },
      }),
    ])
    const code = await line.agon('run', 'x.yaml', '--dry-run', '--out', 'a', '--init', 'b.onnx')
    expect(code).toBe(EXIT.usage)
    expect(line.terminal.stderr()).toContain('a {"path":"b.onnx"} [run/exists]')
  })
})

describe('agon resume', () => {
  it('hands on the directory and the changes', async () => {
    const seen: unknown[] = []
    const line = fakeCommandLine([
      fake(resumeCommand, {
        resume: async (dir, { set }) => {
          seen.push(dir, set)
          return { result: Promise.resolve(result), stop: () => {} }
        },
      }),
    ])
    expect(await line.agon('resume', 'runs/a', '--set', 'budget.cycles=9')).toBe(EXIT.ok)
    expect(seen).toEqual(['runs/a', ['budget.cycles=9']])
  })
})
