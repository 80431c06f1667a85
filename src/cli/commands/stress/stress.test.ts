import { describe, expect, it } from 'vitest'
import { AgonError } from '../../../core/errors.ts'
import type { ArchiveFile } from '../../../run/archive/contract.ts'
import type { RetestFile } from '../../../run/archive/retest-contract.ts'
import type { RunConfig, RunResult } from '../../../run/contract.ts'
import { EXIT } from '../../../run/exit-codes.ts'
import { fake, fakeCommandLine } from '../../testing/fake-context.ts'
import type { StressServices } from './services.ts'
import { stressCommand } from './stress.ts'

const config = { name: 'stress-policy' } as RunConfig
const result: RunResult = {
  ...{ status: 'finished', dir: 'runs/a', policies: {}, report: 'runs/a/report.html' },
  ...{ spent: { cycles: 5, gradientUpdates: 0, envSteps: 10 }, solvedRate: {} },
}
const elite = (id: string, bin: number, objective: number): ArchiveFile['elites'][number] => ({
  ...{ id, objective, cell: [bin], descriptor: { n_walls: bin + 0.5 }, values: { return: 0 } },
  ...{ cycle: 1, emitter: 'random', operator: 'generate', parents: [], status: 'new' },
  ...{ returns: [0], level: `levels/${id}.txt` },
})
const archive: ArchiveFile = {
  ...{ format: 1, objective: 'optimal', attempts: 9, scored: 8, cells: 4, filled: 2 },
  ...{ coverage: 0.5, qdScore: 1, offset: 0, mean: 0.5, max: 0.75 },
  axes: [{ kind: 'number', name: 'n_walls', low: 0, high: 4, bins: 4 }],
  elites: [elite('L1', 0, 0.25), elite('L2', 3, 0.75)],
}

function services(seen: unknown[] = [], more: Partial<StressServices> = {}) {
  return {
    hasBegun: async () => false,
    async prepareStress(request) {
      seen.push(request)
      return { config, notes: ['axes were chosen'], close: async () => void seen.push('closed') }
    },
    async launch(given, { onProgress, ...options }) {
      seen.push([given, options])
      onProgress({ kind: 'finished', result })
      return { result: Promise.resolve(result), stop: () => {} }
    },
    archive: async () => archive,
    weaknesses: async () => null,
    write: async (path, text) => void seen.push([path, text]),
    ...more,
  } satisfies Partial<StressServices>
}

const line = (given: Partial<StressServices>) => fakeCommandLine([fake(stressCommand, given)])

