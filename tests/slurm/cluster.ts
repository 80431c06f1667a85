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

/** A real Slurm, all of whose daemons run on this machine from one folder: munged, slurmctld, one slurmd a host. */
export interface Cluster {
  readonly folder: string
  /** What clients of this Slurm need in their environment. */
  readonly env: NodeJS.ProcessEnv
  /** Standard output of a client command; throws what it says where it fails or gives no answer. */
  client(...words: string[]): string
  /** Waits until `done` says so. @throws after `seconds`, with the state of the queue */
  until(what: string, done: () => boolean, seconds?: number): Promise<void>
  /** Whether no host has any job. */
  idle(): boolean
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

/** What Slurm takes for a host. */
export interface Host {
  readonly name: string
  /** What the machine that its daemon runs on calls itself. */
  readonly hostname: string
  readonly address: string
  readonly port: number
  /** Words before a command that is to run there. */
  readonly enter: readonly string[]
}

/** Hosts on this machine itself, which differ in name and port alone; an ordinary user may have them. */
export async function localHosts(count: number): Promise<readonly Host[]> {
  const ports = await freePorts(count)
  return ports.map((port, i) => ({
    name: `n${i + 1}`,
    hostname: hostname(),
    address: '127.0.0.1',
    port,
    enter: [],
  }))
}

/** @param controller address of this machine, as the hosts dial it */
export async function startCluster(
  hosts: readonly Host[],
  controller = '127.0.0.1',
): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'agon-slurm-'))
  const conf = join(folder, 'slurm.conf')
  const [port] = await freePorts(1)
  startMunge(folder)
  writeFileSync(conf, configuration(folder, hosts, `${hostname()}(${controller})`, port))
  // Any two devices stand for GPUs: only their placing is tested.
  writeFileSync(join(folder, 'gres.conf'), 'NodeName=n1 Name=gpu File=/dev/null,/dev/zero\n')
  const env = { ...process.env, SLURM_CONF: conf }
  mkdirSync(join(folder, 'state'))
  const daemons = [
    ['slurmctld'],
    ...hosts.map(({ enter, name }) => [...enter, 'slurmd', '-N', name]),
  ]
  for (const [program, ...args] of daemons) execFileSync(program, args, { env, stdio: 'pipe' })
  const cluster = connect(folder, env, hosts)
  try {
    await cluster.until('every host is idle', () => cluster.idle(), 60)
  } catch (error) {
    cluster.stop()
    throw error
  }
  return cluster
}

function connect(folder: string, env: NodeJS.ProcessEnv, hosts: readonly Host[]): Cluster {
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
    idle() {
      const states = client('sinfo', '--noheader', '--Node', '--format=%T').trim().split(/\s+/)
      return states.length === hosts.length && states.every((one) => one === 'idle')
    },
    async until(what, done, seconds = 60) {
      const end = Date.now() + seconds * 1000
      while (!done()) {
        if (Date.now() > end)
          throw new Error(`after ${seconds} s it is not so that ${what}\n${look(folder, client)}`)
        await new Promise((resolve) => setTimeout(resolve, 200))
      }
    },
    stop() {
      const pids = [...hosts.map(({ name }) => `slurmd-${name}.pid`), 'slurmctld.pid', 'munge/pid']
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

/** No cgroups, no accounting; see the manual of slurm.conf. */
function configuration(
  folder: string,
  hosts: readonly Host[],
  controller: string,
  port: number,
): string {
  const user = userInfo().username
  const at = (name: string): string => join(folder, name)
  return `${[
    'ClusterName=agon',
    `SlurmctldHost=${controller}`,
    `SlurmctldPort=${port}`,
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
    'SlurmdTimeout=10',
    'KillWait=10',
    // More cores than there are: what is tested is placing, not speed.
    'SlurmdParameters=config_overrides',
    'GresTypes=gpu',
    ...hosts.map(({ name, hostname, address, port }) =>
      [
        `NodeName=${name} NodeHostname=${hostname} NodeAddr=${address} Port=${port}`,
        `CPUs=4 RealMemory=4000${name === 'n1' ? ' Gres=gpu:2' : ''}`,
      ].join(' '),
    ),
    `PartitionName=all Nodes=${hosts.map(({ name }) => name).join()} Default=YES MaxTime=60 State=UP`,
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
