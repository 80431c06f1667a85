import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Timers } from '../../../core/timers.ts'
import { slurm as slurmSchema } from '../../../run/config/slurm.schema.ts'
import type { RunConfig } from '../../../run/contract.ts'
import type { SlurmClient } from '../../slurm/submit-job.ts'
import type { SweepEvent, SweptEnd } from '../sweep.ts'
import type { RunStanding } from './run-standing.ts'
import { leftScript, type SlurmSweepRequest, startSlurmSweep } from './slurm-sweep.ts'
import { readArrays } from './submitted-arrays.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'agon-array-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const SOON: Timers = {
  after(_, work) {
    const timer = setImmediate(work)
    return () => clearImmediate(timer)
  },
  every: () => () => {},
}

/** A cluster as its clients tell of it: state by task, and how each run stands by seed. */
function cluster() {
  const queue = new Map<string, string>()
  const ends = new Map<number, SweptEnd>()
  const asked: string[] = []
  const seedOf = (dir: string): number => Number(dir.at(-1))
  const standing: RunStanding = {
    finished: async (dir) => ends.get(seedOf(dir))?.status === 'finished',
    done: async () => 0.5,
    end: async (dir) => ends.get(seedOf(dir)) ?? { status: 'stopped', error: null },
  }
  let next = 100
  /** Called before every look into the queue. */
  let look = (): void => {}
  const client: SlurmClient = async ([program, ...args]) => {
    asked.push([program, ...args].join(' '))
    if (program === 'sbatch') {
      const script = readFileSync(args[1], 'utf8')
      const last = Number(/--array=0-(\d+)/.exec(script)?.[1])
      const job = String(next++)
      for (let i = 0; i <= last; i++) queue.set(`${job}_${i}`, 'PENDING')
      return { code: 0, stdout: `${job}\n`, stderr: '' }
    }
    look()
    const job = args.find((word) => word.startsWith('--jobs='))?.slice('--jobs='.length)
    const found = [...queue].filter(([task]) => job === undefined || task.startsWith(`${job}_`))
    if (job !== undefined && found.length === 0)
      return { code: 1, stdout: '', stderr: 'slurm_load_jobs error: Invalid job id specified' }
    const lines = found.map(([task, state]) =>
      job === undefined ? task.split('_')[0] : `${task}|${state}`,
    )
    return { code: 0, stdout: lines.map((line) => `${line}\n`).join(''), stderr: '' }
  }
  return {
    queue,
    ends,
    asked,
    world: { client, standing, timers: SOON },
    onLook(work: () => void) {
      look = work
    },
  }
}

function request(seeds: readonly number[], more: Partial<SlurmSweepRequest> = {}) {
  const events: SweepEvent[] = []
  const order: SlurmSweepRequest = {
    runs: seeds.map((seed) => ({ seed, dir: join(folder, `seed-${seed}`) })),
    ...{ folder, name: 'study', agon: ['node', 'agon.js'], cpus: 3, most: 2, wait: true, id: 'ab' },
    slurm: slurmSchema.parse({ time: 30, partition: 'cpu' }),
    of: ({ dir, seed }) => ({ dir, config: {} as RunConfig, words: ['run', "it's", `${seed}`] }),
    onEvent: (event) => events.push(event),
    ...more,
  }
  return { order, events }
}

const DONE: SweptEnd = { status: 'finished', error: null }

