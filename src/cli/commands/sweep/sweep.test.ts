import { describe, expect, it } from 'vitest'
import type { Sweep, SweptEnd } from '../../../launch/sweep/sweep.ts'
import type { RunConfig } from '../../../run/contract.ts'
import { EXIT } from '../../../run/exit-codes.ts'
import { fake, fakeCommandLine } from '../../testing/fake-context.ts'
import { parseSeeds } from './seeds.ts'
import type { SlurmOrder, SweepOrder, SweepServices } from './services.ts'
import { sweepCommand } from './sweep.ts'

const FINISHED: SweptEnd = { status: 'finished', error: null }

/** A sweep whose runs end as given, seed 1 first; the others finish. */
function commandLine(ends: readonly SweptEnd[] = [], cores = 8) {
  const orders: SweepOrder[] = []
  const arrays: SlurmOrder[] = []
  const compared: (readonly string[])[] = []
  const files: (readonly [string, string])[] = []
  const services: SweepServices = {
    readPlan: async (path) =>
      path === 'study.yaml'
        ? {
            name: 'study',
            seeds: '1..2',
            variants: [
              { label: 'dr', config: '/a/dr.yaml', set: ['name="dr"'] },
              { label: 'plr', config: '/a/plr.yaml', set: ['name="plr"'] },
            ],
          }
        : null,
    write: async (path, text) => {
      files.push([path, text])
    },
    loadConfig: async () => ({ name: 'toy' }) as RunConfig,
    cores: async () => ({ cores, threads: 2 }),
    async sweep(order) {
      orders.push(order)
      const result = order.runs.map((run, index) => ({ ...run, ...(ends[index] ?? FINISHED) }))
      for (const run of result) {
        const { status: _, error: __, ...begun } = run
        order.onEvent({ kind: 'begun', ...begun })
        order.onEvent({ kind: 'progress', ...begun, done: 0.5 })
        order.onEvent({ kind: 'ended', ...run })
      }
      return { result: Promise.resolve(result), stop: () => {} }
    },
    slurm: async (order) => ({
      script: async () => ({ path: 'sweep.sh', script: '#!/bin/bash\n' }),
      async start() {
        arrays.push(order)
        const status = order.wait ? 'finished' : 'queued'
        order.onEvent({ kind: 'submitted', job: '7', runs: order.runs.length })
        return {
          result: Promise.resolve(order.runs.map((run) => ({ ...run, status, error: null }))),
          stop: () => {},
        }
      },
    }),
    async compare(dirs) {
      compared.push(dirs)
      return {
        lines: ['the table'],
        json: { groups: [] },
        page: () => '<html>',
        csv: () => 'group\n',
      }
    },
  }
  return {
    line: fakeCommandLine([fake(sweepCommand, services)]),
    orders,
    arrays,
    compared,
    files,
    services,
  }
}

