import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Timers } from '../../../core/timers.ts'
import type { SlurmConfig } from '../../../run/config/slurm.schema.ts'
import type { RunConfig } from '../../../run/contract.ts'
import { replaceFile } from '../../../run/durable-file.ts'
import { checkJobPath } from '../../slurm/job-path.ts'
import { type SlurmClient, submitJob } from '../../slurm/submit-job.ts'
import type { Sweep, SweepEvent, SweptEnd, SweptRun } from '../sweep.ts'
import { jobsNamed, queuedTasks, taskName } from './array-queue.ts'
import { arrayScript } from './array-script.ts'
import type { RunStanding } from './run-standing.ts'
import { readArrays, type SubmittedArray, writeArrays } from './submitted-arrays.ts'

export interface SlurmSweepRequest {
  readonly runs: readonly SweptRun[]
  /** Absolute. */
  readonly folder: string
  /** Of the sweep. */
  readonly name: string
  readonly agon: readonly string[]
  readonly slurm: SlurmConfig
  readonly cpus: number
  /** Tasks at a time; null: as many as the cluster has room for. */
  readonly most: number | null
  /** Of a run: its directory as every host sees it, its config, and the words after `agon`. */
  of(run: SweptRun): {
    readonly dir: string
    readonly config: RunConfig
    readonly words: readonly string[]
  }
  /** Whether to wait for the end of the runs. */
  readonly wait: boolean
  /** Different in every submission. */
  readonly id: string
  onEvent(event: SweepEvent): void
}

export interface SlurmSweepWorld {
  readonly client: SlurmClient
  readonly standing: RunStanding
  readonly timers: Timers
}

/** Between two looks into the queue. */
const LOOK_MS = 2_000
/** Looks in which a task must be missing before its job counts as over: one that is requeued is away for a moment. */
const MISSING = 2

/** What is left of a sweep, as a script. @throws AgonError `slurm/path` */
export async function leftScript(
  request: SlurmSweepRequest,
  standing: RunStanding,
): Promise<{ readonly path: string; readonly script: string | null }> {
  checkJobPath(request.folder)
  const left = await unfinished(request, standing)
  const path = join(request.folder, 'slurm', 'sweep.sh')
  return { path, script: left.length === 0 ? null : scriptOf(request, left) }
}

/**
 * A sweep as array jobs of the cluster that this host belongs to. Runs that have finished are left, those whose job an earlier sweep
 * of the folder has in the queue are waited for, and the others are submitted.
 * @throws AgonError `slurm/path`, `slurm/missing`, `slurm/silent`, `slurm/refused`, `run/write`, `run/damaged`
 */
export async function startSlurmSweep(
  request: SlurmSweepRequest,
  world: SlurmSweepWorld,
): Promise<Sweep> {
  const { folder, runs, onEvent, wait } = request
  checkJobPath(folder)
  mkdirSync(join(folder, 'slurm'), { recursive: true })
  const ends = new Map<SweptRun, SweptEnd>()
  const end = (run: SweptRun, how: SweptEnd): void => {
    ends.set(run, how)
    onEvent({ kind: 'ended', ...run, ...how })
  }
  const left = await unfinished(request, world.standing)
  for (const run of runs) if (!left.includes(run)) end(run, { status: 'finished', error: null })
  const tasks = await tasksOf(request, left, world)
  let stopped = !wait
  let wake = (): void => {}
  const watch = async (): Promise<void> => {
    const begun = new Set<SweptRun>()
    const missing = new Map<SweptRun, number>()
    const jobs = [...new Set([...tasks.values()].map((task) => task.split('_')[0]))]
    while (!stopped && ends.size < runs.length) {
      const states = await queuedTasks(jobs, world.client)
      for (const [run, task] of states === null ? [] : tasks) {
        if (ends.has(run)) continue
        const { dir, config } = request.of(run)
        const state = states?.get(task)
        missing.set(run, state === undefined ? (missing.get(run) ?? 0) + 1 : 0)
        if (state === undefined && (missing.get(run) ?? 0) >= MISSING)
          end(run, await world.standing.end(dir))
        if (state !== 'RUNNING') continue
        if (!begun.has(run)) onEvent({ kind: 'begun', ...run })
        begun.add(run)
        onEvent({ kind: 'progress', ...run, done: await world.standing.done(dir, config) })
      }
      if (stopped || ends.size === runs.length) break
      await new Promise<void>((resolve) => {
        const off = world.timers.after(LOOK_MS, resolve)
        wake = () => {
          off()
          resolve()
        }
      })
    }
    // What is in the queue goes on there.
    for (const run of runs) if (!ends.has(run)) end(run, { status: 'queued', error: null })
  }
  return {
    result: watch().then(() => runs.map((run) => ({ ...run, ...(ends.get(run) as SweptEnd) }))),
    stop() {
      stopped = true
      wake()
    },
  }
}

async function unfinished(
  { runs, of }: SlurmSweepRequest,
  standing: RunStanding,
): Promise<readonly SweptRun[]> {
  const left: SweptRun[] = []
  for (const run of runs) {
    const { dir, config } = of(run)
    if (!(await standing.finished(dir, config))) left.push(run)
  }
  return left
}

/** The task of each run: one that is in the queue already, or of a new job. */
async function tasksOf(
  request: SlurmSweepRequest,
  left: readonly SweptRun[],
  { client }: SlurmSweepWorld,
): Promise<ReadonlyMap<SweptRun, string>> {
  const { folder, of, onEvent } = request
  const arrays = await found(readArrays(folder), client)
  const queued = await queuedTasks(
    arrays.map(({ job }) => job),
    client,
  )
  const tasks = new Map<SweptRun, string>()
  const kept: SubmittedArray[] = []
  for (const array of arrays) {
    const alive = array.runs.map((_, i) => taskName(array.job, i))
    if (queued !== null && !alive.some((task) => queued.has(task))) continue
    kept.push(array)
    for (const run of left) {
      const task = alive[array.runs.indexOf(of(run).dir)]
      if (task !== undefined && (queued === null || queued.has(task))) tasks.set(run, task)
    }
  }
  const fresh = left.filter((run) => !tasks.has(run))
  if (fresh.length === 0) return tasks
  const name = `agon-${request.name}-${request.id}`
  const runs = fresh.map((run) => of(run).dir)
  const path = join(folder, 'slurm', 'sweep.sh')
  replaceFile(path, scriptOf(request, fresh))
  // Known before it is submitted: a kill in between submits nothing twice.
  writeArrays(folder, [...kept, { name, job: null, runs }])
  const job = await submitJob(path, client).catch((error) => {
    writeArrays(folder, kept)
    throw error
  })
  writeArrays(folder, [...kept, { name, job, runs }])
  for (const [i, run] of fresh.entries()) tasks.set(run, taskName(job, i))
  onEvent({ kind: 'submitted', job, runs: fresh.length })
  return tasks
}

/** Jobs whose id no file has, by their name; one that never came to be is left out. */
async function found(
  arrays: readonly SubmittedArray[],
  client: SlurmClient,
): Promise<readonly (SubmittedArray & { readonly job: string })[]> {
  const known: (SubmittedArray & { readonly job: string })[] = []
  for (const array of arrays) {
    const job = array.job ?? (await jobsNamed(array.name, client))[0]
    if (job !== undefined) known.push({ ...array, job })
  }
  return known
}

const scriptOf = (request: SlurmSweepRequest, left: readonly SweptRun[]): string =>
  arrayScript({
    ...request,
    name: `${request.name}-${request.id}`,
    tasks: left.map((run) => {
      const { dir, words } = request.of(run)
      return { dir, words }
    }),
  })