describe('a sweep as an array job', () => {
  it('submits what is not finished, tells what runs, and ends with the runs in their order', async () => {
    const { world, queue, ends, onLook, asked } = cluster()
    ends.set(2, DONE)
    const { order, events } = request([1, 2, 3])
    let looks = 0
    onLook(() => {
      looks++
      if (looks === 2) queue.set('100_0', 'RUNNING')
      if (looks === 4) queue.delete('100_0')
      if (looks === 4) ends.set(1, DONE)
      if (looks === 5) queue.delete('100_1')
    })
    const sweep = await startSlurmSweep(order, world)
    expect((await sweep.result).map(({ seed, status }) => [seed, status])).toEqual([
      [1, 'finished'],
      [2, 'finished'],
      [3, 'stopped'],
    ])
    expect(asked.filter((line) => line.startsWith('sbatch'))).toHaveLength(1)
    expect(events.map((event) => [event.kind, 'seed' in event ? event.seed : event.runs])).toEqual([
      ['ended', 2],
      ['submitted', 2],
      ['begun', 1],
      ['progress', 1],
      ['progress', 1],
      ['ended', 1],
      ['ended', 3],
    ])
  })

  it('goes on after it was killed: what is in the queue is waited for, and only the rest submitted', async () => {
    const { world, queue, ends, asked, onLook } = cluster()
    const first = request([1, 2, 3], { wait: false })
    const detached = await (await startSlurmSweep(first.order, world)).result
    expect(detached.map(({ status }) => status)).toEqual(['queued', 'queued', 'queued'])
    // One has finished, one was cancelled, one waits; as if the id had never been written.
    ends.set(1, DONE)
    queue.delete('100_0')
    queue.delete('100_1')
    const [known] = readArrays(folder)
    writeFileSync(join(folder, 'slurm/jobs.json'), JSON.stringify([{ ...known, job: null }]))
    const again = request([1, 2, 3], { id: 'cd' })
    let looks = 0
    onLook(() => {
      if (++looks < 4) return
      queue.clear()
      ends.set(2, DONE)
      ends.set(3, DONE)
    })
    const sweep = await startSlurmSweep(again.order, world)
    expect(again.events).toContainEqual({ kind: 'submitted', job: '101', runs: 1 })
    expect(asked).toContain(`squeue --noheader --name=${known.name} --format=%F`)
    expect(readArrays(folder)).toEqual([
      { ...known, job: '100' },
      { name: 'agon-study-cd', job: '101', runs: [join(folder, 'seed-2')] },
    ])
    expect((await sweep.result).map(({ status }) => status)).toEqual(Array(3).fill('finished'))
  })

  it('leaves the jobs in the queue where it is told to stop, and waits while Slurm is silent', async () => {
    const { world, ends, queue } = cluster()
    let silent = 3
    const client: SlurmClient = async (words) =>
      words[0] === 'squeue' && silent-- > 0 ? null : await world.client(words)
    const { order } = request([1, 2], {
      onEvent(event) {
        if (event.kind === 'submitted') setTimeout(() => stop(), 20)
      },
    })
    const sweep = await startSlurmSweep(order, { ...world, client })
    const stop = sweep.stop
    expect((await sweep.result).map(({ status }) => status)).toEqual(['queued', 'queued'])
    expect(silent).toBeLessThan(0)
    expect(queue.size).toBe(2)
    expect(ends.size).toBe(0)
  })

  it('says that there is no sbatch, and keeps no job', async () => {
    const { world } = cluster()
    const client: SlurmClient = async () => {
      throw new Error('spawn sbatch ENOENT')
    }
    const { order } = request([1])
    await expect(startSlurmSweep(order, { ...world, client })).rejects.toMatchObject({
      code: 'slurm/missing',
      message: 'sbatch cannot be started: spawn sbatch ENOENT',
    })
    expect(readArrays(folder)).toEqual([])
  })

  it('has a script that a shell reads, with a line for each run', async () => {
    const { world, ends } = cluster()
    const { script } = await leftScript(request([1, 2]).order, world.standing)
    expect(script).toContain('#SBATCH --array=0-1%2\n')
    expect(script).toContain('#SBATCH --cpus-per-task=3\n')
    expect(script).toContain('#SBATCH --time=30\n#SBATCH --partition=cpu\n')
    expect(script).toContain(`1) dir=${join(folder, 'seed-2')} words=(run 'it'\\''s' 2) ;;\n`)
    execFileSync('bash', ['-n'], { input: script ?? '' })
    ends.set(1, DONE).set(2, DONE)
    expect((await leftScript(request([1, 2]).order, world.standing)).script).toBeNull()
    const unbounded = await leftScript(request([3], { most: null }).order, world.standing)
    expect(unbounded.script).toContain('#SBATCH --array=0-0\n')
  })
})