describe('agon stress', () => {
  it('composes a run, goes through it and lists what it found', async () => {
    const seen: unknown[] = []
    const shown = line(services(seen))
    expect(await shown.agon('stress', 'p.onnx', '--out', 'd', '--seed=3', '--workers=2')).toBe(0)
    expect(seen).toEqual([
      { policy: 'p.onnx', budget: { evaluations: 20_000 }, set: ['workers=2'], seed: 3 },
      [config, { out: 'd' }],
      'closed',
    ])
    expect(shown.terminal.stderr()).toContain('axes were chosen')
    const out = shown.terminal.stdout()
    expect(out).toMatch(/coverage +2 of 4 cells, 50 %/)
    expect(out).toMatch(/1 +0\.75 +3\.5 +return 0\.00 +L2\n2 +0\.25/)
    expect(out).toContain('runs/a/history.jsonl')
  })

  it('hands on where, how, against whom and how long', async () => {
    const seen: unknown[] = []
    const argv = ['--env', 'maze', '--adversary', 'cma-me', '--hours', '0.5', '--against', 'random']
    const graph = ['--card', 'c.yaml', '--map', 'image=obs', '--set', 'adversary.repeats=8']
    const json = line(services(seen))
    expect(await json.agon('stress', 'p.onnx', ...argv, ...graph, '--top=1', '--json')).toBe(0)
    expect(seen[0]).toEqual({
      ...{ policy: 'p.onnx', env: 'maze', adversary: 'cma-me', budget: { seconds: 1800 } },
      ...{ against: 'random', card: 'c.yaml', names: { image: 'obs' } },
      set: ['adversary.repeats=8'],
    })
    expect(json.json().at(-1)).toMatchObject({
      ...{ kind: 'archive', coverage: 0.5 },
      elites: [{ id: 'L2' }],
    })
  })

  it('ends with a code of its own where more was found than is allowed, with a test case a cell', async () => {
    const seen: unknown[] = []
    const over = ['--fail-over', 'regret=0.5', '--junit', 'j.xml']
    expect(await line(services(seen)).agon('stress', 'p.onnx', ...over)).toBe(EXIT.exposed)
    const [, text] = seen.find((one) => Array.isArray(one) && one[0] === 'j.xml') as string[]
    expect(text).toContain('tests="2" failures="1"')
    expect(text).toContain('name="n_walls 3 … 4"><failure message="regret is above 0.5: 0.75">')
    for (const allowed of ['regret=0.75', 'mean=0.5'])
      expect(await line(services()).agon('stress', 'p.onnx', '--fail-over', allowed)).toBe(EXIT.ok)
    const mean = await line(services()).agon('stress', 'p.onnx', '--fail-over', 'mean=0.4')
    expect(mean).toBe(EXIT.exposed)
    const stopped = { ...result, status: 'stopped' as const }
    const launch: StressServices['launch'] = async (_, { onProgress }) => {
      onProgress({ kind: 'finished', result: stopped })
      return { result: Promise.resolve(stopped), stop: () => {} }
    }
    const half = line(services([], { launch }))
    expect(await half.agon('stress', 'p.onnx', '--fail-over', 'regret=0')).toBe(EXIT.stopped)
  })

  it('says how a test that was interrupted goes on, and begins nothing over it', async () => {
    const seen: unknown[] = []
    const begun = line(services(seen, { hasBegun: async () => true }))
    expect(await begun.agon('stress', 'p.onnx', '--out', 'd')).toBe(EXIT.usage)
    expect(begun.terminal.stderr()).toContain('agon resume d')
    expect(seen).toEqual([])
  })

  it('shows what an adversary without a grid leaves', async () => {
    const none = new AgonError('stress/no-archive', 'none')
    const shown = line(services([], { archive: () => Promise.reject(none) }))
    expect(await shown.agon('stress', 'p.onnx', '--adversary', 'plr')).toBe(EXIT.ok)
    expect(shown.terminal.stderr()).toContain('agon levels runs/a')
  })

  it.each([
    ['--fail-over', 'regret=1'],
    ['--junit', 'j.xml'],
  ])('does not pass with %s where nothing was judged', async (...asked) => {
    const none = new AgonError('stress/no-archive', 'none')
    const kept = line(services([], { archive: () => Promise.reject(none) }))
    expect(await kept.agon('stress', 'p.onnx', ...asked)).not.toBe(EXIT.ok)
    expect(kept.terminal.stderr()).toContain(`${asked[0]} needs a grid`)
  })

  it('does not pass where nothing was scored', async () => {
    const empty = line(services([], { archive: async () => ({ ...archive, elites: [] }) }))
    expect(await empty.agon('stress', 'p.onnx', '--fail-over', 'regret=1')).toBe(EXIT.exposed)
    expect(empty.terminal.stderr()).toContain('nothing was scored')
  })

  it('forgets its copy of a policy where the run is refused', async () => {
    const seen: unknown[] = []
    const launch = () => Promise.reject(new AgonError('run/exists', 'it is not empty'))
    expect(await line(services(seen, { launch })).agon('stress', 'p.onnx')).toBe(EXIT.usage)
    expect(seen.at(-1)).toBe('closed')
  })

  it('goes to slurm as one job', async () => {
    const slurmJob: StressServices['slurmJob'] = async () => ({
      ...{ dir: '/d', script: '#!/bin/bash\n', scriptPath: '/d/job.sh' },
      submit: async () => '7',
    })
    const shown = line(services([], { slurmJob }))
    expect(await shown.agon('stress', 'p.onnx', '--on', 'slurm')).toBe(EXIT.ok)
    expect(shown.terminal.stdout()).toContain('job 7')
  })

  it.each([
    ['p.onnx', 'extra'],
    ['p.onnx', '--budget', '0'],
    ['p.onnx', '--budget', '9', '--hours', '1'],
    ['p.onnx', '--hours', 'two'],
    ['p.onnx', '--fail-over', 'coverage=1'],
    ['p.onnx', '--fail-over', 'regret='],
    ['p.onnx', '--on', 'k8s'],
    ['p.onnx', '--on', 'slurm', '--card', 'c.yaml'],
    ['p.onnx', '--on', 'slurm', '--map', 'image=obs'],
    ['p.onnx', '--on', 'slurm', '--fail-over', 'regret=1'],
    ['p.onnx', '--on', 'slurm', '--junit', 'j.xml'],
    ['p.onnx', '--slot', 'a'],
    ['p.onnx', '--map', 'image'],
    ['retest', 'dir'],
    ['replay', 'dir'],
    ['diff', 'dir'],
  ])('refuses %j', async (...argv) => {
    expect(await line(services()).agon('stress', ...argv)).toBe(EXIT.usage)
  })
})

