import type { ChildProcess } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agon } from '../support/command.ts'
import { journalOf } from '../support/run-files.ts'
import { slowly } from '../support/tiers.ts'
import { type Cluster, localHosts, startCluster, whyNoCluster } from './cluster.ts'
import { bitsOf } from './job.ts'

const why = whyNoCluster()
const CONFIG = fileURLToPath(new URL('../fixtures/tiny-plr.yaml', import.meta.url))
const SET = ['budget.cycles=40', 'workers=1', 'tensorboard=false', 'slurm.time=30']

describe.skipIf(why !== null)(
  `a sweep on a real Slurm${why === null ? '' : `: skipped, ${why}`}`,
  () => {
    let cluster: Cluster
    let study: string
    beforeAll(async () => {
      cluster = await startCluster(await localHosts(1))
      study = join(cluster.folder, 'study.yaml')
      const variants = '{ plr: {}, greedy: { set: { adversary.stalenessCoefficient: 0.1 } } }'
      writeFileSync(study, `sweep: { config: "${CONFIG}", seeds: 1..2, variants: ${variants} }\n`)
    }, 180_000)
    afterAll(() => cluster?.stop())

    const sweep = (
      out: string,
      more: readonly string[],
      onEvent?: (event: Record<string, unknown>, child: ChildProcess) => void,
      env: NodeJS.ProcessEnv = cluster.env,
    ) =>
      agon(
        [
          'sweep',
          study,
          '--out',
          out,
          '--on',
          'slurm',
          ...SET.flatMap((one) => ['--set', one]),
          ...more,
        ],
        onEvent,
        env,
      )
    const tasks = (state?: string): string[] =>
      cluster
        .client('squeue', '--noheader', '--array', '--format=%F_%K %T')
        .trim()
        .split('\n')
        .filter((line) => line !== '' && (state === undefined || line.endsWith(` ${state}`)))
        .map((line) => line.split(' ')[0])

    it('is refused in words where there is no sbatch, no host or two requests', async () => {
      const out = join(cluster.folder, 'refused')
      const gone = await sweep(out, [], undefined, { ...cluster.env, PATH: '/nowhere' })
      expect(gone.code).toBe(2)
      expect(gone.stderr).toMatch(/sbatch cannot be started: .*ENOENT.*\[slurm\/missing\]/)
      const none = await sweep(out, ['--set', 'slurm.partition=none'])
      expect(none.code).toBe(2)
      expect(none.stderr).toMatch(/sbatch refused the job: .*partition.*\[slurm\/refused\]/)
      const placed = await sweep(out, ['--set', 'placement.student=node:gpu'])
      expect(placed.code).toBe(2)
      expect(placed.stderr).toMatch(/each run of an array job has one host .*\[slurm\/array\]/)
      expect(tasks()).toEqual([])
    })

    // In `npm test` what is asked of Slurm, and when, is a test of the sweep's own, and a single job is killed.
    slowly(
      'runs two at a time, goes on after kill -9 with what is unfinished alone, and ends with one table',
      async () => {
        const out = join(cluster.folder, 'swept')
        let most = 0
        const killed = await sweep(out, ['--jobs', '2'], (event, child) => {
          most = Math.max(most, tasks('RUNNING').length)
          if (event.event === 'ended') child.kill('SIGKILL')
        })
        expect(killed.signal).toBe('SIGKILL')
        expect(most).toBe(2)
        const [submitted] = killed.events.filter(({ event }) => event === 'submitted')
        expect(submitted).toMatchObject({ runs: 4 })
        const job = String(submitted.job)
        const finished = killed.events.find(({ event }) => event === 'ended') as { dir: string }
        // No more than one has ended, so of the second two one waits still; it is taken out of the queue. The other is told to
        // stop before its time.
        const [told, cancelled] = [`${job}_2`, `${job}_3`]
        cluster.client('scancel', cancelled)
        await cluster.until('the other is going on', () => tasks('RUNNING').includes(told))
        const log = (task: string): string =>
          readFileSync(join(out, 'slurm', `job-${task}.log`), 'utf8')
        // A shell that has only just begun hears nothing yet.
        await cluster.until('its script is at work', () => /start 1/.test(log(told)))
        cluster.client('scancel', '--batch', '--signal=TERM', told)
        await cluster.until('it goes back', () => /back into the queue/.test(log(told)), 120)
        await cluster.until('it waits', () => tasks('PENDING').includes(told))
        // A host takes it back once its last start is over for a second; Slurm would let it wait for two minutes.
        await new Promise((resolve) => setTimeout(resolve, 2500))
        cluster.client('scontrol', 'update', `JobId=${told}`, 'StartTime=now')

        const html = join(cluster.folder, 'study.html')
        const again = await sweep(out, ['--jobs', '2', '--html', html])
        expect(again.code, again.stderr).toBe(0)
        const anew = again.events.filter(({ event }) => event === 'submitted')
        expect(anew).toMatchObject([{ runs: 1 }])
        expect(log(told)).toMatch(/start 2/)
        const ends = again.events.filter(({ event }) => event === 'ended')
        expect(ends.map(({ status }) => status)).toEqual(Array(4).fill('finished'))
        expect(again.events.at(-1)).toMatchObject({
          kind: 'comparison',
          groups: [{ runs: [{}, {}] }, { runs: [{}, {}] }],
        })
        expect(existsSync(html)).toBe(true)
        // What had finished was left alone.
        expect(journalOf(finished.dir).filter(({ kind }) => kind === 'resumed')).toEqual([])

        const here = join(cluster.folder, 'here')
        const local = await agon(
          ['sweep', study, '--out', here, ...SET.flatMap((one) => ['--set', one])],
          undefined,
        )
        expect(local.code).toBe(0)
        for (const variant of ['plr', 'greedy'])
          for (const seed of readdirSync(join(here, variant)))
            expect(bitsOf(join(out, variant, seed))).toEqual(bitsOf(join(here, variant, seed)))

        const nothing = await sweep(out, ['--dry-run'])
        expect(nothing.events.at(-1)).toMatchObject({ kind: 'script', text: null })
      },
    )

    it('can be submitted and left', async () => {
      const out = join(cluster.folder, 'detached')
      const { code, events } = await sweep(out, ['--detach', '--seeds', '1', '--jobs', '1'])
      expect(code).toBe(0)
      const ends = events.filter(({ event }) => event === 'ended')
      expect(ends.map(({ status }) => status)).toEqual(['queued', 'queued'])
      expect(tasks()).toHaveLength(2)
      cluster.client('scancel', String(events.find(({ event }) => event === 'submitted')?.job))
    })
  },
)
