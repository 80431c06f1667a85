import { execFileSync, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { hostname, tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'

/** A real Slurm of two hosts, as many daemons on this machine: munged, slurmctld and two slurmd, all in one folder. */
export interface Cluster {
  readonly folder: string
  /** What clients of this Slurm need in their environment. */
  readonly env: NodeJS.ProcessEnv
  /** Standard output of a client command; throws what it says where it fails or gives no answer. */
  client(...words: string[]): string
  /** Waits until `done` says so. @throws after `seconds`, with the state of the queue */
  until(what: string, done: () => boolean, seconds?: number): Promise<void>
  /** State of a job as `scontrol` tells it; empty where it is forgotten. */
  state(job: string): string
  stop(): void
}

const PROGRAMS = [
  'munged',
  'slurmctld',
  'slurmd',
  'sbatch',
  'srun',
  'scontrol',
  'squeue',
  'scancel',
]

/** Why there can be no cluster here, or null. */
export function whyNoCluster(): string | null {
  if (process.platform !== 'linux') return 'no Linux'
  const missing = PROGRAMS.filter((program) => spawnSync('which', [program]).status !== 0)
  return missing.length === 0 ? null : `${missing.join(', ')} not installed (apt: slurm-wlm munge)`
}

export const HOSTS = ['n1', 'n2'] as const

export async function startCluster(): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'agon-slurm-'))
  const conf = join(folder, 'slurm.conf')
  const ports = await freePorts(3)
  startMunge(folder)
  writeFileSync(conf, configuration(folder, ports))
  const env = { ...process.env, SLURM_CONF: conf }
  mkdirSync(join(folder, 'state'))
  for (const [program, ...args] of [['slurmctld'], ...HOSTS.map((name) => ['slurmd', '-N', name])])
    execFileSync(program, args, { env, stdio: 'pipe' })
  const cluster = connect(folder, env)
  try {
    await cluster.until('both hosts are idle', () => idle(cluster), 60)
  } catch (error) {
    cluster.stop()
    throw error
  }
  return cluster
}

const idle = ({ client }: Cluster): boolean =>
  client('sinfo', '--noheader', '--Node', '--format=%T').trim().split(/\s+/).join() === 'idle,idle'

function connect(folder: string, env: NodeJS.ProcessEnv): Cluster {
  const client = (...words: string[]): string => {
    const { status, stdout, stderr } = spawnSync('timeout', ['20', ...words], {
      env,
      encoding: 'utf8',
    })
    if (status === 0) return stdout
    throw new Error(`${words.join(' ')} ended with ${status}: ${stderr}`)
  }
  const state = (job: string): string => {
    try {
      return /JobState=(\w+)/.exec(client('scontrol', 'show', 'job', job))?.[1] ?? ''
    } catch (error) {
      if (/Invalid job id/.test(String(error))) return ''
      throw error
    }
  }
  return {
    folder,
    env,
    client,
    state,
    async until(what, done, seconds = 60) {
      const end = Date.now() + seconds * 1000
      while (!done()) {
        if (Date.now() > end)
          throw new Error(`after ${seconds} s it is not so that ${what}\n${look(folder, client)}`)
        await new Promise((resolve) => setTimeout(resolve, 200))
      }
    },
    stop() {
      const pids = ['slurmd-n1.pid', 'slurmd-n2.pid', 'slurmctld.pid', 'munge/pid']
      try {
        client('scancel', '--full', `--user=${userInfo().username}`)
      } catch {
        // The controller is gone already.
      }
      for (const name of pids) end(join(folder, name))
      rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
    },
  }
}

/** What helps to see why a wait was in vain. */
function look(folder: string, client: Cluster['client']): string {
  const log = readFileSync(join(folder, 'slurmctld.log'), 'utf8').split('\n').slice(-15).join('\n')
  return `${client('squeue')}${client('sinfo')}${log}`
}

function end(pidFile: string): void {
  if (!existsSync(pidFile)) return
  const pid = Number(readFileSync(pidFile, 'utf8'))
  const alive = (): boolean => {
    try {
      process.kill(pid, 0)
      return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
    } catch {
      return false
    }
  }
  for (let i = 0; i < 50 && alive(); i++) {
    process.kill(pid, i < 25 ? 'SIGTERM' : 'SIGKILL')
    spawnSync('sleep', ['0.1'])
  }
}

function startMunge(folder: string): void {
  const munge = (name: string): string => join(folder, 'munge', name)
  mkdirSync(join(folder, 'munge'), { mode: 0o755 })
  writeFileSync(munge('key'), randomBytes(1024), { mode: 0o400 })
  chmodSync(folder, 0o755)
  execFileSync('munged', [
    // The folders are not the packaged ones.
    '--force',
    `--key-file=${munge('key')}`,
    `--socket=${munge('socket')}`,
    `--pid-file=${munge('pid')}`,
    `--log-file=${munge('log')}`,
    `--seed-file=${munge('seed')}`,
  ])
}

/** Several daemons on one host, no cgroups, no accounting; see the manual of slurm.conf. */
function configuration(folder: string, [controller, ...nodes]: readonly number[]): string {
  const user = userInfo().username
  const host = hostname()
  const at = (name: string): string => join(folder, name)
  return `${[
    'ClusterName=agon',
    `SlurmctldHost=${host}(127.0.0.1)`,
    `SlurmctldPort=${controller}`,
    'AuthType=auth/munge',
    'CredType=cred/munge',
    `AuthInfo=socket=${at('munge/socket')}`,
    `SlurmUser=${user}`,
    `SlurmdUser=${user}`,
    `StateSaveLocation=${at('state')}`,
    `SlurmdSpoolDir=${at('spool-%n')}`,
    `SlurmctldPidFile=${at('slurmctld.pid')}`,
    `SlurmdPidFile=${at('slurmd-%n.pid')}`,
    `SlurmctldLogFile=${at('slurmctld.log')}`,
    `SlurmdLogFile=${at('slurmd-%n.log')}`,
    'ProctrackType=proctrack/linuxproc',
    'TaskPlugin=task/none',
    'JobAcctGatherType=jobacct_gather/none',
    'AccountingStorageType=accounting_storage/none',
    'MpiDefault=none',
    'ReturnToService=2',
    'SelectType=select/cons_tres',
    'SelectTypeParameters=CR_Core',
    // Heterogeneous jobs are started by the backfill pass alone, every 30 s by default.
    'SchedulerParameters=bf_interval=1,sched_interval=5',
    'SlurmdTimeout=15',
    'KillWait=10',
    // More cores than there are: what is tested is placing, not speed.
    'SlurmdParameters=config_overrides',
    ...HOSTS.map(
      (name, i) =>
        `NodeName=${name} NodeHostname=${host} NodeAddr=127.0.0.1 Port=${nodes[i]} CPUs=4 RealMemory=4000`,
    ),
    `PartitionName=all Nodes=${HOSTS.join()} Default=YES MaxTime=60 State=UP`,
  ].join('\n')}\n`
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve) => {
          const server = createServer().listen(0, '127.0.0.1', () => resolve(server))
        }),
    ),
  )
  const ports = servers.map((server) => (server.address() as { port: number }).port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}