describe('agon stress retest, replay and diff', () => {
  const level = { id: 'L2', cell: [3], archived: 0.75, fresh: 0.5, scored: 8, values: {} }
  const retested: RetestFile = {
    ...{ format: 1, objective: 'optimal', axes: archive.axes, repeats: 8, seed: 0 },
    ...{ policy: { name: 'p', sha256: 'x' }, archived: 0.75, fresh: 0.5, interval: null },
    ...{ above: 1, surely: 1, levels: [{ ...level, interval: [0.4, 0.6] }] },
  }

  it('plays the best levels again and writes what became of them', async () => {
    const seen: unknown[] = []
    const retest: StressServices['retest'] = async ({ onProgress, policy: _, ...request }) => {
      onProgress({ done: 1, of: 1, evaluations: 8 })
      seen.push(request)
      return retested
    }
    const forget: StressServices['forget'] = async (path) => void seen.push(['forgotten', path])
    const given = services(seen, { retest, forget, readPolicy: async () => ({}) as never })
    const shown = line(given)
    const argv = ['retest', 'd', 'a/p.onnx', '--repeats=8', '--top=5', '--stage=found']
    expect(await shown.agon('stress', ...argv)).toBe(EXIT.ok)
    expect(seen[0]).toEqual({
      ...{ dir: 'd', name: 'p', top: 5, repeats: 8, seed: 0, workers: 1 },
      ...{ stage: 'found', part: 'd/retest-p.json.part' },
    })
    expect(seen[2]).toEqual(['forgotten', 'd/retest-p.json.part'])
    expect(seen[1]).toEqual(['d/retest-p.json', `${JSON.stringify(retested, null, 1)}\n`])
    expect(shown.terminal.stdout()).toMatch(/winner’s curse +0\.25/)
    expect(shown.terminal.stdout()).toContain('L2        0.75   0.50  [0.40, 0.60]  n_walls 3 … 4')
    expect(await line(given).agon('stress', ...argv, '--fail-over', 'regret=0.4')).toBe(
      EXIT.exposed,
    )
    expect(await line(given).agon('stress', ...argv, '--fail-over', 'regret=0.6')).toBe(EXIT.ok)
  })

  it('says whether an attempt comes out as it did', async () => {
    const task = { task: '1.agent.0', slot: 'agent', lane: 0, seed: 1, repeat: 0, return: 0.5 }
    const row = { ...elite('L2', 3, 0.75), level: Uint8Array.of(1), tasks: [task] }
    const seen: unknown[] = []
    const came = (replayed: number): Partial<StressServices> => ({
      replay: async () => ({
        row: row as never,
        tasks: [{ task, recorded: 0.5, replayed, same: replayed === 0.5 } as never],
        page: '<html>',
      }),
      write: async (path) => void seen.push(path),
    })
    const again = line(came(0.5))
    expect(await again.agon('stress', 'replay', 'd', 'L2')).toBe(EXIT.ok)
    expect(again.terminal.stdout()).toContain('0.5 again')
    expect(seen).toEqual(['d/replay-L2.html'])
    const other = line(came(0.25))
    expect(await other.agon('stress', 'replay', 'd', 'L2', '--out', 'x.html')).toBe(EXIT.failed)
    expect(other.terminal.stdout()).toContain('0.25, not 0.5 as it was recorded')
  })

  it('compares two tests', async () => {
    const diff: StressServices['diff'] = async (first, second) => ({
      ...{ of: 'archives', objective: 'optimal', axes: archive.axes, onlyFirst: 1, onlySecond: 0 },
      both: [{ id: `${first}-${second}`, cell: [3], first: 0.5, second: 0.75 }],
      meanDifference: 0.25,
    })
    const shown = line({ diff })
    expect(await shown.agon('stress', 'diff', 'a', 'b')).toBe(EXIT.ok)
    expect(shown.terminal.stdout()).toMatch(/\+0\.25 +0\.50 +0\.75 +n_walls 3 … 4 +a-b/)
  })
})
