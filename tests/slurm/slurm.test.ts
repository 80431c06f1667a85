import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agon } from '../support/command.ts'
import { slowly } from '../support/tiers.ts'
import { type Cluster, localHosts, startCluster, whyNoCluster } from './cluster.ts'
import { bitsOf, submit, submitWords, variableOf } from './job.ts'

const why = whyNoCluster()
const CONFIG = fileURLToPath(new URL('../fixtures/tiny-plr.yaml', import.meta.url))
const COMMON = [
  'budget.cycles=60',
  'workers=1',
  'tensorboard=false',
  // A lost node is missed soon.
  'hub.resumeSeconds=2',
]

describe.skipIf(why !== null)(`a real Slurm${why === null ? '' : `: skipped, ${why}`}`, () => {
  let cluster: Cluster
  let local: Record<string, string>
  beforeAll(async () => {
    cluster = await startCluster(await localHosts(2))
    const run = join(cluster.folder, 'local')
    const set = COMMON.flatMap((one) => ['--set', one])
    const { code } = await agon(['run', CONFIG, '--out', run, ...set])
    expect(code).toBe(0)
    local = bitsOf(run)
  }, 180_000)
  afterAll(() => cluster?.stop())

  it('shows the script that it would submit, and makes nothing', async () => {
    const out = join(cluster.folder, 'runs', 'not-made')
    const words = ['run', CONFIG, '--out', out, '--on', 'slurm', '--dry-run']
    const { code, events } = await agon(words, undefined, { ...cluster.env, PATH: '' })
    expect(code).toBe(0)
    expect(events[0]).toMatchObject({ kind: 'script', path: join(out, 'slurm', 'job.sh') })
    expect(existsSync(out)).toBe(false)
  })

  it('says why sbatch refuses a job, and leaves nothing', async () => {
    const out = join(cluster.folder, 'runs', 'refused')
    const words = ['run', CONFIG, '--out', out, '--on', 'slurm', '--set', 'slurm.partition=none']
    const { code, stderr } = await agon(words, undefined, cluster.env)
    expect(code).toBe(2)
    expect(stderr).toMatch(/sbatch refused the job: .*partition.*\[slurm\/refused\]/)
    expect(existsSync(out)).toBe(false)
  })

  it('has the bits of the local run with student and evaluator on unlike hosts, one of whose nodes is killed', async () => {
    const job = await submit(cluster, "kill one's", CONFIG, [
      ...COMMON,
      'placement={ student: "node:gpu", evaluator: "node:cpu" }',
      'slurm={ nodes: { gpu: { cpus: 2, gpus: 1 }, cpu: {} }, options: ["--comment=two words"], time: 30 }',
    ])
    await cluster.until('some cycles are done', () => job.cycles() >= 8)
    expect(
      cluster
        .client('squeue', '--noheader', `--jobs=${job.id}`, '--format=%N')
        .trim()
        .split('\n')
        .sort(),
    ).toEqual(['n1', 'n2'])
    const [node] = job.nodes('gpu')
    expect(variableOf(node, 'CUDA_VISIBLE_DEVICES')).toBe('0')
    process.kill(node, 'SIGKILL')
    await job.ended('COMPLETED')
    // The fault landed: the run went back to a cut, and the node came back.
    expect(job.journal().some(({ epoch }) => epoch === 2)).toBe(true)
    expect(bitsOf(job.run)).toEqual(local)
    for (const left of ['hub.json', 'hub.token', 'slurm/tls'])
      expect(existsSync(join(job.run, left)), left).toBe(false)
  })

  it('has a stress test as one job, with the bits of a local one', async () => {
    const small = [
      ...['env.height=5', 'env.width=5', 'env.nWalls=6', 'env.maxSteps=20', 'adversary.repeats=2'],
      ...['adversary.initial=4', 'student.rollout.envs=8', 'student.rollout.steps=20'],
      ...['evaluation.suite=random:2', 'tensorboard=false', 'workers=1'],
    ]
    const words = [
      ...['stress', join(cluster.folder, 'local', 'policy.onnx'), '--env', 'maze'],
      ...['--budget', '32', ...small.flatMap((one) => ['--set', one])],
    ]
    const beside = join(cluster.folder, 'stress')
    const { code, stderr } = await agon([...words, '--out', beside])
    expect(code, stderr).toBe(0)
    const job = await submitWords(cluster, 'stress', words)
    await job.ended('COMPLETED')
    expect(bitsOf(job.run)).toEqual(bitsOf(beside))
    expect(existsSync(join(job.run, 'archive', 'archive.json'))).toBe(true)
  })

  // In `npm test` the node of the case before comes back, and one that is lost for good is a test of the job's script.
  slowly(
    'has those bits when a node is lost for good and its actors go to the other host',
    async () => {
      const job = await submit(cluster, 'replaced', CONFIG, [
        ...COMMON,
        'placement={ student: "node:any", evaluator: "node:any" }',
        'slurm={ nodes: { any: { count: 2, cpus: 2 } }, restarts: 0 }',
      ])
      await cluster.until('some cycles are done', () => job.cycles() >= 8)
      const nodes = job.nodes('any')
      const hosts = nodes.map((pid) => variableOf(pid, 'SLURMD_NODENAME'))
      expect(new Set(hosts)).toEqual(new Set(['n1', 'n2']))
      process.kill(nodes[hosts.indexOf(job.hostOf('any', 'student/agent'))], 'SIGKILL')
      await job.ended('COMPLETED')
      expect(job.journal().some(({ epoch }) => epoch === 2)).toBe(true)
      expect(bitsOf(job.run)).toEqual(local)
    },
  )

  it('goes back into the queue before its limit and when it is preempted, and on from the newest cut', async () => {
    const job = await submit(cluster, 'requeued', CONFIG, [
      ...COMMON,
      'placement={ student: "node:gpu", evaluator: "node:cpu" }',
      'slurm={ nodes: { gpu: { cpus: 2 }, cpu: { cpus: 2 } } }',
    ])
    const again = async (): Promise<void> => {
      await cluster.until('the job waits', () => cluster.state(job.id) === 'PENDING')
      expect(existsSync(join(job.run, 'slurm', 'tls'))).toBe(false)
      // Slurm lets a requeued job wait for two minutes. A host takes it back once its last start is over for a second.
      await cluster.until('the hosts are idle', () => cluster.idle())
      await new Promise((resolve) => setTimeout(resolve, 2500))
      cluster.client('scontrol', 'update', `JobId=${job.id}`, 'StartTime=now')
    }
    await cluster.until('some cycles are done', () => job.cycles() >= 8)
    // What Slurm sends before the time limit, at a time of our choice.
    cluster.client('scancel', '--batch', '--signal=TERM', job.id)
    await again()
    await cluster.until('it goes on', () => job.journal().some(({ epoch }) => epoch === 2))
    const before = job.cycles()
    await cluster.until('more cycles are done', () => job.cycles() >= before + 6)
    cluster.client('scontrol', 'requeue', job.id)
    await again()
    await job.ended('COMPLETED')
    expect(job.log()).toMatch(
      /, start 1, [\s\S]*back into the queue: told to stop\n[\s\S]*, start 2, [\s\S]*, start 3, /,
    )
    const resumed = job.journal().filter(({ kind }) => kind === 'resumed')
    expect(resumed).toHaveLength(2)
    for (const { cycle } of resumed) expect(cycle).toBeGreaterThanOrEqual(6)
    expect(bitsOf(job.run)).toEqual(local)
  })

  // Without Slurm such a signal is among those of scheduler-signals.test.ts.
  slowly(
    'makes a cut at the signal that reaches every process of the job, and goes back into the queue',
    async () => {
      const job = await submit(cluster, 'every-process', CONFIG, [
        ...COMMON,
        'placement={ student: "node:gpu" }',
        'budget.cycles=100000',
        'evaluation.every=0',
        'slurm={ nodes: { gpu: { cpus: 2 } } }',
      ])
      await cluster.until('some cycles are done', () => job.cycles() >= 4)
      cluster.client('scancel', '--full', '--signal=USR2', job.id)
      const back = /the hub ended with 3\n[\s\S]*back into the queue: told to stop\n/
      await cluster.until('it is cut and goes back', () => back.test(job.log()), 120)
      await cluster.until('the job waits', () => cluster.state(job.id) === 'PENDING')
      cluster.client('scancel', job.id)
      expect(job.cuts().at(-1)).toBe(job.cycles())
      expect(job.journal().every(({ epoch }) => epoch <= 1)).toBe(true)
    },
  )

  it('leaves a cut when it is cancelled, from which it goes on elsewhere', async () => {
    const job = await submit(cluster, 'cancelled', CONFIG, [
      ...COMMON,
      'placement={ student: "node:gpu", evaluator: "node:cpu" }',
      'slurm={ nodes: { gpu: { cpus: 2 }, cpu: { cpus: 2 } } }',
    ])
    await cluster.until('some cycles are done', () => job.cycles() >= 8)
    cluster.client('scancel', job.id)
    await job.ended('CANCELLED')
    await cluster.until('the host is free', () => !existsSync(join(job.run, 'lock')))
    expect(job.log()).toMatch(/the hub ended with 3\n$/)
    expect(job.cuts().at(-1)).toBe(job.cycles())
    for (const left of ['hub.json', 'hub.token', 'slurm/tls'])
      expect(existsSync(join(job.run, left)), left).toBe(false)
    const here = ['student', 'evaluator'].flatMap((role) => ['--set', `placement.${role}=local`])
    const { code } = await agon([
      'run',
      join(job.run, 'slurm', 'config.yaml'),
      '--out',
      job.run,
      '--or-resume',
      ...here,
    ])
    expect(code).toBe(0)
    expect(bitsOf(job.run)).toEqual(local)
  })
})