describe('agon sweep', () => {
  it('runs five seeds in a folder of their own, as many at a time as there are cores for', async () => {
    const { line, orders, compared } = commandLine()
    expect(await line.agon('sweep', 'toy.yaml', '--set', 'budget.cycles=3')).toBe(EXIT.ok)
    const [{ of, runs, jobs }] = orders
    expect(jobs).toBe(4)
    expect(of(runs[0])).toMatchObject({ config: 'toy.yaml', set: ['budget.cycles=3'] })
    expect(runs.map(({ dir }) => dir)).toEqual(
      [1, 2, 3, 4, 5].map((n) => `runs/toy-sweep/seed-${n}`),
    )
    expect(compared).toEqual([runs.map(({ dir }) => dir)])
    expect(line.terminal.stdout()).toBe('the table\n')
    const told = line.terminal.stderr().split('\n')
    expect(told[0]).toBe('5 seeds of toy in runs/toy-sweep, 4 at a time, 2 threads each on 8 cores')
    expect(told.slice(1, 3)).toEqual(['seed 1 begins in runs/toy-sweep/seed-1', 'seed 1 finished'])
  })

  it('takes seeds, jobs, workers and a folder', async () => {
    const { line, orders } = commandLine()
    const argv = ['--seeds', '7,3..4', '--jobs', '2', '--workers', '1', '--out', 'there', '--json']
    expect(await line.agon('sweep', 'toy.yaml', ...argv)).toBe(EXIT.ok)
    const [{ of, runs, jobs }] = orders
    expect(jobs).toBe(2)
    expect(of(runs[0]).set).toEqual(['workers=1'])
    expect(runs.map(({ dir }) => dir)).toEqual(['there/seed-3', 'there/seed-4', 'there/seed-7'])
    const events = line.json()
    expect(events[0]).toMatchObject({ kind: 'sweep', event: 'planned', seeds: [3, 4, 7], jobs: 2 })
    expect(events[1]).toMatchObject({ kind: 'sweep', event: 'begun', seed: 3 })
    expect(events.at(-1)).toEqual({ kind: 'comparison', groups: [] })
  })

  it('runs every variant of a sweep file under its seeds, and writes what is asked for', async () => {
    const { line, orders, compared, files } = commandLine()
    const argv = ['--set', 'budget.cycles=3', '--csv', 's.csv', '--html', 's.html']
    expect(await line.agon('sweep', 'study.yaml', ...argv)).toBe(EXIT.ok)
    const [{ of, runs }] = orders
    expect(runs.map(({ dir }) => dir)).toEqual(
      ['dr/seed-1', 'dr/seed-2', 'plr/seed-1', 'plr/seed-2'].map(
        (dir) => `runs/study-sweep/${dir}`,
      ),
    )
    expect(of(runs[2])).toMatchObject({
      config: '/a/plr.yaml',
      set: ['name="plr"', 'budget.cycles=3'],
    })
    expect(compared).toEqual([runs.map(({ dir }) => dir)])
    expect(files).toEqual([
      ['s.csv', 'group\n'],
      ['s.html', '<html>'],
    ])
    const told = line.terminal.stderr()
    expect(told).toMatch(/^2 variants × 2 seeds of study in runs.study-sweep, 4 at a time/)
    expect(told).toContain('plr seed 2 finished')
    expect(told).toContain('written  s.html')
  })

  it('tells of a run that failed and compares the others', async () => {
    const error = { code: 'run/exists', message: 'it is not empty' }
    const { line, compared } = commandLine([{ status: 'failed', error }])
    expect(await line.agon('sweep', 'toy.yaml', '--seeds', '1..2')).toBe(EXIT.failed)
    expect(line.terminal.stderr()).toContain('seed 1 failed: it is not empty [run/exists]')
    expect(compared).toEqual([['runs/toy-sweep/seed-2']])
  })

  it('stops every run at Ctrl-C, again at the second, and ends as stopped', async () => {
    let stops = 0
    let end = (_: SweptEnd): void => {}
    const ended = new Promise<SweptEnd>((resolve) => {
      end = resolve
    })
    const { services } = commandLine()
    const sweep: Sweep = {
      result: ended.then((how) => [{ seed: 1, dir: 'd', ...how }]),
      stop: () => {
        stops += 1
      },
    }
    const line = fakeCommandLine([fake(sweepCommand, { ...services, sweep: async () => sweep })])
    const code = line.agon('sweep', 'toy.yaml')
    await new Promise((resolve) => setTimeout(resolve, 20))
    line.pressCtrlC()
    line.clock.advance(1_000)
    line.pressCtrlC()
    expect(stops).toBe(2)
    end({ status: 'stopped', error: null })
    expect(await code).toBe(EXIT.interrupted)
    expect(line.listening()).toBe(0)
  })

  it('goes to slurm as an array job, to be waited for, shown or left', async () => {
    const { line, arrays, compared, orders } = commandLine()
    const slurm = ['sweep', 'study.yaml', '--on', 'slurm']
    expect(await line.agon(...slurm, '--jobs', '3')).toBe(EXIT.ok)
    expect(arrays[0]).toMatchObject({ name: 'study', jobs: 3, threads: 2, wait: true })
    expect(arrays[0].of(arrays[0].runs[2])).toMatchObject({ config: '/a/plr.yaml' })
    expect(compared).toHaveLength(1)
    const [first, second] = line.terminal.stderr().split('\n')
    expect(first).toBe('2 variants × 2 seeds of study in runs/study-sweep, on slurm')
    expect(second).toBe('job 7 submitted: 4 runs')
    expect(await line.agon(...slurm, '--detach')).toBe(EXIT.ok)
    expect(arrays[1]).toMatchObject({ jobs: null, wait: false })
    expect(await line.agon(...slurm, '--dry-run')).toBe(EXIT.ok)
    expect(line.terminal.stdout()).toContain('#!/bin/bash')
    expect(arrays).toHaveLength(2)
    expect(orders).toEqual([])
    for (const wrong of [['--on', 'k8s'], ['--detach'], ['--dry-run']])
      expect(await line.agon('sweep', 'study.yaml', ...wrong)).toBe(EXIT.usage)
  })

  it('refuses what it cannot run', async () => {
    const { line, orders } = commandLine()
    for (const argv of [['-'], ['toy.yaml', '--seeds', '5..1'], ['toy.yaml', '--seeds', 'few']])
      expect(await line.agon('sweep', ...argv)).toBe(EXIT.usage)
    expect(orders).toEqual([])
  })
})

describe('seeds', () => {
  it.each([
    ['1..3', [1, 2, 3]],
    ['9, 4,4', [4, 9]],
    ['0', [0]],
    ['2..4,3,10', [2, 3, 4, 10]],
  ])('%s', (text, seeds) => {
    expect(parseSeeds(text)).toEqual(seeds)
  })

  it.each(['', '1..', '-1', '1.5', '1..2000', '4294967296', 'a'])('%j are none', (text) => {
    expect(parseSeeds(text)).toBeNull()
  })
})
